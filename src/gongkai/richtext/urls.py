"""The addresses of richtext: the cleaning of a paste, and the gallery's specimen."""

from django.urls import URLPattern, path

from gongkai.richtext import views

app_name = "richtext"
urlpatterns: list[URLPattern] = [
    path("clean/", views.clean, name="clean"),
    path("specimen/", views.specimen, name="specimen"),
    path("specimen/images/", views.specimen_images, name="specimen_images"),
]
