"""The addresses of columns."""

from django.urls import URLPattern, path

from gongkai.columns.views import keeping, overview

app_name = "columns"
urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="overview"),
    path("take-over/", keeping.take_over, name="take_over"),
    path("keep/", keeping.keep, name="keep"),
    path("<int:pk>/", overview.upkeep, name="upkeep"),
    path("<int:pk>/set/", keeping.set_upkeep, name="set"),
    path("<int:pk>/retire/", keeping.retire, name="retire"),
    path("<int:pk>/resume/", keeping.resume, name="resume"),
    path("<int:pk>/change/", keeping.change, name="change"),
    path("<int:pk>/pair/", keeping.pair, name="pair"),
    path("pairs/<int:pk>/end/", keeping.unpair, name="unpair"),
]
