"""The addresses of progress: the page on which a task is worked, and its buttons."""

from django.urls import URLPattern, path

from gongkai.progress.views import work

app_name = "progress"
urlpatterns: list[URLPattern] = [
    path("tasks/<int:pk>/", work.work, name="work"),
    path("tasks/<int:pk>/entry/", work.record_progress, name="record_progress"),
    path("tasks/<int:pk>/measures/", work.set_measures, name="set_measures"),
    path("tasks/<int:pk>/report/", work.report, name="report"),
    path("tasks/<int:pk>/extension/", work.ask_extension, name="ask_extension"),
    path("tasks/<int:pk>/strike-off/", work.strike_off, name="strike_off"),
    path("reports/<int:pk>/send-back/", work.send_back, name="send_back"),
]
