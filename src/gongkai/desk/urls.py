"""The addresses of the desk app: home, type size, health."""

from django.urls import URLPattern, path

from gongkai.desk import views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("type/", views.type_size, name="type_size"),
    path("health", views.health, name="health"),
]
