"""The addresses of the files app."""

from django.urls import URLPattern

app_name = "files"
urlpatterns: list[URLPattern] = []
