"""When a column is due and how fresh it was, as arithmetic over days; pure, no clock, no tables."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.columns.states import Freshness, Rhythm

MOST = {Rhythm.DAYS: 366, Rhythm.MONTHS: 24, Rhythm.CHANGES: 60}


def wrong_amount(rhythm: Rhythm, amount: int) -> str:
    """Return what is wrong with the number of a rhythm, "" when nothing is."""
    if not rhythm.counts:
        return ""
    most = MOST[rhythm]
    unit = {Rhythm.DAYS: "天", Rhythm.MONTHS: "个月", Rhythm.CHANGES: "个工作日"}[rhythm]
    return "" if 1 <= amount <= most else f"请填1到{most}{unit}。"


def in_words(rhythm: Rhythm, amount: int) -> str:
    """Say a rhythm: 每14天, 每季度, 变动后20个工作日内."""
    match rhythm:
        case Rhythm.DAYS:
            return f"每{amount}天"
        case Rhythm.MONTHS:
            return "每月" if amount == 1 else f"每{amount}个月"
        case Rhythm.CHANGES:
            return f"变动后{amount}个工作日内"
        case _:
            return rhythm.label


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _quarter_end(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year, month, monthrange(day.year, month)[1])


def next_due(rhythm: Rhythm, amount: int, last: date) -> date | None:
    """Return the last day on which a column still is fresh that was updated on ``last``.

    A quarter or a year asks for one update in each: updated in this one, the next is due when the
    next one ends. None where nothing is due before a change.
    """
    match rhythm:
        case Rhythm.DAYS:
            return last + timedelta(days=amount)
        case Rhythm.MONTHS:
            return months_later(last, amount)
        case Rhythm.QUARTER:
            return _quarter_end(_quarter_end(last) + timedelta(days=1))
        case Rhythm.YEAR:
            return date(last.year + 1, 12, 31)
        case Rhythm.CHANGES:
            return None


def first_due(rhythm: Rhythm, amount: int, begun: date) -> date | None:
    """Return when a column is due that never was updated and is kept from ``begun``.

    In a quarter or a year that runs, it is due when that ends.
    """
    if rhythm is Rhythm.QUARTER:
        return _quarter_end(begun)
    if rhythm is Rhythm.YEAR:
        return date(begun.year, 12, 31)
    return next_due(rhythm, amount, begun)


@dataclass(frozen=True)
class Stretch:
    """Days on which a column should have been updated and was not, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Month:
    """A month of the strip: its number, how the column stood, how often it was updated."""

    n: int
    freshness: Freshness | None
    """None before the column was kept, and in months to come."""
    updates: int


def late_stretches(
    rhythm: Rhythm, amount: int, begun: date, updates: Sequence[date], today: date
) -> list[Stretch]:
    """Return when a column was overdue, oldest first; ``updates`` in any order."""
    found: list[Stretch] = []
    first = due = first_due(rhythm, amount, begun)
    for day in sorted(day for day in updates if day <= today):
        if due is not None and day > due:
            found.append(Stretch(due + timedelta(days=1), day - timedelta(days=1)))
        due = next_due(rhythm, amount, day)
        if first is not None and due is not None and day < begun:
            due = max(first, due)
    if due is not None and today > due:
        found.append(Stretch(due + timedelta(days=1), today))
    return [one for one in found if one.first <= one.last]


def strip(
    year: int, begun: date, updates: Sequence[date], late: Sequence[Stretch], today: date
) -> list[Month]:
    """Return the twelve months of a year: red where the column was overdue on any day."""
    return [_month(year, n, begun, updates, late, today) for n in range(1, 13)]


def _month(
    year: int,
    n: int,
    begun: date,
    updates: Sequence[date],
    late: Sequence[Stretch],
    today: date,
) -> Month:
    first, last = date(year, n, 1), date(year, n, monthrange(year, n)[1])
    count = sum(first <= day <= last for day in updates)
    if first > today or (last < begun and not count):
        return Month(n, None, count)
    red = any(one.first <= last and one.last >= first for one in late)
    return Month(n, Freshness.RED if red else Freshness.GREEN, count)


def incomplete(mine: Sequence[date], others: Sequence[date], year: int) -> bool:
    """Say whether of two columns that come together only one came out in a year."""
    came = [any(day.year == year for day in days) for days in (mine, others)]
    return came[0] != came[1]
