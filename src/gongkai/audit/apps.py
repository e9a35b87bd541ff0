"""How the audit app is wired when Django starts."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit app."""

    name = "gongkai.audit"
    label = "audit"

    def ready(self) -> None:
        """Declare the app's events and its tickers."""
        from gongkai.audit import jobs, states
        from gongkai.audit.api import declare_events

        declare_events(states.EVENTS)
        jobs.register()
