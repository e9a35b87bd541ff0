"""How supervision is wired when Django starts: events, clocks, chain, task page, navigation."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SupervisionConfig(AppConfig):
    """The supervision app."""

    name = "gongkai.supervision"
    label = "supervision"
    verbose_name = "督办、批示和交办"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.duties import api as duties
        from gongkai.notices.api import name_kinds
        from gongkai.programme import api as programme
        from gongkai.supervision import jobs, policies  # noqa: F401 - importing registers the jobs
        from gongkai.supervision.states import DUTY_KINDS, EVENTS, FACT_LABELS, NOTICES
        from gongkai.supervision.views import handed, showing
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        name_kinds(NOTICES)
        for kind in DUTY_KINDS.values():
            duties.ask_field(kind, policies.why_not_clock)
        programme.add_panel("supervision", showing.panel)
        programme.add_acts("supervision", showing.acts)
        programme.add_panel("handings", handed.panel)
        programme.add_acts("handings", handed.acts)
        navigation.entry("督办", "supervision:charges", 25, policies.sees_charges)
        post_migrate.connect(_define_chain, sender=self, dispatch_uid="supervision.chain")


def _define_chain(**_: Any) -> None:
    """Define the chain of replies where none is: the head of the unit sends them."""
    from gongkai.supervision.actions import define_chain_if_missing

    define_chain_if_missing()
