"""Reading what was handed down, to whom, and how it stands there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from gongkai.accounts.api import User, posts_of
from gongkai.duties import api as duties
from gongkai.organisation.api import Unit, living, units_under
from gongkai.programme.api import Part, Task, TaskDuty, TaskState, TaskUnit, may_edit, visible_tasks
from gongkai.supervision import policies
from gongkai.supervision.models import Handing
from gongkai.supervision.states import HandingState

WORST = (
    duties.Light.RED,
    duties.Light.AMBER,
    duties.Light.BLUE,
    duties.Light.GREEN,
    duties.Light.GREY,
)
"""Lights of what runs, the one to look at first first."""


@dataclass(frozen=True)
class Standing:
    """All that a superior is shown of a task it handed down (ADR 0117)."""

    units: str
    duty: duties.Duty | None
    """The clock to look at first; its light and day are shown."""
    percent: int


def handings(user: User) -> QuerySet[Handing]:
    """Return the handings that the user may see, with what a list shows."""
    rows = policies.visible_handings(user)
    return rows.select_related("task__programme__body", "body", "offered_by", "taken")


def handing_or_none(user: User, pk: int) -> Handing | None:
    """Return the handing if the user may see it."""
    return handings(user).filter(pk=pk).first()


def handings_of(task: Task) -> list[Handing]:
    """Return to whom a task was handed down, without what was taken back."""
    rows = Handing.objects.filter(task=task).exclude(state=HandingState.WITHDRAWN)
    return list(rows.select_related("body", "taken", "task").order_by("body__path", "id"))


def handed_from(task: Task) -> Handing | None:
    """Return the handing that a task came by."""
    rows = Handing.objects.filter(taken=task).select_related("task__programme__body", "body")
    return rows.first()


def opens(user: User, tasks: Iterable[int]) -> set[int]:
    """Return which of these tasks the user may open; one query."""
    return set(visible_tasks(user).filter(pk__in=list(tasks)).values_list("pk", flat=True))


def standings(found: Iterable[Handing]) -> dict[int, Standing]:
    """Return handing → how its task stands at the subordinate; two queries however many."""
    taken = {handing.taken_id: handing for handing in found if handing.taken is not None}
    rows = TaskDuty.objects.filter(task__in=taken).select_related("duty").order_by("duty__order_at")
    clocks: dict[int, list[duties.Duty]] = {}
    for row in rows:
        clocks.setdefault(row.task_id, []).append(row.duty)
    parts = TaskUnit.objects.filter(task__in=taken, part=Part.LEAD, ended_on=None)
    names: dict[int, list[str]] = {}
    for part in parts.select_related("unit").order_by("id"):
        names.setdefault(part.task_id, []).append(part.unit.name)
    return {
        handing.pk: Standing(
            units="、".join(names.get(pk, ())),
            duty=_to_look_at(clocks.get(pk, [])),
            percent=_percent(handing.taken, clocks.get(pk, [])),
        )
        for pk, handing in taken.items()
        if pk is not None
    }


def _to_look_at(found: list[duties.Duty]) -> duties.Duty | None:
    """The worst of what runs, else the last that ended."""
    running = [duty for duty in found if duty.closed_at is None]
    if running:
        return min(running, key=lambda duty: WORST.index(duties.Light(duty.light)))
    return found[-1] if found else None


def _percent(task: Task | None, found: list[duties.Duty]) -> int:
    """How much is done: the share of clocks that were met, all when the task is closed."""
    if task is not None and task.state == TaskState.DONE:
        return 100
    counted = [duty for duty in found if duty.state != duties.State.CANCELLED]
    met = sum(duty.state == duties.State.MET for duty in counted)
    return 100 * met // len(counted) if counted else 0


def due_of(task: Task) -> date | None:
    """Return the last day of a task's clocks, which stands still while they are met."""
    rows = TaskDuty.objects.filter(task=task).exclude(duty__state=duties.State.CANCELLED)
    last: date | None = rows.aggregate(last=Max("duty__due_on"))["last"]
    return last


def live_of(task: Task) -> list[Handing]:
    """Return the handings of a task that somebody below still has or is offered."""
    rows = Handing.objects.filter(task=task).exclude(state=HandingState.WITHDRAWN)
    return list(rows.select_related("task__programme__body", "body", "taken").order_by("id"))


def task_of_duty(pk: int) -> Task | None:
    """Return the task a part of which a duty times."""
    row = TaskDuty.objects.select_related("task__programme__body").filter(duty=pk).first()
    return row.task if row else None


def places(body: Unit) -> list[Unit]:
    """Return the units of a body that may lead a task, the body itself among them."""
    rows = units_under(body).filter(body=body) | units_under(body).filter(pk=body.pk)
    return list(living(rows).order_by("path"))


def to_receive(user: User, *, limit: int = 50) -> list[Handing]:
    """Return what is offered to the bodies whose openness office this person is."""
    bodies = [held.unit.pk for held in posts_of(user)]
    rows = Handing.objects.filter(body__in=bodies, state=HandingState.OFFERED)
    rows = rows.select_related("task__programme__body", "body").order_by("id")
    return [row for row in rows[:limit] if policies.receives_for(user, row.body)]


def to_explain(user: User, *, limit: int = 50) -> list[Handing]:
    """Return the questions of subordinates that wait for this person's answer."""
    bodies = [held.unit.pk for held in posts_of(user)]
    rows = Handing.objects.filter(task__programme__body__in=bodies, state=HandingState.ASKED)
    rows = rows.select_related("task__programme__body", "body").order_by("id")
    return [row for row in rows[:limit] if may_edit(user, row.task.programme.body)]
