"""How the audit app is wired when Django starts."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit app."""

    name = "gongkai.audit"
    label = "audit"

    def ready(self) -> None:
        """Declare the app's events, its tickers and its place in the navigation."""
        from gongkai.audit import jobs, policies, states
        from gongkai.audit.api import declare_events
        from gongkai.ui import navigation

        declare_events(states.EVENTS)
        jobs.register()
        navigation.entry("审计", "audit:events", 90, policies.may_read, group=navigation.ADMIN)
