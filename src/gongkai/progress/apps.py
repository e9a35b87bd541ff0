"""How progress is wired when Django starts: its events, its section on the task's page."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgressConfig(AppConfig):
    """The progress app."""

    name = "gongkai.progress"
    label = "progress"
    verbose_name = "任务办理"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.notices.api import name_kinds
        from gongkai.programme import api as programme
        from gongkai.progress import jobs  # noqa: F401 - importing registers the jobs
        from gongkai.progress.actions import offer_chains
        from gongkai.progress.states import EVENTS, FACT_LABELS, KINDS
        from gongkai.progress.views import showing
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        offer_chains()
        name_kinds(KINDS)
        words.declare_facts(FACT_LABELS)
        navigation.lies_within("/progress/", "programme:tasks")
        programme.add_panel("progress", showing.panel)
        programme.add_acts("progress", showing.acts)
        post_migrate.connect(_define_chains, sender=self, dispatch_uid="progress.chains")


def _define_chains(**_: Any) -> None:
    """Define the chains of signatures where none are."""
    from gongkai.progress.actions import define_chains_if_missing

    define_chains_if_missing()
