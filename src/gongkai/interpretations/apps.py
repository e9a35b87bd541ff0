"""How interpretations is wired when Django starts: conditions, sections of pages, events, files."""

from __future__ import annotations

from django.apps import AppConfig


class InterpretationsConfig(AppConfig):
    """The interpretations app."""

    name = "gongkai.interpretations"
    label = "interpretations"
    verbose_name = "政策解读"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.duties import api as duties
        from gongkai.files.api import declare_purpose
        from gongkai.interpretations import jobs, policies  # noqa: F401 - registers the jobs
        from gongkai.interpretations.actions import PURPOSE
        from gongkai.interpretations.states import EVENTS, FACT_LABELS, MATERIAL_DUTY
        from gongkai.interpretations.views import showing
        from gongkai.publications import api as publications
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        duties.ask_field(MATERIAL_DUTY, policies.why_not_clock)
        declare_purpose(
            PURPOSE,
            kinds={"docx", "xlsx", "pdf", "txt"},
            max_bytes=20 * 1024 * 1024,
            may_see=policies.may_see_file,
        )
        publications.add_condition("interpretations.plan", "send", policies.without_plan)
        publications.add_condition("interpretations.material", "publish", policies.without_material)
        publications.add_condition(
            "interpretations.safeguards", "publish", policies.without_safeguards
        )
        publications.add_panel("interpretations", showing.panel)
        publications.add_panel("interpretations", showing.reader_panel, for_readers=True)
        navigation.lies_within("/interpretations/", "publications:register")
