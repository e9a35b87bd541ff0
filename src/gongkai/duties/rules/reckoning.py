"""The due moment of a clock with every day that led to it; no lights, no reminders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.duties.rules.ledger import Clock, Pause
from gongkai.duties.rules.limits import Limit
from gongkai.duties.rules.values import ONE_DAY, Calendar, end_of_day
from gongkai.duties.states import LimitKind, PauseReading

ROLLED = "末日逢休息日，顺延"
RUN_OUT = "已计满，暂停尚未结束，顺延"
PAUSED = "暂停"


@dataclass(frozen=True)
class Step:
    """A day of the count: its number when it counted, else why not; ``pause`` covers the day."""

    on: date
    counted: bool
    number: int | None
    why: str
    pause: str = ""


@dataclass(frozen=True)
class Stretch:
    """A stretch of running or stopped hours; ``until`` None is still going on."""

    since: datetime
    until: datetime | None
    counted: bool
    why: str = ""


@dataclass(frozen=True)
class Reckoning:
    """How a due moment came about. ``due_on`` None: undecided while paused, or there is none.

    ``left`` is what remains of the limit while the clock stands still, in the limit's unit (hours
    as minutes).
    """

    due_on: date | None
    due_at: datetime | None
    steps: tuple[Step, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    provisional: bool = False
    paused: bool = False
    left: int = 0


def reckon(
    limit: Limit,
    clock: Clock,
    calendar: Calendar,
    reading: PauseReading = PauseReading.AFTER_SENT,
) -> Reckoning:
    """Find the due moment of a clock.

    Days are counted from the day after the start (民事诉讼法 第八十五条); the last of them ends
    with its last second. Hours run from the minute of the start. A paused clock has no due moment.
    """
    if limit.kind is LimitKind.HOURS:
        return _reckon_hours(clock)
    if limit.counted:
        return _reckon_days(limit, clock, calendar, reading)
    if clock.on is None:
        return Reckoning(None, None)
    at = end_of_day(clock.on, clock.start)
    return Reckoning(clock.on, at)


class _Walk:
    """Walks the days of a count and writes down what each was."""

    def __init__(
        self,
        pauses: Sequence[Pause],
        calendar: Calendar,
        reading: PauseReading,
        works: Callable[[date], bool],
    ) -> None:
        self.windows = [(p, *p.window(reading)) for p in pauses]
        self.calendar = calendar
        self.works = works
        self.steps: list[Step] = []
        self.number = 0

    def covering(self, day: date) -> Pause | None:
        """Return a pause for which the day is not counted, an open one first."""
        found = [p for p, first, last in self.windows if first <= day <= last]
        return min(found, key=lambda p: p.answered is not None, default=None)

    def stuck(self, day: date) -> bool:
        """Say whether from this day on an open pause covers all."""
        return any(p.answered is None and first <= day for p, first, _ in self.windows)

    def step(self, day: date) -> bool:
        """Write down a day; say whether it counted."""
        pause = self.covering(day)
        works = self.works(day)
        counted = works and pause is None
        self.number += counted
        why = self.calendar.reason(day) if works is self.calendar.is_working(day) else ""
        if works and pause is not None:
            why = f"{PAUSED}：{pause.why}" if pause.why else PAUSED
        label = pause.why or PAUSED if pause is not None else ""
        self.steps.append(Step(day, counted, self.number if counted else None, why, label))
        return counted

    def standing(self, day: date) -> bool:
        """Say whether a pause that began by this day goes on over the next."""
        return any(
            p.sent.date() <= day and first <= day + ONE_DAY <= last
            for p, first, last in self.windows
        )


def _reckon_days(
    limit: Limit, clock: Clock, calendar: Calendar, reading: PauseReading
) -> Reckoning:
    whole = limit.kind is LimitKind.CALENDAR_DAYS
    works = (lambda _day: True) if whole else calendar.is_working
    walk = _Walk(clock.pauses, calendar, reading, works)
    day, left = clock.start.date(), clock.n
    while left:
        day += ONE_DAY
        if walk.stuck(day):
            return _undecided(walk, left)
        left -= walk.step(day)
    due = _run_out(walk, day)
    if due is None:
        return _undecided(walk, 0)
    if limit.roll:
        due = _roll(walk, due)
    guessed = any(calendar.provisional(s.on) for s in walk.steps) and (not whole or limit.roll)
    return Reckoning(due, end_of_day(due, clock.start), tuple(walk.steps), provisional=guessed)


def _undecided(walk: _Walk, left: int) -> Reckoning:
    guessed = any(walk.calendar.provisional(s.on) for s in walk.steps)
    return Reckoning(None, None, tuple(walk.steps), provisional=guessed, paused=True, left=left)


def _run_out(walk: _Walk, day: date) -> date | None:
    """Move the last day past a pause that stands when the count is full; None while it is open.

    The due day is then the last day that the pause kept from counting (ADR 0061).
    """
    due, kept = day, len(walk.steps)
    while walk.standing(day):
        day += ONE_DAY
        if walk.stuck(day):
            return None
        walk.step(day)
        if walk.works(day):
            due, kept = day, len(walk.steps)
            walk.steps[-1] = _said(walk.steps[-1], RUN_OUT)
    del walk.steps[kept:]
    return due


def _said(step: Step, why: str) -> Step:
    return Step(step.on, step.counted, step.number, f"{step.why}（{why}）", step.pause)


def _roll(walk: _Walk, due: date) -> date:
    """Move a last day on which offices do not work to the next working day."""
    while not walk.calendar.is_working(due):
        due += ONE_DAY
        walk.steps.append(Step(due, False, None, ROLLED))
    return due


def _reckon_hours(clock: Clock) -> Reckoning:
    """Run the hours to the minute, standing still from each sending to its answer."""
    at, left = _minute(clock.start), timedelta(hours=clock.n)
    found: list[Stretch] = []
    for since, until, why in _stops(clock.pauses, at):
        if since - at >= left:
            break
        if since > at:
            found.append(Stretch(at, since, True))
        found.append(Stretch(since, until, False, why))
        left -= since - at
        if until is None:
            minutes = int(left / timedelta(minutes=1))
            return Reckoning(None, None, stretches=tuple(found), paused=True, left=minutes)
        at = until
    due = at + left
    found.append(Stretch(at, due, True))
    return Reckoning(due.date(), due, stretches=tuple(found))


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _stops(pauses: Sequence[Pause], start: datetime) -> list[tuple[datetime, datetime | None, str]]:
    """Return the union of the pauses from the start on, in order, each with its reasons."""
    merged: list[tuple[datetime, datetime | None, str]] = []
    for pause in sorted(pauses, key=lambda p: p.sent):
        since = max(_minute(pause.sent), start)
        until = _minute(pause.answered) if pause.answered else None
        if until is not None and until <= since:
            continue
        if merged and (merged[-1][1] is None or since <= merged[-1][1]):
            before, end, why = merged[-1]
            longest = None if end is None or until is None else max(end, until)
            merged[-1] = (before, longest, "、".join(dict.fromkeys([why, pause.why])))
        else:
            merged.append((since, until, pause.why))
    return merged
