"""The addresses of asking other units."""

from django.urls import URLPattern, path

from gongkai.coordination.views import pages, verbs

app_name = "coordination"
urlpatterns: list[URLPattern] = [
    path("", pages.asked, name="asked"),
    path("<int:pk>/", pages.asking, name="asking"),
    path("drafts/<int:pk>/ask/", verbs.ask, name="ask"),
    path("<int:pk>/answer/", verbs.answer, name="answer"),
    *(
        path(f"<int:pk>/{name.replace('_', '-')}/", verbs.drafters_verb(name), name=name)
        for name in verbs.DRAFTERS_VERBS
    ),
]
