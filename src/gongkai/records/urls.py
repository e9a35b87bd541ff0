"""The addresses of records."""

from django.urls import URLPattern, path

from gongkai.records import views

app_name = "records"
urlpatterns: list[URLPattern] = [
    path("", views.record_list, name="records"),
    path("year/", views.year, name="year"),
    path("year/open/", views.open_year, name="open_year"),
    path("group/", views.group, name="group"),
    path("write/<slug:kind>/", views.write, name="write"),
    path("<int:pk>/", views.record, name="record"),
    path("<int:pk>/amend/", views.amend, name="amend"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/file/", views.add_file, name="add_file"),
    path("<int:pk>/link/", views.link, name="link"),
]
