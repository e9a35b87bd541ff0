"""How the approvals are wired when Django starts."""

from django.apps import AppConfig
from django.http import HttpRequest


def waiting(request: HttpRequest) -> int:
    """Count what waits for the person of this request."""
    from gongkai.accounts.api import user_of
    from gongkai.approvals.queries import count_waiting

    return count_waiting(user_of(request))


class ApprovalsConfig(AppConfig):
    """The approvals app."""

    name = "gongkai.approvals"
    label = "approvals"
    verbose_name = "签批"

    def ready(self) -> None:
        """Declare its events, their facts' words and its place in the navigation."""
        from gongkai.accounts.api import SEES_WORK, roles_of
        from gongkai.approvals.states import EVENTS, FACT_LABELS
        from gongkai.audit.api import declare_events
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        navigation.entry(
            "签批",
            "approvals:waiting",
            40,
            lambda user: bool(SEES_WORK & roles_of(user)),
            badge=waiting,
        )
