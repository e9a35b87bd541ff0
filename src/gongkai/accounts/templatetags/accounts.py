"""Tags for the sign-in page: the demo's people, on the demo only."""

from __future__ import annotations

from django import template
from django.conf import settings

from gongkai.accounts.queries import (
    DemoAccount,
    demo_accounts,
)

register = template.Library()


@register.simple_tag
def demo_people() -> list[DemoAccount]:
    """Return the demo's people; nothing anywhere else."""
    return demo_accounts()


@register.simple_tag
def demo_password() -> str:
    """Return the demo's password; nothing anywhere else."""
    return getattr(settings, "DEMO_PASSWORD", "") if getattr(settings, "DEMO", False) else ""
