"""How the outbox app is wired when Django starts."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The outbox app."""

    name = "gongkai.outbox"
    label = "outbox"
