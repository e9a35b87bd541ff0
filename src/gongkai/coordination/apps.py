"""How coordination is wired when Django starts: condition, section of the page, clock, files."""

from __future__ import annotations

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """The coordination app."""

    name = "gongkai.coordination"
    label = "coordination"
    verbose_name = "征求意见"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.coordination import jobs, policies  # noqa: F401 - registers the jobs
        from gongkai.coordination.states import ANSWER_DUTY, EVENTS, FACT_LABELS, NOTICES
        from gongkai.coordination.views import showing
        from gongkai.duties import api as duties
        from gongkai.notices.api import name_kinds
        from gongkai.publications import api as publications
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        name_kinds(NOTICES)
        duties.ask_field(ANSWER_DUTY, policies.why_not_clock)
        publications.add_condition("coordination.answers", "send", policies.unanswered)
        publications.let_see_files("coordination", policies.may_have_file)
        publications.add_panel("coordination", showing.panel)
        navigation.lies_within("/coordination/", "publications:register")
