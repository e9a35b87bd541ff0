"""How the duties app is wired when Django starts."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The duties app."""

    name = "gongkai.duties"
    label = "duties"
