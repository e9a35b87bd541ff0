"""Duties that come round: a cadence opened out into the periods of a year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.duties.states import Every

MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
MOST_TIMES = 366


@dataclass(frozen=True)
class Cadence:
    """How often: monthly (by a ``day`` of the month), quarterly, half-yearly, yearly.

    Yearly with ``times`` is "at least so many times a year". Raises ``ValueError``.
    """

    every: Every
    day: int | None = None
    times: int = 1

    def __post_init__(self) -> None:
        if self.day is not None and (self.every is not Every.MONTH or not 1 <= self.day <= 31):
            raise ValueError("a day between 1 and 31 belongs to a monthly cadence")
        if not 1 <= self.times <= MOST_TIMES or (self.times > 1 and self.every is not Every.YEAR):
            raise ValueError("times belongs to a yearly cadence")


@dataclass(frozen=True)
class Period:
    """One round of a cadence: its name, its first day, and the day it is due."""

    label: str
    start: date
    due: date


def periods(cadence: Cadence, year: int) -> list[Period]:
    """Return the periods of a year in order.

    A period is due on its last day; a monthly one with a day, on that day or on the month's last
    where the month is shorter. N times a year are N equal parts, the last ending with the year.
    """
    if cadence.every is Every.YEAR and cadence.times > 1:
        return [_part(year, i, cadence.times) for i in range(cadence.times)]
    length = MONTHS[cadence.every]
    return [_months(cadence, year, first, length) for first in range(1, 13, length)]


def _months(cadence: Cadence, year: int, first: int, length: int) -> Period:
    last = first + length - 1
    end = date(year, last, monthrange(year, last)[1])
    due = end.replace(day=min(cadence.day, end.day)) if cadence.day else end
    return Period(_label(cadence.every, year, first), date(year, first, 1), due)


def _label(every: Every, year: int, first: int) -> str:
    if every is Every.MONTH:
        return f"{year}年{first}月"
    if every is Every.QUARTER:
        return f"{year}年第{'一二三四'[first // 3]}季度"
    if every is Every.HALF_YEAR:
        return f"{year}年{'上' if first == 1 else '下'}半年"
    return f"{year}年"


def _part(year: int, i: int, times: int) -> Period:
    """Cut the year at whole months where they divide evenly, else at days."""
    return Period(
        f"{year}年第{i + 1}次（共{times}次）",
        _cut(year, i, times),
        _cut(year, i + 1, times) - timedelta(days=1),
    )


def _cut(year: int, i: int, times: int) -> date:
    if i == times:
        return date(year + 1, 1, 1)
    if 12 % times == 0:
        return date(year, 1 + i * 12 // times, 1)
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return date(year, 1, 1) + timedelta(days=i * days // times)
