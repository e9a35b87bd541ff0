"""The only place that asks what time it is; nothing here counts days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present moment, aware."""
    return _set_to.get() or timezone.now()


def today() -> date:
    """Return the present day at the office (Asia/Shanghai)."""
    return timezone.localtime(now()).date()


def day_of(moment: datetime) -> date:
    """Return the day at the office on which an aware moment falls."""
    return timezone.localtime(moment).date()


def morning_of(day: date) -> datetime:
    """Return the first moment of a day at the office, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` (aware) inside the block: for tests and for the demo's past year."""
    if timezone.is_naive(moment):
        raise ValueError("clock.at() wants an aware moment")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
