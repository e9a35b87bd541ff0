"""How the richtext app is wired when Django starts."""

from django.apps import AppConfig


class RichtextConfig(AppConfig):
    """The richtext app."""

    name = "gongkai.richtext"
    label = "richtext"
