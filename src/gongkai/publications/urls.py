"""The addresses of information at the desk."""

from django.urls import URLPattern, path

from gongkai.publications.views import lists, records, verbs, versions, writing

app_name = "publications"
urlpatterns: list[URLPattern] = [
    path("", lists.register, name="register"),
    path("ledger/", lists.ledger, name="ledger"),
    path("begin/", writing.begin, name="begin"),
    path("grammar/", writing.grammar, name="grammar"),
    path("<int:pk>/", records.item, name="item"),
    path("<int:pk>/read/", records.read, name="read"),
    path("<int:pk>/revise/", verbs.revise, name="revise"),
    path("<int:pk>/correct/", verbs.correct, name="correct"),
    path("editions/<int:pk>/", records.edition, name="edition"),
    path("editions/<int:pk>/compare/", versions.compare, name="compare"),
    path("editions/<int:pk>/edit/", writing.edit, name="edit"),
    path("editions/<int:pk>/checking/", records.checking, name="checking"),
    path("editions/<int:pk>/files/", writing.add_file, name="add_file"),
    path("editions/<int:pk>/images/", writing.images, name="images"),
    path("files/<int:pk>/remove/", verbs.remove_file, name="remove_file"),
    path("findings/<int:pk>/overrule/", verbs.overrule, name="overrule"),
    *(
        path(f"editions/<int:pk>/{verb.replace('_', '-')}/", verbs.edition_verb(verb), name=verb)
        for verb in verbs.EDITION_VERBS
    ),
]
