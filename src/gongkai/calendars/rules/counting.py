"""Working days with shifted days (调休) as arithmetic on values; no tables, no clock, no files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
LONGEST = 10_000
"""So many days ahead are counted at most; a longer count is a mistake."""

WEEKEND = "周末"
SHIFTED_WORK = "调休上班"
GUESSED = "暂按周一至周五推算"
NUMBER_PENDING = "通知文号待核"
WARN_FROM_MONTH = 11
"""国办 announces the coming year's days each November; a missing year is loud from then on."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are working days, and from which notice that is known.

    ``off`` and ``work`` map a shifted day to the holiday it belongs to. Days of a year that is
    not in ``notices`` are taken as Monday to Friday and are provisional.
    """

    off: Mapping[date, str]
    work: Mapping[date, str]
    notices: Mapping[int, str]
    label: str
    version: int = 0
    _years: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_years", frozenset(self.notices))

    @property
    def known_from(self) -> date:
        """The first day of the first year with a notice."""
        return date(min(self._years), 1, 1) if self._years else date.max

    @property
    def known_until(self) -> date:
        """The last day of the last year with a notice."""
        return date(max(self._years), 12, 31) if self._years else date.min

    def is_working(self, day: date) -> bool:
        """Say whether offices work on the day: shifted to work, or Monday to Friday and not off."""
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def reason(self, day: date) -> str:
        """Say why the day is out of the ordinary: 国庆节, 调休上班, 周末; "" for a plain day."""
        if day in self.work:
            return SHIFTED_WORK
        return self.off.get(day) or (WEEKEND if day.weekday() >= 5 else "")

    def provisional(self, day: date) -> bool:
        """Say whether the day's year has no notice yet, so that it is guessed."""
        return day.year not in self._years

    def notice(self, year: int) -> str:
        """Return the notice the year rests on; "" for a year without one."""
        return self.notices.get(year, "")


@dataclass(frozen=True)
class Day:
    """One day of a count: whether it counted, and what made it special."""

    on: date
    counted: bool
    why: str


@dataclass(frozen=True)
class Count:
    """The outcome of a count with each of its days after the first; ``due`` is the last."""

    due: date
    days: tuple[Day, ...]
    provisional: bool


def add_working_days(start: date, n: int, calendar: WorkingCalendar) -> Count:
    """Count ``n`` working days from the day after ``start``.

    The day something starts on is day 0, whether or not it is a working day (民事诉讼法 第八十五条,
    as 条例 counts by practice); days made up for a holiday count (调休).
    Raises ``ValueError`` for a negative number or one beyond ``LONGEST``.
    """
    if not 0 <= n <= LONGEST:
        raise ValueError(f"the number of days must be between 0 and {LONGEST}")
    days: list[Day] = []
    day, left = start, n
    while left:
        day += ONE_DAY
        counted = calendar.is_working(day)
        left -= counted
        days.append(Day(day, counted, calendar.reason(day)))
    return Count(day, tuple(days), any(calendar.provisional(d.on) for d in days))


def add_calendar_days(
    start: date, n: int, calendar: WorkingCalendar, *, roll: bool = False
) -> Count:
    """Count ``n`` days of the calendar from the day after ``start``.

    With ``roll`` a last day on which offices do not work moves to the next working day
    (民事诉讼法 第八十五条, for review and suit terms). Raises ``ValueError`` as above.
    """
    if not 0 <= n <= LONGEST:
        raise ValueError(f"the number of days must be between 0 and {LONGEST}")
    days = [Day(d, True, "") for d in (start + ONE_DAY * i for i in range(1, n + 1))]
    last = start + ONE_DAY * n
    while roll and not calendar.is_working(last):
        last += ONE_DAY
        days.append(Day(last, False, "顺延"))
    return Count(last, tuple(days), roll and any(calendar.provisional(d.on) for d in days[n - 1 :]))


def working_days_between(a: date, b: date, calendar: WorkingCalendar) -> int:
    """Count the working days d with a < d ≤ b; negative when b lies before a."""
    if b < a:
        return -working_days_between(b, a, calendar)
    return sum(calendar.is_working(a + ONE_DAY * i) for i in range(1, (b - a).days + 1))


def working_days_back(day: date, n: int, calendar: WorkingCalendar) -> date:
    """Return the latest day from which at most ``n`` working days remain until ``day``, exclusive.

    That is the first day d with ``working_days_between(d, day) <= n``: when a light turns.
    """
    left = n
    while True:
        left -= calendar.is_working(day)
        if left < 0:
            return day
        day -= ONE_DAY


def missing_year(today: date, calendar: WorkingCalendar) -> int | None:
    """Return the year whose notice is missing and should be there, else None.

    The running year always; the coming one from November on.
    """
    if today.year not in calendar.notices:
        return today.year
    due = today.month >= WARN_FROM_MONTH and today.year + 1 not in calendar.notices
    return today.year + 1 if due else None


def changed_days(before: WorkingCalendar, after: WorkingCalendar) -> tuple[date, ...]:
    """Return the days on which the two calendars differ in whether offices work, in order."""
    listed = {*before.off, *before.work, *after.off, *after.work}
    return tuple(sorted(d for d in listed if before.is_working(d) != after.is_working(d)))
