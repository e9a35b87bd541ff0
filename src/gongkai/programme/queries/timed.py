"""Timed parts of a programme's tasks: what is due by a day, what a happening starts."""

from __future__ import annotations

from datetime import date

from gongkai.accounts.api import User
from gongkai.organisation.api import Unit
from gongkai.programme import policies
from gongkai.programme.models import Programme, TaskDuty


def due_parts(programme: Programme, *, by: date) -> list[TaskDuty]:
    """Return the open timed parts of a programme due by a day, soonest first."""
    rows = TaskDuty.objects.filter(
        task__programme=programme, duty__due_on__lte=by, duty__closed_at=None
    )
    return list(rows.select_related("task", "unit", "duty").order_by("duty__order_at", "duty_id"))


def prompt_parts(programme: Programme) -> list[TaskDuty]:
    """Return a timed part of each task whose clock starts with a trigger."""
    rows = TaskDuty.objects.filter(task__programme=programme, task__state="open")
    rows = rows.select_related("task", "unit").order_by("id")
    prompt = [r for r in rows if r.task.clock["kind"] in ("promptly", "within")]
    return list({r.task_id: r for r in prompt}.values())


def works_for_unit(user: User, unit_id: int) -> bool:
    """Say whether the user works this unit's tasks."""
    return policies.works_for(user, Unit.objects.get(pk=unit_id))
