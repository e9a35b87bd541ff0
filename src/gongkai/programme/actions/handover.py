"""Tasks that change hands: of a unit that no longer exists, and of duties given to another."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.notices.api import tell_unit
from gongkai.organisation import api as organisation
from gongkai.organisation.api import Unit
from gongkai.programme.actions.clocks import close_duties
from gongkai.programme.models import Task, TaskDuty, TaskUnit
from gongkai.programme.states import Part, TaskState

BATCH = 50


@transaction.atomic
def hand_over(now: datetime) -> int:
    """Hand the open parts of dissolved units to their heirs; returns how many went.

    The heir is the successor that the dissolution names, else the nearest unit above that still
    exists. A batch each time, and nothing twice: a part that was handed over has ended. Where
    nobody is left, the part stays where it is.
    """
    today = clock.day_of(now)
    rows = _left_behind(today)
    heirs = _heirs(rows, today)
    parts = list(rows.filter(unit__in=heirs).order_by("id")[:BATCH])
    for part in parts:
        _hand_over(part, heirs[part.unit_id], today)
    for gone, heir in heirs.items():
        _tell(heir, [part for part in parts if part.unit_id == gone])
    return len(parts)


def _left_behind(today: date) -> QuerySet[TaskUnit]:
    rows = TaskUnit.objects.filter(
        unit__in=organisation.gone_by(today),
        ended_on=None,
        task__state=TaskState.OPEN,
        task__programme__history_until=None,
    )
    return rows.select_related("unit", "task__programme__body")


def _heirs(rows: QuerySet[TaskUnit], today: date) -> dict[int, Unit]:
    """Return who takes over from each unit that left parts behind, where anybody does."""
    gone = rows.order_by("unit_id").values_list("unit_id", flat=True).distinct()
    found = {pk: organisation.heir_of(organisation.unit_by_id(pk), today) for pk in gone}
    return {pk: heir for pk, heir in found.items() if heir is not None}


def _hand_over(part: TaskUnit, heir: Unit, today: date) -> None:
    task = part.task
    part.ended_on = today
    part.save(update_fields=["ended_on"])
    leads = task.parts.filter(unit=heir, part=Part.LEAD, ended_on=None).exists()
    _take_part(part, heir)
    if part.part == Part.LEAD:
        if leads:
            reason = f"{part.unit}已撤销，{heir}本来就牵头这项任务"
            close_duties(task, [part.unit_id], actor=None, reason=reason)
        else:
            _take_duties(task, part.unit, heir)
    record(
        "programme.task_handed_over",
        subject=task,
        actor=None,
        unit=task.programme.body,
        before=part.unit.name,
        owner=heir.name,
        part=Part(part.part).label,
    )


def _take_part(part: TaskUnit, heir: Unit) -> None:
    """Give the heir the same part; one that it had before is taken up again."""
    row, made = TaskUnit.objects.get_or_create(
        task=part.task,
        unit=heir,
        part=part.part,
        defaults={"named": part.named, "programme_id": part.programme_id},
    )
    if not made and row.ended_on is not None:
        row.ended_on = None
        row.save(update_fields=["ended_on"])


def _take_duties(task: Task, gone: Unit, heir: Unit) -> None:
    """Hand over what is open; what the heir has open itself for the same date is asked once."""
    had = dict(task.duties.filter(unit=heir).values_list("slot", "duty__state"))
    rows = task.duties.filter(unit=gone, duty__state__in=duties.OPEN_STATES)
    with duties.together():
        for row in rows.select_related("duty__owner").order_by("id"):
            if had.get(row.slot) in duties.OPEN_STATES:
                duties.cancel(row.duty, actor=None, reason=f"{gone}已撤销，{heir}本有同一时限。")
                continue
            duties.reassign(row.duty, actor=None, person=None, owner=heir)
            row.unit = heir
            if row.slot in had:  # of an earlier version, and closed: both names stay
                row.slot = f"{row.slot}@{gone.pk}"[:60]
            row.save(update_fields=["unit", "slot"])


def _tell(heir: Unit, parts: list[TaskUnit]) -> None:
    """Tell the heir once a batch how many tasks have come to it."""
    if not parts:
        return
    gone = parts[0].unit
    tell_unit(
        heir,
        kind="programme.handed_over",
        subject=subject_key(gone),
        sentence=f"{gone}已撤销，它在办的{len(parts)}项任务转由{heir}承办。",
        url=f"/programme/board/?unit={heir.pk}",
        key=f"handover:{gone.pk}:{heir.pk}:{parts[0].pk}",
    )


@transaction.atomic
def follow_duty(duty_id: int) -> bool:
    """Let a task follow a duty that was given to another unit; say whether anything changed.

    The unit takes a lead part; the one that had it keeps its part while it has other open duties
    of the task. Nothing twice: a duty that stands with its owner is left alone.
    """
    rows = TaskDuty.objects.select_related("duty__owner", "unit", "task__programme__body")
    row = rows.filter(duty=duty_id).first()
    if row is None or row.unit_id == row.duty.owner_id:
        return False
    task, before, owner = row.task, row.unit, row.duty.owner
    if task.duties.filter(unit=owner, slot=row.slot).exists():
        row.slot = f"{row.slot[:48]}~{row.pk}"
    row.unit = owner
    row.save(update_fields=["unit", "slot"])
    part = task.parts.filter(unit=before, part=Part.LEAD).first()
    if part is not None:
        _take_part(part, owner)
        if not task.duties.filter(unit=before, duty__state__in=duties.OPEN_STATES).exists():
            part.ended_on = clock.today()
            part.save(update_fields=["ended_on"])
    record(
        "programme.task_handed_over",
        subject=task,
        actor=None,
        unit=task.programme.body,
        before=before.name,
        owner=owner.name,
        part=Part.LEAD.label,
    )
    return True
