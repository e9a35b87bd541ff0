"""How the programme is wired when Django starts: events, files, navigation, chain, home."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammeConfig(AppConfig):
    """The programme app."""

    name = "gongkai.programme"
    label = "programme"
    verbose_name = "任务分解"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.approvals.api import offer_chain
        from gongkai.audit.api import declare_events
        from gongkai.duties import api as duties
        from gongkai.notices.api import name_kinds
        from gongkai.programme import jobs, policies  # noqa: F401 - importing registers the jobs
        from gongkai.programme.actions import clocks, intake, work
        from gongkai.programme.states import CHAIN, EVENTS, KINDS
        from gongkai.ui import navigation

        declare_events(EVENTS)
        offer_chain(CHAIN, name="任务分解下达", senders=policies.EDITORS)
        for kind in clocks.KINDS:
            duties.ask_field(kind, policies.why_not_clock)
        name_kinds(KINDS)
        policies.declare_files(intake.PURPOSE, work.EVIDENCE_PURPOSE)
        navigation.entry("看板", "programme:board", 10, policies.sees_work)
        navigation.entry("任务", "programme:tasks", 20, policies.sees_work)
        navigation.entry("收文", "programme:documents", 30, policies.sees_documents)
        post_migrate.connect(_define_chain, sender=self, dispatch_uid="programme.chain")


def _define_chain(**_: Any) -> None:
    """Define the chain of acceptance where none is: the openness office signs."""
    from gongkai.programme.actions import binding

    binding.define_chain_if_missing()
