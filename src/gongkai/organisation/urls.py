"""The addresses of the organisation app."""

from django.urls import URLPattern, path

from gongkai.organisation import views

app_name = "organisation"
urlpatterns: list[URLPattern] = [
    path("", views.tree, name="tree"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("units/<int:pk>/create/", views.create, name="create"),
    path("units/<int:pk>/rename/", views.rename, name="rename"),
    path("units/<int:pk>/move/", views.move, name="move"),
    path("units/<int:pk>/dissolve/", views.dissolve, name="dissolve"),
    path("units/<int:pk>/restore/", views.restore, name="restore"),
    path("units/<int:pk>/alias/", views.add_alias, name="add_alias"),
    path("names/<int:pk>/end/", views.end_alias, name="end_alias"),
    path("units/<int:pk>/sets/", views.sets, name="sets"),
    path("units/<int:pk>/sets/create/", views.create_set, name="create_set"),
    path("sets/<int:pk>/", views.one_set, name="set"),
    path("sets/<int:pk>/members/", views.set_members, name="set_members"),
    path("sets/<int:pk>/end/", views.end_set, name="end_set"),
]
