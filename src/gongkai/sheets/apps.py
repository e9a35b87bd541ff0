"""How sheets is wired when Django starts: events, files, the clock, navigation, the task's page."""

from __future__ import annotations

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """The sheets app."""

    name = "gongkai.sheets"
    label = "sheets"
    verbose_name = "填报表"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.duties import api as duties
        from gongkai.programme import api as programme
        from gongkai.sheets import policies
        from gongkai.sheets.actions.returning import PURPOSE
        from gongkai.sheets.states import DUTY_KIND, EVENTS, FACT_LABELS
        from gongkai.sheets.views import panel
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        policies.declare_files(PURPOSE)
        duties.ask_field(DUTY_KIND, policies.why_not_clock)
        programme.add_panel("sheets", panel)
        navigation.entry("填报表", "sheets:sheets", 42, policies.sees_sheets, group=navigation.MORE)
