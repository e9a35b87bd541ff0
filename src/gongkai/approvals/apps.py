"""How the approvals are wired when Django starts."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """The approvals app."""

    name = "gongkai.approvals"
    label = "approvals"
    verbose_name = "签批"

    def ready(self) -> None:
        """Declare its events."""
        from gongkai.approvals.states import EVENTS
        from gongkai.audit.api import declare_events

        declare_events(EVENTS)
