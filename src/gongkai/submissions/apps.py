"""How submissions is wired when Django starts: events, files, the clock, navigation."""

from __future__ import annotations

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """The submissions app."""

    name = "gongkai.submissions"
    label = "submissions"
    verbose_name = "上报"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.duties import api as duties
        from gongkai.notices.api import name_kinds
        from gongkai.submissions import policies
        from gongkai.submissions.actions import PURPOSE
        from gongkai.submissions.states import DUTY_KIND, EVENTS, FACT_LABELS, NOTICES
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        name_kinds(NOTICES)
        policies.declare_files(PURPOSE)
        duties.ask_field(DUTY_KIND, policies.why_not_clock)
        navigation.entry(
            "上报", "submissions:rounds", 44, policies.sees_submissions, group=navigation.MORE
        )
