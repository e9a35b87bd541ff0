"""The addresses of interpretation."""

from django.urls import URLPattern, path

from gongkai.interpretations.views import judging, verbs

app_name = "interpretations"
urlpatterns: list[URLPattern] = [
    path("year/", verbs.year, name="year"),
    path("rule/", verbs.rule, name="rule"),
    path("<int:pk>/plan/", verbs.plan, name="plan"),
    path("<int:pk>/interpret/", verbs.interpret, name="interpret"),
    path("<int:pk>/except/", verbs.excepts, name="except"),
    path("<int:pk>/safeguard/", verbs.safeguard, name="safeguard"),
    path("<int:pk>/clauses/", judging.clauses, name="clauses"),
    path("materials/<int:pk>/", judging.material, name="material"),
    path("materials/<int:pk>/unlink/", verbs.unlink, name="unlink"),
]
