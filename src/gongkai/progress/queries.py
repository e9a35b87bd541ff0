"""Reading the ledgers, entries and reports of tasks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from gongkai.accounts.api import User, in_scope
from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import split_subject
from gongkai.organisation.api import Unit
from gongkai.programme.api import Task, TaskDuty, TaskState, may_edit, works_for
from gongkai.progress.models import Entry, Extension, Ledger, Report, Sent
from gongkai.progress.rules import Standing
from gongkai.progress.states import SentState


def ledger_of(task: Task, unit: Unit) -> Ledger | None:
    """Return the ledger of the unit's part, None before its measures were set."""
    return Ledger.objects.select_related("set_by").filter(task=task, unit=unit).first()


def ledgers_of(tasks: Iterable[Task]) -> QuerySet[Ledger]:
    """Return the ledgers of tasks, by task; one query."""
    rows = Ledger.objects.select_related("unit", "set_by")
    return rows.filter(task__in=[task.pk for task in tasks]).order_by("task", "id")


def entries_of(tasks: Iterable[Task]) -> QuerySet[Entry]:
    """Return the entries of tasks, by task, the newest first; one query."""
    rows = Entry.objects.select_related("unit", "written_by")
    return rows.filter(task__in=[task.pk for task in tasks]).order_by("task", "-on", "-id")


def latest_of(tasks: Iterable[Task], unit: Unit) -> dict[int, Entry]:
    """Return task → what the unit said of it last, by the order of writing; one query."""
    theirs = Entry.objects.filter(task__in=[task.pk for task in tasks], unit=unit)
    last = theirs.order_by().values("task").annotate(last=Max("pk")).values("last")
    return {entry.task_id: entry for entry in Entry.objects.filter(pk__in=last)}


def standings_of(task: Task) -> dict[int, Standing]:
    """Return unit → how its part stands; four queries, however many units there are."""
    parts = set(task.parts.filter(ended_on=None).values_list("unit", flat=True))
    runs = set(task.duties.filter(duty__closed_at=None).values_list("unit", flat=True))
    standing = task.evidence.filter(ended_at=None)
    evidenced = set(standing.order_by().values_list("unit", flat=True).distinct())
    whole = Report.objects.filter(task=task, duty=None, state=SentState.TAKEN)
    taken = set(whole.values_list("unit", flat=True))
    return {
        unit: Standing(unit in parts, unit in runs, unit in evidenced, unit in taken)
        for unit in parts | runs | evidenced | taken
    }


def standing_of(task: Task, unit: Unit) -> Standing:
    """Return how the unit's part stands."""
    return standings_of(task).get(unit.pk, Standing())


def running_of(task: Task) -> dict[int, list[TaskDuty]]:
    """Return unit → its parts whose clocks run, soonest first; one query."""
    rows = task.duties.filter(duty__closed_at=None).select_related("duty")
    found: dict[int, list[TaskDuty]] = {}
    for row in rows.order_by("duty__order_at", "id"):
        found.setdefault(row.unit_id, []).append(row)
    return found


def reports_of(task: Task) -> QuerySet[Report]:
    """Return what was reported of a task, the newest first."""
    rows = Report.objects.filter(task=task).select_related("unit", "sent_by", "duty")
    return rows.order_by("-id")


def extensions_of(task: Task) -> QuerySet[Extension]:
    """Return the requests for a later day, the newest first."""
    rows = Extension.objects.filter(task=task).select_related("unit", "sent_by", "duty")
    return rows.order_by("-id")


def timed_part(task: Task, unit: Unit, duty_id: int | None) -> TaskDuty | None:
    """Return the timed part that a form names; None where it names none, or none of the unit's."""
    if duty_id is None:
        return None
    return task.duties.select_related("duty").filter(unit=unit, duty=duty_id).first()


def live_key(task: Task, unit: Unit, timed: TaskDuty | None) -> str:
    """Name what is reported, so that it is under way once."""
    return f"{task.pk}:{unit.pk}:{timed.duty_id if timed else 0}"


def is_under_way(timed: TaskDuty) -> bool:
    """Say whether this timed part was reported and waits for its signature."""
    return Report.objects.filter(
        live=live_key(timed.task, timed.unit, timed), state=SentState.SENT
    ).exists()


def live_report(task: Task, unit: Unit, timed: TaskDuty | None) -> Report | None:
    """Return the report that waits for its signature or came back."""
    return Report.objects.filter(live=live_key(task, unit, timed)).first()


def live_extension(task: Task, unit: Unit, timed: TaskDuty) -> Extension | None:
    """Return the request that waits for its signature or came back."""
    return Extension.objects.filter(live=live_key(task, unit, timed)).first()


def sent_of(round_: approvals.Round) -> Sent | None:
    """Return what a round signs, if it is something of a task."""
    kind, pk = split_subject(round_.subject)
    for model in (Report, Extension):
        if kind == model._meta.label_lower:
            return model.objects.select_related("unit", "duty").filter(pk=int(pk)).first()
    return None


def report_or_none(pk: int) -> Report | None:
    """Return a report with its task."""
    return Report.objects.select_related("task__programme__body", "unit").filter(pk=pk).first()


def returned_to(user: User, *, limit: int = 50) -> list[Report | Extension]:
    """Return what came back to the people of the user's units, the newest first."""
    scope = in_scope("unit__path", user)
    found: list[Report | Extension] = []
    for model in (Report, Extension):
        rows = model.objects.filter(scope, state=SentState.RETURNED, task__state=TaskState.OPEN)
        found += rows.select_related("unit", "task__programme__body").order_by("-id")[:limit]
    return [sent for sent in found if works_for(user, sent.unit)]


def ready_for(user: User, *, limit: int = 50) -> list[Task]:
    """Return the tasks that wait to be struck off by this person."""
    rows = Task.objects.filter(in_scope("programme__body__path", user), state=TaskState.READY)
    rows = rows.select_related("programme__body").order_by("-id")
    return [task for task in rows[:limit] if may_edit(user, task.programme.body)]
