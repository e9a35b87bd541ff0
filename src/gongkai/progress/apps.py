"""How progress is wired when Django starts."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """The progress app."""

    name = "gongkai.progress"
    label = "progress"
    verbose_name = "任务办理"
