"""How the programme app is wired when Django starts."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The programme app."""

    name = "gongkai.programme"
    label = "programme"
