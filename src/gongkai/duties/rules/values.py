"""What the arithmetic takes: a calendar, and what happened to a clock; nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from gongkai.duties.states import FactKind

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)


class Calendar(Protocol):
    """What the clock asks of a calendar (``calendars.api.WorkingCalendar`` answers it)."""

    @property
    def label(self) -> str:
        """The calendar's name and version."""

    def is_working(self, day: date) -> bool:
        """Say whether offices work on the day."""

    def reason(self, day: date) -> str:
        """Say what makes the day special; "" for a plain day."""

    def provisional(self, day: date) -> bool:
        """Say whether the day is guessed because its year's notice is missing."""


@dataclass(frozen=True)
class Entry:
    """One fact of a clock's ledger.

    ``at`` is aware and in the office's time, so that its date is the day at the office. ``pause``
    ties a resumption to its pause, ``amount`` is an extension in the limit's unit, ``on`` a date
    that was set.
    """

    kind: FactKind
    at: datetime
    reason: str = ""
    pause: str = ""
    amount: int = 0
    on: date | None = None


def midnight(day: date, like: datetime) -> datetime:
    """Return the first moment of a day, in the time zone of ``like``."""
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)


def end_of_day(day: date, like: datetime) -> datetime:
    """Return the last second of a day, in the time zone of ``like``."""
    return midnight(day, like) + ONE_DAY - ONE_SECOND
