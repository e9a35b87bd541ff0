"""The addresses of supervision: the list, a record, its buttons, and where charges are written."""

from django.urls import URLPattern, path

from gongkai.supervision.views import pages, writing

app_name = "supervision"
urlpatterns: list[URLPattern] = [
    path("", pages.charge_list, name="charges"),
    path("<int:pk>/", pages.charge, name="charge"),
    path("<int:pk>/reply/", pages.reply, name="reply"),
    path("<int:pk>/close/", pages.close, name="close"),
    path("<int:pk>/send-back/", pages.send_back, name="send_back"),
    path("<int:pk>/withdraw/", pages.withdraw, name="withdraw"),
    path("tasks/<int:pk>/notice/", writing.notice, name="notice"),
    path("tasks/<int:pk>/instruction/", writing.instruction, name="instruction"),
]
