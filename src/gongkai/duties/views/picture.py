"""The count of a duty as month grids: counted days numbered, the others with their reason."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.calendars.api import WorkingCalendar
from gongkai.duties.queries import Explanation
from gongkai.duties.rules import Step
from gongkai.duties.states import LimitKind
from gongkai.ui.parts import DayCell
from gongkai.ui.pictures import Month, month

MOST_MONTHS = 12
SHORT = {"周末": "", "调休上班": "调休"}
"""What the grid says itself, or has no room to say in full; the list below has it all."""


@dataclass(frozen=True)
class CountCell(DayCell):
    """A day of the picture: plain, counted, out (not counted), paused; maybe start or due."""

    tone: str = "plain"
    mark: str = ""


def months_of(found: Explanation, calendar: WorkingCalendar) -> list[Month]:
    """Return the months from the start to the due day; nothing for hours or without a day.

    At most the last ``MOST_MONTHS``; the list of days below the picture has them all.
    """
    if found.limit.kind is LimitKind.HOURS:
        return []
    first, last = _span(found)
    if first is None or last is None:
        return []
    steps = {step.on: step for step in found.found.steps}
    months = list(_months(first, last))[-MOST_MONTHS:]
    return [
        month([_cell(found, calendar, steps, d) for d in _days(year, number)])
        for year, number in months
    ]


def _span(found: Explanation) -> tuple[date | None, date | None]:
    due = found.due_on
    if not found.limit.counted:
        return (min(found.today, due) if due else None), due
    return found.clock.start.date(), due or _after(found)


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    year, number = first.year, first.month
    while (year, number) <= (last.year, last.month):
        yield year, number
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)


def _days(year: int, number: int) -> Iterator[date]:
    for day in range(1, monthrange(year, number)[1] + 1):
        yield date(year, number, day)


def _cell(
    found: Explanation, calendar: WorkingCalendar, steps: dict[date, Step], day: date
) -> CountCell:
    step = steps.get(day)
    tone, lines = _tone(found, step, day)
    return CountCell(
        on=day,
        working=calendar.is_working(day),
        note=_note(calendar, step, day),
        lines=lines,
        provisional=calendar.provisional(day) and step is not None,
        tone=tone,
        mark=_mark(found, day),
    )


def _tone(found: Explanation, step: Step | None, day: date) -> tuple[str, list[str]]:
    """Return how the day is drawn and the words that say the same."""
    if step is None:
        standing = found.found.paused and _after(found) < day
        return ("paused", ["暂停中"]) if standing else ("plain", [])
    if step.counted:
        return "counted", [f"第{step.number}天"]
    return ("paused", ["暂停"]) if step.pause else ("out", ["不计"])


def _after(found: Explanation) -> date:
    """The last day that was counted or passed before the open pause took over."""
    steps = found.found.steps
    return steps[-1].on if steps else found.clock.start.date()


def _note(calendar: WorkingCalendar, step: Step | None, day: date) -> str:
    reason = calendar.reason(day)
    if step is not None and step.why and step.why.startswith("末日"):
        return "顺延"
    return SHORT.get(reason, reason)


def _mark(found: Explanation, day: date) -> str:
    if day == found.due_on:
        return "到期"
    if found.limit.counted and day == found.clock.start.date():
        return "起算"
    return ""
