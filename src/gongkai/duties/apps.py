"""How the duties app is wired when Django starts."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The duties app."""

    name = "gongkai.duties"
    label = "duties"

    def ready(self) -> None:
        """Declare events and the words of their facts; register what the worker does."""
        from gongkai.audit.api import declare_events
        from gongkai.duties import jobs, states  # noqa: F401 - importing registers the jobs

        declare_events(states.EVENTS)
