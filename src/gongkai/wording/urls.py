"""The addresses of a body's words."""

from django.urls import URLPattern, path

from gongkai.wording import views

app_name = "wording"
urlpatterns: list[URLPattern] = [
    path("", views.words, name="list"),
    path("add/", views.add, name="add"),
    path("off/", views.switch_off, name="switch_off"),
    path("table/", views.take_table, name="take_table"),
    path("download/", views.download, name="download"),
    path("<int:pk>/", views.word, name="word"),
    path("<int:pk>/end/", views.end, name="end"),
]
