"""Positions for committed messages, and errands out of positions; runs no handler.

A message gets its position in a later transaction than the one that wrote it, under one lock.
So whoever sees position n sees every position below n, and a cursor never skips a message
whose transaction committed late.
"""

from __future__ import annotations

from django.db import transaction

from gongkai.kernel import clock
from gongkai.outbox.models import Cursor, Errand, Message, Sequence
from gongkai.outbox.registry import CONSUMERS, Consumer

BATCH = 500


def number_messages() -> int:
    """Give positions to a batch of committed messages, in the order they were written."""
    if not Message.objects.filter(position=None).exists():
        return 0
    with transaction.atomic():
        sequence = _held_sequence()
        rows = list(Message.objects.filter(position=None).order_by("id")[:BATCH])
        for position, row in enumerate(rows, start=sequence.last + 1):
            row.position = position
        Message.objects.bulk_update(rows, ["position"])
        sequence.last += len(rows)
        sequence.save()
    return len(rows)


def _held_sequence() -> Sequence:
    """Lock the one row; on SQLite the transaction holds the whole database already."""
    Sequence.objects.get_or_create(pk=1)
    return Sequence.objects.select_for_update().get(pk=1)


def make_errands() -> int:
    """Move each consumer's cursor over a batch; return how many positions were passed."""
    last = Sequence.objects.filter(pk=1).values_list("last", flat=True).first() or 0
    if not last:
        return 0
    at = dict(Cursor.objects.values_list("consumer", "position"))
    behind = [c for c in CONSUMERS.values() if at.get(c.name, 0) < last]
    return sum(_pass_batch(consumer) for consumer in behind)


def _pass_batch(consumer: Consumer) -> int:
    """Turn the next messages into errands and move the cursor, both or neither."""
    with transaction.atomic():
        Cursor.objects.get_or_create(consumer=consumer.name)
        cursor = (
            Cursor.objects.select_for_update(skip_locked=True)
            .filter(consumer=consumer.name)
            .first()
        )
        if cursor is None:  # another worker is at it
            return 0
        following = Message.objects.filter(position__gt=cursor.position).order_by("position")
        rows = list(following[:BATCH])
        if not rows:
            return 0
        Errand.objects.bulk_create(_errands(consumer, rows))
        cursor.position = rows[-1].position or cursor.position
        cursor.save()
    return len(rows)


def _errands(consumer: Consumer, rows: list[Message]) -> list[Errand]:
    """Fold the messages of a batch into one errand a subject, in order of first mention."""
    topics: dict[str, set[str]] = {}
    positions: dict[str, int] = {}
    for row in rows:
        if row.topic in consumer.topics:
            topics.setdefault(row.subject, set()).add(row.topic)
            positions[row.subject] = row.position or 0
    now = clock.now()
    return [
        Errand(
            consumer=consumer.name,
            subject=subject,
            topics=sorted(named),
            position=positions[subject],
            next_try_at=now,
        )
        for subject, named in topics.items()
    ]
