"""The addresses of fill-in sheets."""

from django.urls import URLPattern, path

from gongkai.sheets import views

app_name = "sheets"
urlpatterns: list[URLPattern] = [
    path("", views.sheet_list, name="sheets"),
    path("send/", views.send, name="send"),
    path("<int:pk>/", views.sheet, name="sheet"),
    path("<int:pk>/workbook/", views.workbook, name="workbook"),
    path("<int:pk>/return/", views.return_sheet, name="return"),
    path("<int:pk>/differences/", views.differences, name="differences"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
