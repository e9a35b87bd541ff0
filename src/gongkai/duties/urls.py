"""The addresses of the duties app."""

from django.urls import path

from gongkai.duties import views

app_name = "duties"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("all/", views.everything, name="all"),
    path("moved/<int:number>/", views.moved, name="moved"),
    path("ladder/", views.ladder, name="ladder"),
    path("ladder/<int:pk>/", views.set_ladder, name="set_ladder"),
    path("<int:pk>/why/", views.why, name="why"),
    path("<int:pk>/pause/", views.pause, name="pause"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/extend/", views.extend, name="extend"),
    path("<int:pk>/reset/", views.reset, name="reset"),
    path("<int:pk>/set-date/", views.set_date, name="set_date"),
    path("<int:pk>/reassign/", views.reassign, name="reassign"),
]
