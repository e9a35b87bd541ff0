"""Clears away messages that every consumer has passed: the record of what happened is audit's."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min

from gongkai.outbox.models import Cursor, Message, Progress
from gongkai.outbox.registry import CONSUMERS

KEEP_DAYS = 30
BATCH = 1000


def sweep(now: datetime) -> int:
    """Remove a batch of messages and ended progress older than ``OUTBOX_KEEP_DAYS``; count them.

    A message stays while any consumer that exists has yet to pass it (ADR 0041).
    """
    before = now - timedelta(days=int(getattr(settings, "OUTBOX_KEEP_DAYS", KEEP_DAYS)))
    rows = Message.objects.filter(put_at__lt=before, position__lte=_passed_by_all())
    ids = list(rows.order_by("put_at").values_list("id", flat=True)[:BATCH])
    Message.objects.filter(pk__in=ids).delete()
    ended = Progress.objects.filter(ended_at__lt=before).values_list("id", flat=True)[:BATCH]
    gone = list(ended)
    Progress.objects.filter(pk__in=gone).delete()
    return len(ids) + len(gone)


def _passed_by_all() -> int:
    """Return the position that every registered consumer has passed; 0 while one has not begun."""
    cursors = Cursor.objects.filter(consumer__in=set(CONSUMERS))
    if cursors.count() < len(CONSUMERS):
        return 0
    lowest = cursors.aggregate(lowest=Min("position"))["lowest"]
    return int(lowest or 0)
