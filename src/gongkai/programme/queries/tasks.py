"""Reads of tasks: the list, and all that a task's page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.accounts.api import User
from gongkai.audit import api as audit
from gongkai.duties import api as duties
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.programme import policies
from gongkai.programme.models import Document, Evidence, Task, TaskDuty, TaskUnit
from gongkai.programme.rules import Clock, clock_in_words
from gongkai.programme.states import ClockKind, Part


@dataclass(frozen=True)
class PartView:
    """A unit's part in a task: its duties, its evidence, and what it may do now."""

    unit: Unit
    part: Part
    named: str
    duties: tuple[TaskDuty, ...]
    evidence: tuple[Evidence, ...]
    why_not_evidence: tuple[Refusal, ...]
    why_not_done: tuple[Refusal, ...]
    why_not_trigger: tuple[Refusal, ...]
    mine: bool

    @property
    def open_duties(self) -> tuple[TaskDuty, ...]:
        """The duties that still run."""
        return tuple(row for row in self.duties if row.duty.state in duties.OPEN_STATES)


@dataclass(frozen=True)
class TaskView:
    """All that a task's page shows beside the task itself."""

    clock_words: str
    leads: tuple[PartView, ...]
    supports: tuple[PartView, ...]
    source: str
    takes_triggers: bool
    waits_for_superior: bool
    why_not_superior: tuple[Refusal, ...]

    @property
    def parts(self) -> tuple[PartView, ...]:
        """All parts, leads first, the user's own first among each."""
        own_first = sorted(self.leads, key=lambda p: not p.mine)
        return (*own_first, *sorted(self.supports, key=lambda p: not p.mine))


def task_or_none(user: User, pk: int) -> Task | None:
    """Return the task if the user may see it."""
    rows = policies.visible_tasks(user).select_related("programme__body", "proposal__document")
    return rows.filter(pk=pk).first()


def task_by_pk(pk: int) -> Task | None:
    """Return a task with its programme and body; for jobs, which ask for nobody."""
    return Task.objects.select_related("programme__body").filter(pk=pk).first()


def ends_by_itself(task: Task) -> bool:
    """Say whether nothing starts a clock of the task again, so that what is met is its end."""
    return task.clock["kind"] not in (ClockKind.PROMPTLY, ClockKind.WITHIN)


def unit_or_none(pk: int) -> Unit | None:
    """Return the unit; whether the user may act for it is asked by the action."""
    return Unit.objects.filter(pk=pk).first()


def task_view(user: User, task: Task) -> TaskView:
    """Gather a task's page; the number of queries does not grow with duties or evidence."""
    rows = task.parts.filter(ended_on=None).select_related("unit").order_by("part", "id")
    timed, shown = _of_task(task)
    parts = [_part(user, task, row, timed, shown) for row in rows]
    waits = task.clock["kind"] == ClockKind.SUPERIOR
    proposal = task.proposal
    return TaskView(
        clock_words=clock_in_words(Clock.from_json(task.clock)),
        leads=tuple(p for p in parts if p.part is Part.LEAD),
        supports=tuple(p for p in parts if p.part is Part.SUPPORT),
        source=proposal.document.text[proposal.start : proposal.end],
        takes_triggers=task.clock["kind"] in (ClockKind.PROMPTLY, ClockKind.WITHIN),
        waits_for_superior=waits,
        why_not_superior=tuple(
            policies.why_not_task("set_superior_date", task, actor=user, unit=None)
        ),
    )


def _of_task(
    task: Task,
) -> tuple[dict[int, list[TaskDuty]], dict[int, list[Evidence]]]:
    timed: dict[int, list[TaskDuty]] = defaultdict(list)
    for row in task.duties.select_related("duty__owner").order_by("duty__order_at", "id"):
        timed[row.unit_id].append(row)
    shown: dict[int, list[Evidence]] = defaultdict(list)
    rows = task.evidence.filter(ended_at=None).select_related("added_by", "file")
    for evidence in rows.order_by("-id")[:200]:
        shown[evidence.unit_id].append(evidence)
    return timed, shown


def _part(
    user: User,
    task: Task,
    row: TaskUnit,
    timed: dict[int, list[TaskDuty]],
    shown: dict[int, list[Evidence]],
) -> PartView:
    unit = row.unit
    return PartView(
        unit=unit,
        part=Part(row.part),
        named=row.named,
        duties=tuple(timed[unit.pk]) if row.part == Part.LEAD else (),
        evidence=tuple(shown[unit.pk]),
        why_not_evidence=tuple(policies.why_not_task("add_evidence", task, actor=user, unit=unit)),
        why_not_done=tuple(policies.why_not_report_done(task, actor=user, unit=unit)),
        why_not_trigger=tuple(policies.why_not_task("record_trigger", task, actor=user, unit=unit)),
        mine=policies.works_for(user, unit),
    )


def timeline(row: Task | Document) -> Sequence[audit.Entry]:
    """Return the record's audit entries, newest first."""
    return audit.timeline(row, limit=50)


def evidence(task: Task) -> Sequence[Evidence]:
    """Return what was put to the task and stands, newest first."""
    rows = task.evidence.filter(ended_at=None).select_related("unit", "added_by", "file")
    return list(rows.order_by("-id")[:200])
