"""The addresses of normative documents."""

from django.urls import URLPattern, path

from gongkai.normative.views import pages

app_name = "normative"
urlpatterns: list[URLPattern] = [
    path("", pages.documents, name="documents"),
    path("<int:pk>/register/", pages.register, name="register"),
    path("<int:pk>/relate/", pages.relate, name="relate"),
    path("<int:pk>/decide/", pages.decide, name="decide"),
    path("<int:pk>/correct/", pages.correct, name="correct"),
    path("relations/<int:pk>/unrelate/", pages.unrelate, name="unrelate"),
]
