"""How wording is wired when Django starts: events, words, its place in the navigation."""

from __future__ import annotations

from django.apps import AppConfig


class WordingConfig(AppConfig):
    """The wording app."""

    name = "gongkai.wording"
    label = "wording"
    verbose_name = "用词"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.ui import navigation, words
        from gongkai.wording.states import EVENTS, FACT_LABELS

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        navigation.lies_within("/wording/", "publications:register")
