"""How columns is wired when Django starts: events, clock, worker, navigation."""

from __future__ import annotations

from django.apps import AppConfig


class ColumnsConfig(AppConfig):
    """The columns app."""

    name = "gongkai.columns"
    label = "columns"
    verbose_name = "栏目保障"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.columns import jobs, policies  # noqa: F401 - importing registers the jobs
        from gongkai.columns.states import (
            EVENTS,
            FACT_LABELS,
            NOTICES,
            REPOST_DUTY,
            REVIEW_DUTY,
            UPDATE_DUTY,
        )
        from gongkai.duties import api as duties
        from gongkai.notices.api import name_kinds
        from gongkai.publications import api as publications
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        name_kinds(NOTICES)
        duties.ask_field(REPOST_DUTY, policies.why_not_repost_clock)
        duties.ask_field(REVIEW_DUTY, policies.why_not_review_clock)
        publications.add_condition("columns.guide", "send", policies.incomplete_guide)
        publications.add_condition("columns.repost", "send", policies.only_reposted)
        duties.ask_field(UPDATE_DUTY, policies.why_not_clock)
        navigation.entry("栏目保障", "columns:overview", 34, policies.sees_columns)
