"""How the calendars app is wired when Django starts."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _load(sender: AppConfig, **_: Any) -> None:
    """Enter the years that come with the software once the tables of all apps are there."""
    from gongkai.calendars.actions import load_builtin

    load_builtin()


class CalendarsConfig(AppConfig):
    """The calendars app."""

    name = "gongkai.calendars"
    label = "calendars"

    def ready(self) -> None:
        """Declare events; load the built-in years after migrating."""
        from gongkai.audit.api import declare_events
        from gongkai.calendars import states

        declare_events(states.EVENTS)
        post_migrate.connect(_load, sender=self)
