"""The addresses of the outbox app."""

from django.urls import URLPattern, path

from gongkai.outbox import views

app_name = "outbox"
urlpatterns: list[URLPattern] = [
    path("", views.status, name="status"),
    path("retry/", views.retry, name="retry"),
]
