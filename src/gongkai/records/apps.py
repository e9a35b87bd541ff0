"""How records are wired when Django starts: events, files, navigation."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The records app."""

    name = "gongkai.records"
    label = "records"
    verbose_name = "工作记录"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.programme import api as programme
        from gongkai.records import policies
        from gongkai.records.actions import PURPOSE
        from gongkai.records.states import EVENTS, FACT_LABELS
        from gongkai.records.views import entries
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        policies.declare_files(PURPOSE)
        programme.add_panel("records", entries.panel)
        navigation.entry(
            "工作记录", "records:records", 35, policies.sees_records, group=navigation.MORE
        )
