"""The addresses of the ui app: only its gallery."""

from django.urls import URLPattern, path

from gongkai.ui.gallery import views

app_name = "ui"
urlpatterns: list[URLPattern] = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/record/", views.record, name="gallery_record"),
    path("gallery/progress/", views.progress, name="gallery_progress"),
    path("gallery/refusal/", views.refusal, name="gallery_refusal"),
]
