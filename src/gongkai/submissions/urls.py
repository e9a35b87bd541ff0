"""The addresses of submissions upward."""

from django.urls import URLPattern, path

from gongkai.submissions import views

app_name = "submissions"
urlpatterns: list[URLPattern] = [
    path("", views.round_list, name="rounds"),
    path("require/", views.require, name="require"),
    path("requirements/<int:pk>/", views.requirement, name="requirement"),
    path("requirements/<int:pk>/open-year/", views.open_year, name="open_year"),
    path("requirements/<int:pk>/end/", views.end, name="end"),
    path("<int:pk>/", views.round_page, name="round"),
    path("<int:pk>/send/", views.send, name="send"),
    path("<int:pk>/receive/", views.receive, name="receive"),
    path("<int:pk>/return/", views.return_round, name="return"),
]
