"""Reads of the outbox: progress, what is parked, how far behind; changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from gongkai.outbox.models import Cursor, Errand, Message, Progress, Sequence, Tick


def progress_of(key: str) -> dict[str, Any] | None:
    """Return label, total, done, percent (None while unknown), outcome and moments, or None."""
    row = Progress.objects.filter(key=key).first()
    if row is None:
        return None
    return {
        "label": row.label,
        "total": row.total,
        "done": row.done,
        "percent": round(100 * row.done / row.total) if row.total else None,
        "outcome": row.outcome,
        "ended": row.ended_at is not None,
        "begun_at": row.begun_at,
        "stepped_at": row.stepped_at,
        "ended_at": row.ended_at,
    }


def parked(limit: int = 100) -> list[Errand]:
    """Return subjects that a consumer failed on, the longest waiting first."""
    return list(Errand.objects.filter(tries__gt=0).order_by("id")[:limit])


def failing_tickers() -> list[Tick]:
    """Return tickers whose last call failed."""
    return list(Tick.objects.filter(tries__gt=0).order_by("name"))


@dataclass(frozen=True)
class Backlog:
    """How far a consumer is behind: messages not looked at, errands not done, parked ones."""

    consumer: str
    unread: int
    errands: int
    parked: int


def backlogs() -> list[Backlog]:
    """Return one line for each consumer that has ever run."""
    last = Sequence.objects.aggregate(last=Min("last"))["last"] or 0
    errands = dict(_counted(Errand.objects.all()))
    waiting = dict(_counted(Errand.objects.filter(tries__gt=0)))
    return [
        Backlog(
            c.consumer, last - c.position, errands.get(c.consumer, 0), waiting.get(c.consumer, 0)
        )
        for c in Cursor.objects.order_by("consumer")
    ]


def unnumbered() -> int:
    """Return how many committed messages wait for their position."""
    return Message.objects.filter(position=None).count()


def _counted(errands: Any) -> Any:
    return errands.values_list("consumer").annotate(n=Count("id")).order_by("consumer")
