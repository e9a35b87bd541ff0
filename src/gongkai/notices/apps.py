"""How the notices app is wired when Django starts."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The notices app."""

    name = "gongkai.notices"
    label = "notices"
