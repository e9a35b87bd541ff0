"""How the organisation is wired when Django starts."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The organisation app."""

    name = "gongkai.organisation"
    label = "organisation"
    verbose_name = "组织机构"

    def ready(self) -> None:
        """Declare its events."""
        from gongkai.audit.api import declare_events
        from gongkai.organisation.states import EVENTS

        declare_events(EVENTS)
