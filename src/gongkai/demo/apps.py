"""How the demo app is wired when Django starts."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo app."""

    name = "gongkai.demo"
    label = "demo"
