"""How the audit app is wired when Django starts."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit app."""

    name = "gongkai.audit"
    label = "audit"
