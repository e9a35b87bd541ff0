"""The addresses of the files app."""

from django.urls import URLPattern, path

from gongkai.files import views

app_name = "files"
urlpatterns: list[URLPattern] = [path("<int:pk>/", views.download, name="download")]
