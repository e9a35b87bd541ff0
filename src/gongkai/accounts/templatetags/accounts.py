"""Tags for the sign-in page: the office's sign-on; the demo's people, on the demo only."""

from __future__ import annotations

from django import template
from django.conf import settings

from gongkai.accounts.queries import (
    DemoAccount,
    demo_accounts,
)
from gongkai.accounts.single_sign_on import offered

register = template.Library()


@register.simple_tag
def demo_people() -> list[DemoAccount]:
    """Return the demo's people; nothing anywhere else."""
    return demo_accounts()


@register.simple_tag
def single_sign_on() -> str:
    """Return what the office calls its sign-on; nothing where there is none."""
    return offered()


@register.simple_tag
def demo_password() -> str:
    """Return the demo's password; nothing anywhere else."""
    return getattr(settings, "DEMO_PASSWORD", "") if getattr(settings, "DEMO", False) else ""
