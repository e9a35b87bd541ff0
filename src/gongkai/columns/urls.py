"""The addresses of columns."""

from django.urls import URLPattern, path

from gongkai.columns.views import keeping, overview, reposting, standard

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
    path("standard/", standard.standard, name="standard"),
    path("standard/<int:pk>/set/", standard.set_review, name="set_review"),
    path("reviews/<int:pk>/enter/", standard.enter_review, name="enter_review"),
    path("reposts/", reposting.proposals, name="proposals"),
    path("reposts/<int:pk>/", reposting.proposal, name="proposal"),
    path("reposts/<int:pk>/repost/", reposting.repost, name="repost"),
    path("reposts/<int:pk>/decline/", reposting.decline, name="decline"),
    path("reposts/<int:pk>/reopen/", reposting.reopen, name="reopen"),
    path("sources/", reposting.sources, name="sources"),
    path("sources/watch/", reposting.watch, name="watch"),
    path("sources/<int:pk>/", reposting.source, name="source"),
    path("sources/<int:pk>/look/", reposting.look, name="look"),
    path("sources/<int:pk>/end/", reposting.end, name="end_source"),
    path("pairs/<int:pk>/end/", keeping.unpair, name="unpair"),
]
