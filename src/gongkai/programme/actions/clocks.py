"""The duties behind a task's clock: opened for each lead unit, by trigger, by the superior's date.

Called inside the transactions of the other actions of this app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.organisation.api import Unit
from gongkai.programme.models import Task, TaskDuty, Trigger
from gongkai.programme.rules import Clock
from gongkai.programme.states import ClockKind

TASK = "programme.task"
PROGRESS = "programme.progress"
TRIGGERED = "programme.triggered"
KINDS = (TASK, PROGRESS, TRIGGERED)
"""The kinds of duties that this app opens."""

QUARTERLY = duties.Cadence(duties.Every.QUARTER)
PUBLISH_LAW = "条例 第二十六条"
COUNTED: dict[str, Callable[[int], duties.Limit]] = {
    "workday": duties.working_days,
    "day": duties.calendar_days,
    "hour": duties.hours,
    "week": lambda n: duties.calendar_days(7 * n),
    "month": lambda n: duties.calendar_days(30 * n),
}
"""Unit of a limit → the duty's limit. 一个月 is counted as 30 days (ADR 14)."""


@dataclass(frozen=True)
class _Slot:
    """A duty to open: its permanent name within the task, its kind, limit, period and start."""

    name: str
    kind: str
    limit: duties.Limit
    period: str = ""
    started_at: datetime | None = None
    law: str = ""


def open_duties(
    task: Task, units: Iterable[Unit], *, actor: User, again: bool = False
) -> list[TaskDuty]:
    """Open the duties of the task's clock for each of the units.

    ``again`` opens them although closed ones of the same slots exist: a later version changed
    the clock, and the slots get the version's number.
    """
    mark = f"@{task.proposal.document_id}" if again else ""
    return _open(_plans(task, units, mark), actor=actor)


def open_duties_of(tasks: Iterable[tuple[Task, Iterable[Unit]]], *, actor: User) -> list[TaskDuty]:
    """Open the duties of many new tasks, each for its units, in a few statements."""
    plans = [plan for task, units in tasks for plan in _plans(task, units, "")]
    return _open(plans, actor=actor)


@dataclass(frozen=True)
class _Plan:
    """A slot of a task for one of its units, by the name that stays."""

    task: Task
    unit: Unit
    slot: _Slot
    name: str


def _plans(task: Task, units: Iterable[Unit], mark: str) -> list[_Plan]:
    slots = list(_slots(task, Clock.from_json(task.clock)))
    return [_Plan(task, unit, slot, f"{slot.name}{mark}"[:60]) for unit in units for slot in slots]


def _open(plans: Sequence[_Plan], *, actor: User) -> list[TaskDuty]:
    opened = duties.open_many([_order(plan) for plan in plans], actor=actor)
    rows = [
        TaskDuty(task=plan.task, unit=plan.unit, duty=duty, slot=plan.name)
        for plan, duty in zip(plans, opened, strict=True)
    ]
    return TaskDuty.objects.bulk_create(rows)


def _order(plan: _Plan) -> duties.Order:
    task, slot = plan.task, plan.slot
    return duties.Order(
        kind=slot.kind,
        subject=subject_key(task),
        title=task.text,
        owner=plan.unit,
        limit=slot.limit,
        started_at=slot.started_at or task.programme.bound_at,
        law=slot.law,
        history_until=task.programme.history_until,
        url=reverse("programme:task", args=[task.pk]),
        period=slot.period[:40],
    )


def _slots(task: Task, chosen: Clock) -> Iterator[_Slot]:
    if chosen.kind is ClockKind.DATE:
        for day in chosen.dates or (chosen.on,):
            yield _Slot(f"date:{day}", TASK, duties.on_date(date.fromisoformat(day)))
    elif chosen.kind is ClockKind.CADENCE:
        yield from _periods(task, _cadence(chosen), TASK, "")
    elif chosen.kind in (ClockKind.PROMPTLY, ClockKind.STANDING):
        yield from _periods(task, QUARTERLY, PROGRESS, "进展")
    elif chosen.kind is ClockKind.SUPERIOR:
        yield _Slot("superior", TASK, duties.waiting())
    else:
        yield _Slot("standing", TASK, duties.standing())


def _cadence(chosen: Clock) -> duties.Cadence:
    times = chosen.times or 1
    return duties.Cadence(duties.Every(chosen.cadence), day=chosen.day, times=times)


def _periods(task: Task, cadence: duties.Cadence, kind: str, word: str) -> Iterator[_Slot]:
    """Open the periods of the programme's year that have not ended yet (ADR 11)."""
    programme = task.programme
    today = clock.day_of(programme.bound_at)
    for period in duties.periods(cadence, programme.year):
        if programme.history_until is None and period.due < today:
            continue
        yield _Slot(
            f"period:{period.label}",
            kind,
            duties.on_date(period.due),
            f"{period.label}{word}",
            clock.morning_of(period.start),
        )


def open_for_trigger(task: Task, unit: Unit, trigger: Trigger, *, actor: User) -> TaskDuty:
    """Open the unit's duty that runs from what happened."""
    chosen = Clock.from_json(task.clock)
    limit = COUNTED[chosen.unit or "workday"](chosen.n or 1)
    law = PUBLISH_LAW if chosen.kind is ClockKind.PROMPTLY else ""
    slot = _Slot(f"trigger:{trigger.pk}", TRIGGERED, limit, trigger.what, trigger.happened_at, law)
    return _open([_Plan(task, unit, slot, slot.name)], actor=actor)[0]


def close_duties(task: Task, units: Iterable[int], *, actor: User | None, reason: str) -> int:
    """Cancel the open duties of the task for these units; what was done stays done."""
    rows = task.duties.filter(unit__in=list(units), duty__state__in=duties.OPEN_STATES)
    with duties.together():
        found = list(rows.select_related("duty").order_by("id"))
        for row in found:
            duties.cancel(row.duty, actor=actor, reason=reason)
    return len(found)


def superior_set(task: Task, on: date, *, actor: User, reason: str) -> None:
    """Let the waiting duties of the task run to the superior's date."""
    rows = task.duties.filter(slot__startswith="superior", duty__state__in=duties.OPEN_STATES)
    with duties.together():
        for row in rows.select_related("duty").order_by("id"):
            duties.set_date(row.duty, actor=actor, on=on, reason=reason)
