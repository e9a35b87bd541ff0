"""The addresses of the approvals."""

from django.urls import URLPattern, path

from gongkai.approvals import views

app_name = "approvals"
urlpatterns: list[URLPattern] = [
    path("", views.waiting, name="waiting"),
    path("signed/", views.signed, name="signed"),
    path("sent/", views.sent, name="sent"),
    path("chains/", views.chain_list, name="chains"),
    path("chains/<int:body>/<str:code>/", views.chain_page, name="chain"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("steps/<int:pk>/sign/", views.sign, name="sign"),
    path("steps/<int:pk>/return/", views.send_back, name="return"),
    path("steps/<int:pk>/hand-on/", views.hand_on, name="hand_on"),
]
