"""How the notices are wired when Django starts."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The notices app."""

    name = "gongkai.notices"
    label = "notices"
    verbose_name = "通知"
