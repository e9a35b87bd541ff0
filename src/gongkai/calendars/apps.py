"""How the calendars app is wired when Django starts."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

TABLES = {"calendars_calendarversion", "audit_auditevent", "outbox_message"}


def _load(sender: AppConfig, using: str, **_: Any) -> None:
    """Enter the years that come with the software once all tables that takes are there."""
    from django.db import connections

    from gongkai.calendars.actions import load_builtin

    if set(connections[using].introspection.table_names()) >= TABLES:
        load_builtin()


class CalendarsConfig(AppConfig):
    """The calendars app."""

    name = "gongkai.calendars"
    label = "calendars"

    def ready(self) -> None:
        """Declare events and navigation; load the built-in years after migrating."""
        from gongkai.audit.api import declare_events
        from gongkai.calendars import policies, states
        from gongkai.ui import navigation, words

        declare_events(states.EVENTS)
        words.declare_facts(states.FACT_LABELS)
        navigation.entry(
            "工作日历", "calendars:index", 70, policies.may_change, group=navigation.ADMIN
        )
        post_migrate.connect(_load, sender=self)
