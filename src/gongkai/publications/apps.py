"""How publications is wired when Django starts: events, files, chains, clock, navigation."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublicationsConfig(AppConfig):
    """The publications app."""

    name = "gongkai.publications"
    label = "publications"
    verbose_name = "信息公开"

    def ready(self) -> None:
        """Declare what other apps ask of this one."""
        from gongkai.audit.api import declare_events
        from gongkai.duties import api as duties
        from gongkai.files.api import declare_purpose
        from gongkai.notices.api import name_kinds
        from gongkai.publications import jobs, policies  # noqa: F401 - importing registers the jobs
        from gongkai.publications.actions import PURPOSE, offer_chains
        from gongkai.publications.states import EVENTS, FACT_LABELS, NOTICES, PUBLISH_DUTY
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts(FACT_LABELS)
        name_kinds(NOTICES)
        offer_chains()
        duties.ask_field(PUBLISH_DUTY, policies.why_not_clock)
        declare_purpose(
            PURPOSE,
            kinds={"txt", "docx", "xlsx", "pdf", "png", "jpg"},
            max_bytes=50 * 1024 * 1024,
            may_see=policies.may_see_file,
        )
        navigation.entry("信息公开", "publications:register", 30, policies.sees_register)
        post_migrate.connect(_set_up, sender=self, dispatch_uid="publications.set_up")


def _set_up(**_: Any) -> None:
    """Define the chains where none are, and the columns of the statutory catalogue."""
    from gongkai.publications.actions import define_chains_if_missing, load_columns

    define_chains_if_missing()
    load_columns()
