"""How standards is wired when Django starts: events, files, navigation."""

from __future__ import annotations

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """The standards app."""

    name = "gongkai.standards"
    label = "standards"
    verbose_name = "标准目录"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.notices.api import name_kinds
        from gongkai.standards import policies
        from gongkai.standards.actions.importing import PURPOSE
        from gongkai.standards.states import EVENTS, FACT_LABELS, NOTICES
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        name_kinds(NOTICES)
        policies.declare_files(PURPOSE)
        navigation.entry(
            "标准目录", "standards:catalogues", 46, policies.sees_standards, group=navigation.MORE
        )
