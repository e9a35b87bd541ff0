"""How the notices are wired when Django starts."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


class NoticesConfig(AppConfig):
    """The notices app."""

    name = "gongkai.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        """Declare events, what mails call our own notices, what the worker does, navigation."""
        from gongkai.audit.api import declare_events
        from gongkai.notices import jobs, policies, states  # noqa: F401 - importing registers jobs
        from gongkai.ui import navigation, words

        declare_events(states.EVENTS)
        words.declare_facts(states.FACT_LABELS)
        policies.name_kinds(states.KINDS)
        register(check_mail)
        navigation.entry("邮件", "notices:mails", 92, policies.sees_mails, group=navigation.ADMIN)


def check_mail(**_: Any) -> list[CheckMessage]:
    """Say what is missing where mails are to be sent."""
    if not settings.MAIL_HOST:
        return []
    wanted = {
        "GONGKAI_MAIL_FROM": "@" in settings.MAIL_FROM,
        "GONGKAI_BASE_URL": settings.BASE_URL.startswith(("https://", "http://")),
    }
    return [
        Error(f"{name} must be set where GONGKAI_MAIL_HOST is", id=f"notices.E{n:03}")
        for n, (name, there) in enumerate(wanted.items(), 1)
        if not there
    ]
