"""The product's addresses with the operators' page among them."""

from django.urls import include, path

from config import urls

urlpatterns = [path("outbox/", include("gongkai.outbox.urls")), *urls.urlpatterns]
