"""The addresses of records."""

from django.urls import URLPattern, path

from gongkai.records.views import entries, years

app_name = "records"
urlpatterns: list[URLPattern] = [
    path("", entries.record_list, name="records"),
    path("year/", years.year, name="year"),
    path("year/open/", years.open_year, name="open_year"),
    path("group/", years.group, name="group"),
    path("write/<slug:kind>/", entries.write, name="write"),
    path("<int:pk>/", entries.record, name="record"),
    path("<int:pk>/amend/", entries.amend, name="amend"),
    path("<int:pk>/withdraw/", entries.withdraw, name="withdraw"),
    path("<int:pk>/file/", entries.add_file, name="add_file"),
    path("<int:pk>/link/", entries.link, name="link"),
    path("<int:pk>/unlink/", entries.unlink, name="unlink"),
]
