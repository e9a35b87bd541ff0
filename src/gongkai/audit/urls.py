"""The addresses of the audit app."""

from django.urls import URLPattern, path

from gongkai.audit import views

app_name = "audit"
urlpatterns: list[URLPattern] = [
    path("", views.event_list, name="events"),
    path("<int:pk>/", views.event_detail, name="event"),
]
