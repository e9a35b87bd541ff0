"""How normative is wired when Django starts: conditions, sections of pages, clock, navigation."""

from __future__ import annotations

from django.apps import AppConfig


class NormativeConfig(AppConfig):
    """The normative app."""

    name = "gongkai.normative"
    label = "normative"
    verbose_name = "规范性文件"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.duties import api as duties
        from gongkai.interpretations import api as interpretations
        from gongkai.normative import jobs, policies, queries  # noqa: F401 - registers the jobs
        from gongkai.normative.states import EVENTS, EXPIRY_DUTY, FACT_LABELS, NOTICES
        from gongkai.normative.views import showing
        from gongkai.notices.api import name_kinds
        from gongkai.publications import api as publications
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        name_kinds(NOTICES)
        duties.ask_field(EXPIRY_DUTY, policies.why_not_clock)
        publications.add_condition("normative.term", "send", policies.without_term)
        publications.add_condition("normative.number", "publish", policies.without_number)
        interpretations.add_predecessors("normative", queries.predecessors)
        publications.add_panel("normative", showing.panel)
        publications.add_panel("normative", showing.reader_panel, for_readers=True)
        navigation.lies_within("/normative/", "publications:register")
