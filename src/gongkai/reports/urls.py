"""The addresses of reports."""

from django.urls import URLPattern, path

from gongkai.reports import views

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", views.check_list, name="checks"),
    path("check/", views.receive, name="receive"),
    path("checks/<int:pk>/", views.check, name="check"),
    path("checks/<int:pk>/progress/", views.progress, name="progress"),
    path("checks/<int:pk>/again/", views.again, name="again"),
    path("findings/<int:pk>/set-aside/", views.set_aside, name="set_aside"),
    path("findings/<int:pk>/take-up/", views.take_up, name="take_up"),
]
