"""How reports is wired when Django starts: events, files, navigation, the worker's jobs."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports app."""

    name = "gongkai.reports"
    label = "reports"
    verbose_name = "落实情况报告"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.notices.api import name_kinds
        from gongkai.reports import jobs, policies  # noqa: F401 - importing registers the jobs
        from gongkai.reports.actions import PAPER, PURPOSE, TEMPLATE
        from gongkai.reports.states import EVENTS, FACT_LABELS, KINDS
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        name_kinds(KINDS)
        words.declare_facts(FACT_LABELS)
        policies.declare_files(PURPOSE)
        policies.declare_files(PAPER, frozenset({"docx", "pdf"}))
        policies.declare_files(TEMPLATE, frozenset({"docx"}))
        navigation.entry(
            "落实报告", "reports:drafts", 40, policies.sees_checks, group=navigation.MORE
        )
