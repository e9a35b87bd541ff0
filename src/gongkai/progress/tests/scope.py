"""For the walk over every address: what each address of progress is called with, who sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai.accounts.api import Role
from gongkai.programme import api as programme
from gongkai.programme.policies import SEES_WORK
from gongkai.programme.tests.scope import a_task
from gongkai.progress import actions


def _task(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": a_task(world, own).pk}


def _report(world: Any, own: bool) -> dict[str, Any]:
    """What the head of the section reported, and so signed."""
    task = a_task(world, own)
    side = world.own if own else world.other
    head = side.people[Role.SECTION_HEAD]
    programme.add_evidence(task, actor=head, unit=side.section, note="已办")
    task.refresh_from_db()
    timed = task.duties.filter(unit=side.section, duty__closed_at=None).first()
    found = actions.report(
        task,
        unit=side.section,
        actor=head,
        duty_id=timed.duty_id if timed else None,
        text="已办结。",
        done_on=date(2026, 3, 2),
        expected=task.version,
    )
    return {"pk": found.pk}


OF_TASK = ("work", "record_progress", "set_measures", "report", "ask_extension", "strike_off")
SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    **{f"progress:{name}": _task for name in OF_TASK},
    "progress:send_back": _report,
}
OFFICE = {Role.OPENNESS_OFFICE}
ALLOWED: dict[str, Any] = {
    "progress:work": set(SEES_WORK),
    **{f"progress:{name}": OFFICE for name in ("strike_off", "send_back")},
    # A form names its unit; one that names none is of no part of this task.
    **{f"progress:{name}": set() for name in OF_TASK[1:-1]},
}
