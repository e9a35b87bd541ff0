"""How the ui app is wired when Django starts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The ui app."""

    name = "gongkai.ui"
    label = "ui"
