"""Reads of notices: a person sees their own; writes nothing."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.accounts.api import User
from gongkai.notices.models import Notice

MOST_COUNTED = 99
"""More unread notices than this are shown as 99+; counting stops there."""


def visible_to(user: User) -> QuerySet[Notice]:
    """Return the person's own notices."""
    return Notice.objects.filter(user=user)


def unread_count(user: User) -> int:
    """Count what the person has not read, up to one more than ``MOST_COUNTED``."""
    rows = visible_to(user).filter(read_at=None).values("pk")[: MOST_COUNTED + 1]
    return len(rows)


def notice_or_none(user: User, pk: int) -> Notice | None:
    """Return the person's own notice."""
    return visible_to(user).filter(pk=pk).first()
