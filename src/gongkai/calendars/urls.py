"""The addresses of the calendars app."""

from django.urls import path

from gongkai.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.index, name="index"),
    path("import/", views.take_file, name="import"),
    path("versions/", views.versions, name="versions"),
    path("versions/<int:number>/", views.version, name="version"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/edit/", views.edit, name="edit"),
]
