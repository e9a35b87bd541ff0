"""The addresses of the duties app."""

from django.urls import path

from gongkai.duties import views

app_name = "duties"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("all/", views.everything, name="all"),
    path("moved/<int:number>/", views.moved, name="moved"),
    path("<int:pk>/why/", views.why, name="why"),
]
