"""How the calendars app is wired when Django starts."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """The calendars app."""

    name = "gongkai.calendars"
    label = "calendars"
