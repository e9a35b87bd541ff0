"""Gathers what the records say of a body's programmes up to a day; a fixed number of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.programme.api import (
    Evidence,
    Part,
    Programme,
    Task,
    TaskDuty,
    TaskState,
    TaskUnit,
    Trigger,
)
from gongkai.progress import api as progress
from gongkai.records import api as records
from gongkai.reports.rules.material import Held, Material, Said, Source, TaskLine, Timed, Way


def material(programmes: Sequence[Programme], *, as_of: date) -> Material:
    """Return what a report on these programmes of one body and year is drafted from.

    All is as it stood at the end of the day ``as_of``, but for what units wrote and set
    themselves, of which the last word up to that day counts.
    """
    body, year = programmes[0].body, programmes[0].year
    tasks = list(_tasks(programmes))
    timed = _timed(tasks)
    leads = _leads(tasks)
    happened, standing = Trigger.objects.all(), Evidence.objects.filter(ended_at=None)
    return Material(
        body=body.name,
        year=year,
        as_of=as_of,
        sources=tuple(Source(one.title, one.document.number) for one in programmes),
        tasks=tuple(
            _line(task, leads[task.pk], timed[task.pk], said, as_of)
            for task, said in _with_what_was_said(tasks, as_of)
        ),
        timed=tuple(
            _as_timed(row, as_of)
            for task in tasks
            for row in timed[task.pk]
            if row.duty.due_on and row.duty.due_on <= as_of
        ),
        units=tuple(f"unit:{pk}" for pk in _units(tasks)),
        happenings=tuple(f"trigger:{pk}" for pk in _up_to(happened, tasks, "recorded_at", as_of)),
        evidence=tuple(f"evidence:{pk}" for pk in _up_to(standing, tasks, "added_at", as_of)),
        ways=tuple(
            Way(ledger.unit.name, ledger.measures)
            for ledger in progress.ledgers_of(tasks)
            if clock.day_of(ledger.set_at) <= as_of
        ),
        held=tuple(
            Held(f"record:{one.key}", one.kind, one.count)
            for one in records.records_of(body, year, until=as_of)
        ),
    )


def _tasks(programmes: Sequence[Programme]) -> QuerySet[Task]:
    rows = Task.objects.filter(programme__in=programmes).exclude(state=TaskState.REVOKED)
    return rows.order_by("programme", "order", "id")


def _leads(tasks: Iterable[Task]) -> dict[int, list[str]]:
    rows = TaskUnit.objects.filter(task__in=tasks, part=Part.LEAD, ended_on=None)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("unit").order_by("id"):
        found[row.task_id].append(row.unit.name)
    return found


def _units(tasks: Iterable[Task]) -> list[int]:
    rows = TaskUnit.objects.filter(task__in=tasks, part=Part.LEAD, ended_on=None)
    return list(rows.order_by("unit").values_list("unit", flat=True).distinct())


def _timed(tasks: Iterable[Task]) -> dict[int, list[TaskDuty]]:
    rows = TaskDuty.objects.filter(task__in=tasks).exclude(duty__state=duties.State.CANCELLED)
    found: dict[int, list[TaskDuty]] = defaultdict(list)
    for row in rows.select_related("duty").order_by("duty__order_at", "duty_id"):
        found[row.task_id].append(row)
    return found


def _up_to(
    rows: QuerySet[Trigger] | QuerySet[Evidence], tasks: Iterable[Task], moment: str, as_of: date
) -> list[int]:
    rows = rows.filter(Q(**{f"{moment}__date__lte": as_of}), task__in=tasks)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _with_what_was_said(
    tasks: Sequence[Task], as_of: date
) -> Iterable[tuple[Task, tuple[Said, ...]]]:
    """Pair each task with the last entry of each of its units."""
    last: dict[int, dict[int, Said]] = defaultdict(dict)
    for entry in progress.entries_of(tasks):
        if entry.on <= as_of:
            said = Said(entry.unit.name, entry.progress, entry.problems, entry.next_steps)
            last[entry.task_id].setdefault(entry.unit_id, said)
    return [(task, tuple(last[task.pk].values())) for task in tasks]


def _line(
    task: Task,
    leads: Sequence[str],
    timed: Sequence[TaskDuty],
    said: tuple[Said, ...],
    as_of: date,
) -> TaskLine:
    done_on = clock.day_of(task.closed_at) if task.closed_at else None
    open_days = [row.duty.due_on for row in timed if _open(row, as_of) and row.duty.due_on]
    return TaskLine(
        key=f"task:{task.pk}",
        text=task.text,
        part=task.part,
        lead=tuple(leads),
        done_on=done_on if done_on and done_on <= as_of else None,
        ready=task.state == TaskState.READY,
        due_on=min(open_days, default=None),
        standing=task.clock["kind"] == "standing",
        said=said,
    )


def _open(row: TaskDuty, as_of: date) -> bool:
    return row.duty.closed_on is None or row.duty.closed_on > as_of


def _as_timed(row: TaskDuty, as_of: date) -> Timed:
    return Timed(
        key=f"duty:{row.duty_id}",
        task=f"task:{row.task_id}",
        closed_on=None if _open(row, as_of) else row.duty.closed_on,
        late=row.duty.light == duties.Light.LATE,
    )
