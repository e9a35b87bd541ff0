"""The end of a task: what was signed for is taken as done, and the openness office strikes it off.

How a report is made and signed is the business of the app above; it calls these when it is so.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.programme import policies, queries
from gongkai.programme.models import Task, TaskDuty
from gongkai.programme.states import TaskState


@transaction.atomic
def take_done(
    task: Task, *, actor: User, unit: Unit, duty_id: int | None, done_at: datetime, said: str
) -> Task:
    """Take a date, period or trigger of the unit's part as done at a moment, on what was said.

    The caller has had it signed and says so in the audit; ``actor`` is who reported it. Without a
    duty nothing but the version moves. Raises ``Refused``.
    """
    task = lock(task)
    if duty_id is not None:
        duties.meet(duty_of(task, unit, duty_id), actor=actor, at=done_at, evidence=said)
    return task


def duty_of(task: Task, unit: Unit, duty_id: int) -> duties.Duty:
    """Return the duty that times the unit's part. Raises ``Refused``."""
    row = TaskDuty.objects.select_related("duty").filter(task=task, unit=unit, duty=duty_id).first()
    if row is None:
        raise Refused(Refusal("programme.no_such_duty", "这项时限不属于该单位的任务，请刷新页面。"))
    return row.duty


def all_met(task: Task) -> bool:
    """Say whether no clock of the task runs any more."""
    rows = TaskDuty.objects.filter(task=task).values_list("duty__state", flat=True)
    return all(state in duties.CLOSED_STATES for state in rows)


@transaction.atomic
def make_ready(task: Task) -> Task:
    """Let a task whose parts are all done and signed wait for the openness office."""
    task = lock(task)
    if task.state != TaskState.OPEN or not all_met(task) or not queries.ends_by_itself(task):
        return task
    task.state = TaskState.READY
    task.save(update_fields=["state"])
    record("programme.task_ready", subject=task, actor=None, unit=task.programme.body)
    return task


@transaction.atomic
def strike_off(task: Task, *, actor: User, expected: int, note: str = "") -> Task:
    """Close the task (销号): all is done and signed, and the openness office agrees.

    Raises ``Refused``.
    """
    task = lock(task, expected=expected)
    refuse_if(policies.why_not_strike_off(task, actor=actor, all_met=all_met(task)))
    task.state = TaskState.DONE
    task.closed_at = clock.now()
    task.save(update_fields=["state", "closed_at"])
    record(
        "programme.task_struck_off",
        subject=task,
        actor=actor,
        unit=task.programme.body,
        note=note.strip()[:300],
    )
    return task


@transaction.atomic
def send_back(
    task: Task, *, actor: User, unit: Unit, duty_id: int | None, reason: str, expected: int
) -> Task:
    """Send a unit's part back that was signed and is not good enough; its clock runs again.

    Raises ``Refused``.
    """
    task = lock(task, expected=expected)
    refuse_if(policies.why_not_send_back(task, actor=actor, reason=reason))
    if duty_id is not None:
        duties.reopen(duty_of(task, unit, duty_id), actor=actor, reason=reason)
    task.state = TaskState.OPEN
    task.save(update_fields=["state"])
    record("programme.task_sent_back", subject=task, actor=actor, unit=unit, reason=reason.strip())
    return task
