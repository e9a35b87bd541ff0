"""The addresses of standard catalogues and good practice."""

from django.urls import URLPattern, path

from gongkai.standards import views

app_name = "standards"
urlpatterns: list[URLPattern] = [
    path("", views.catalogue_list, name="catalogues"),
    path("import/", views.read, name="read"),
    path("<int:pk>/", views.catalogue, name="catalogue"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/take/", views.take, name="take"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("items/<int:pk>/", views.item, name="item"),
    path("items/<int:pk>/evidence/", views.note_evidence, name="note_evidence"),
    path("items/<int:pk>/end/", views.end_assignment, name="end_assignment"),
    path("practices/", views.practice_list, name="practices"),
    path("practices/write/", views.write_practice, name="write_practice"),
    path("practices/<int:pk>/", views.practice, name="practice"),
    path("practices/<int:pk>/share/", views.share_practice, name="share_practice"),
]
