"""How the approvals app is wired when Django starts."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """The approvals app."""

    name = "gongkai.approvals"
    label = "approvals"
