"""The addresses of supervision: the list, a record, its buttons, and where charges are written."""

from django.urls import URLPattern, path

from gongkai.supervision.views import handings, pages, writing

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
    path("tasks/<int:pk>/hand-down/", writing.hand_down, name="hand_down"),
    path("handings/", handings.handing_list, name="handings"),
    path("handings/<int:pk>/", handings.handing, name="handing"),
    path("handings/<int:pk>/take/", handings.take, name="take"),
    path("handings/<int:pk>/ask-back/", handings.ask_back, name="ask_back"),
    path("handings/<int:pk>/answer/", handings.answer, name="answer"),
    path("handings/<int:pk>/withdraw/", handings.withdraw, name="withdraw_handing"),
]
