"""How progress is wired when Django starts: its events, its section on the task's page."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """The progress app."""

    name = "gongkai.progress"
    label = "progress"
    verbose_name = "任务办理"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.progress.states import EVENTS, FACT_LABELS
        from gongkai.ui import words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
