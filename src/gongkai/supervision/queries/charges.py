"""Reading charges, their replies and whom they wait for; each starts from what one may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from gongkai.accounts.api import User, in_scope, posts_of
from gongkai.approvals import api as approvals
from gongkai.duties import api as duties
from gongkai.kernel.identifiers import split_subject
from gongkai.organisation.api import Unit
from gongkai.programme.api import Task, TaskDuty, TaskState, visible_tasks
from gongkai.supervision import policies
from gongkai.supervision.models import Charge, Reply
from gongkai.supervision.states import LIVE, ChargeState, ReplyState

MOST_OTHERS = 30
"""So many other tasks in trouble are offered for one notice."""

BURNING = (duties.Light.RED, duties.Light.AMBER)


def charges(user: User) -> QuerySet[Charge]:
    """Return the charges that the user may see, with what a list shows."""
    rows = policies.visible_charges(user)
    return rows.select_related("unit", "body", "issued_by", "duty")


def charge_or_none(user: User, pk: int) -> Charge | None:
    """Return the charge if the user may see it."""
    return charges(user).filter(pk=pk).first()


def charges_of(user: User, task: Task) -> list[Charge]:
    """Return the charges over a task that the user may see, what runs first, then the newest."""
    found = charges(user).filter(tasks=task).order_by("-id")
    return sorted(found, key=lambda charge: charge.state not in LIVE)


def tasks_of(user: User, charge: Charge) -> list[tuple[Task, bool]]:
    """Return the tasks of a charge in their order, each with whether the user may open it."""
    tasks = list(charge.tasks.select_related("programme").order_by("order", "id"))
    seen = set(
        visible_tasks(user).filter(pk__in=[t.pk for t in tasks]).values_list("pk", flat=True)
    )
    return [(task, task.pk in seen) for task in tasks]


def replies_of(charge: Charge) -> list[Reply]:
    """Return what was answered, the newest first."""
    return list(charge.replies.select_related("written_by").order_by("-serial"))


def last_reply(charge: Charge) -> Reply | None:
    """Return what was answered last."""
    return charge.replies.order_by("-serial").first()


def reply_of(round_: approvals.Round) -> Reply | None:
    """Return the reply that a round signs, if it signs one."""
    kind, pk = split_subject(round_.subject)
    if kind != Reply._meta.label_lower:
        return None
    return Reply.objects.select_related("charge").filter(pk=int(pk), state=ReplyState.SENT).first()


def units_with_part(task: Task) -> list[Unit]:
    """Return the units that have a part in the task, leads first."""
    rows = task.parts.filter(ended_on=None).select_related("unit").order_by("part", "id")
    return list({row.unit_id: row.unit for row in rows}.values())


def others_in_trouble(task: Task, units: Sequence[Unit]) -> list[tuple[Task, Unit]]:
    """Return the units' other tasks of this programme that are late or slip, those first."""
    rows = TaskDuty.objects.filter(
        task__programme=task.programme_id,
        unit__in=units,
        task__state=TaskState.OPEN,
        duty__closed_at=None,
        duty__light__in=BURNING,
    ).exclude(task=task)
    found: dict[int, tuple[Task, Unit]] = {}
    near = rows.select_related("task", "unit").order_by("duty__order_at", "id")
    for row in near[: 3 * MOST_OTHERS]:
        found.setdefault(row.task_id, (row.task, row.unit))
    return list(found.values())[:MOST_OTHERS]


def tasks_named(user: User, pks: Iterable[int]) -> list[Task]:
    """Return the tasks of these numbers that the user sees, with their programmes."""
    rows = visible_tasks(user).filter(pk__in=list(pks)).select_related("programme__body")
    return list(rows.order_by("order", "id"))


def to_answer(user: User, *, limit: int = 50) -> list[Charge]:
    """Return what waits for an answer of this person's units."""
    rows = Charge.objects.filter(in_scope("unit__path", user), state=ChargeState.OPEN)
    rows = rows.select_related("unit", "body", "duty").order_by("duty__order_at", "-id")
    found: dict[tuple[int, int], bool] = {}
    waiting = []
    for charge in rows[:limit]:
        key = (charge.unit_id, charge.body_id)
        if key not in found:
            found[key] = policies.answers_for(user, charge.unit, charge.body)
        if found[key]:
            waiting.append(charge)
    return waiting


def to_judge(user: User, *, limit: int = 50) -> list[Charge]:
    """Return the answers that wait for this person's word: of their own bodies, or to their own.

    A superior's office may judge below it, and is not asked to.
    """
    own = [held.unit.pk for held in posts_of(user)]
    theirs = Q(body__in=own) | Q(issued_by=user) | Q(issued_for=user)
    rows = Charge.objects.filter(theirs, state=ChargeState.ANSWERED)
    rows = rows.select_related("unit", "body", "issued_by").order_by("id")
    return [charge for charge in rows[:limit] if policies.judges(user, charge)]
