"""Reading the ledgers and entries of tasks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.organisation.api import Unit
from gongkai.programme.api import Task
from gongkai.progress.models import Entry, Ledger


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
