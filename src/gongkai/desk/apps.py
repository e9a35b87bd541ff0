"""How the desk app is wired when Django starts."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk app."""

    name = "gongkai.desk"
    label = "desk"
