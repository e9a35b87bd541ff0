"""The addresses of notices and of the mails that speak of them."""

from django.urls import URLPattern, path

from gongkai.notices import views

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("", views.notice_list, name="list"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("read/", views.read_all, name="read_all"),
    path("settings/", views.choose, name="settings"),
    path("mails/", views.mails, name="mails"),
    path("mails/test/", views.send_test, name="test"),
    path("mails/<int:pk>/", views.mail, name="mail"),
    path("mails/<int:pk>/again/", views.send_again, name="send_again"),
]
