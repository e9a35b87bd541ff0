"""The ladder of reminders: which rung a moment stands on and when the next begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from gongkai.duties.rules.values import ONE_DAY, ONE_SECOND, Calendar, midnight
from gongkai.duties.states import LADDER_AFTER, LADDER_BEFORE, LADDER_STEP


def days_back(day: date, n: int, calendar: Calendar) -> date:
    """Return the first day from which at most ``n`` working days d remain, first < d <= day."""
    left = n
    while True:
        left -= calendar.is_working(day)
        if left < 0:
            return day
        day -= ONE_DAY


def days_on(day: date, n: int, calendar: Calendar) -> date:
    """Return the n-th working day after a day."""
    while n:
        day += ONE_DAY
        n -= calendar.is_working(day)
    return day


def _after() -> Iterator[int]:
    yield from LADDER_AFTER
    n = LADDER_AFTER[-1]
    while True:
        n += LADDER_STEP
        yield n


def _before_moment(rung: int, due_at: datetime, calendar: Calendar) -> datetime:
    return midnight(days_back(due_at.date(), -rung, calendar), due_at)


def _rung_moments(
    due_at: datetime, near_at: datetime | None, calendar: Calendar
) -> Iterator[tuple[int, datetime]]:
    """Yield each rung with the moment it begins, in order, without end.

    ``near_at`` is given for a limit in hours: one rung when half the time is left and one when
    it is over, then the working days after.
    """
    if near_at is None:
        for rung in LADDER_BEFORE:
            yield rung, _before_moment(rung, due_at, calendar)
    else:
        yield -1, near_at
    last, day = 0, due_at.date()
    for rung in _after():
        day = days_on(day, rung - last, calendar)
        last = rung
        first_of_hours = near_at is not None and rung == LADDER_AFTER[0]
        yield rung, due_at + ONE_SECOND if first_of_hours else midnight(day, due_at)


def rung_at(
    now: datetime, due_at: datetime, calendar: Calendar, near_at: datetime | None = None
) -> tuple[int | None, datetime]:
    """Return the rung that ``now`` stands on (None: below the first) and when the next begins.

    Rungs are working days: -5 -3 -1 before, 0 on the day, 1 5 10 15 … after. Rungs missed
    coalesce: only the latest is returned.
    """
    standing: int | None = None
    for rung, begins in _rung_moments(due_at, near_at, calendar):
        if begins > now:
            return standing, begins
        standing = rung
    raise AssertionError("the ladder has no end")


def rung_words(rung: int, *, hours: bool = False) -> str:
    """Say a rung in Chinese, as the reminder does."""
    if rung > 0:
        return f"已逾期{rung}个工作日" if rung > 1 or not hours else "已逾期"
    if hours:
        return "时间已过半"
    return f"还有{-rung}个工作日到期" if rung else "今天到期"


def half_of(n: int) -> timedelta:
    """Half of a limit in hours."""
    return timedelta(hours=n) / 2
