"""Reads the days and notices that come with the software, without Django and without tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from gongkai.calendars.rules import NUMBER_PENDING, WorkingCalendar
from gongkai.calendars.states import Shift


@dataclass(frozen=True)
class BuiltinDay:
    """A shifted day of a year's notice."""

    on: date
    shift: Shift
    name: str


@dataclass(frozen=True)
class BuiltinNotice:
    """A year's notice; title and ``number`` are not given where they could not be confirmed.

    A number joined by 、 names the notice and the one that changed it during the year.
    """

    year: int
    title: str
    number: str
    issued_on: date | None
    days: tuple[BuiltinDay, ...]

    @property
    def label(self) -> str:
        """The title with the number, or with the word that the number is still to be checked."""
        return notice_label(self.title, self.number)


def notice_label(title: str, number: str) -> str:
    """Write a notice as a reader cites it."""
    return f"{title}（{number or NUMBER_PENDING}）"


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@cache
def builtin_notices() -> tuple[BuiltinNotice, ...]:
    """Return the notices of all years that come with the software, oldest first."""
    days: dict[int, list[BuiltinDay]] = {}
    for row in _rows("days.csv"):
        day = BuiltinDay(date.fromisoformat(row["on"]), Shift(row["kind"]), row["name"])
        days.setdefault(int(row["year"]), []).append(day)
    return tuple(
        BuiltinNotice(
            year=int(row["year"]),
            title=row["title"] or f"{row['year']}年节假日安排",
            number=row["number"],
            issued_on=date.fromisoformat(row["issued_on"]) if row["issued_on"] else None,
            days=tuple(days[int(row["year"])]),
        )
        for row in _rows("notices.csv")
    )


@cache
def builtin_calendar() -> WorkingCalendar:
    """Return the calendar of all years that come with the software."""
    notices = builtin_notices()
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for notice in notices:
        for day in notice.days:
            (work if day.shift is Shift.WORK else off)[day.on] = day.name
    first, last = notices[0].year, notices[-1].year
    return WorkingCalendar(
        off=off,
        work=work,
        notices={n.year: n.label for n in notices},
        label=f"国务院办公厅放假通知 {first}–{last}（随软件提供）",
    )
