"""Reads of fill-in sheets; each starts from what the user may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core import signing
from django.db.models import Count, QuerySet

from gongkai.accounts.api import User
from gongkai.organisation.api import Unit, choices, living
from gongkai.programme.api import Task, TaskDuty, TaskState, TaskUnit, edited_bodies
from gongkai.progress import api as progress
from gongkai.sheets import policies, rules
from gongkai.sheets.models import Row, Sheet
from gongkai.sheets.states import LIVE_STATES, RowState, SheetState

__all__ = [
    "Difference",
    "Row",
    "Sheet",
    "differences",
    "due_words",
    "held_tasks",
    "key_of",
    "latest_entries",
    "name_of",
    "needs",
    "of_task",
    "open_counts",
    "open_tasks",
    "read_key",
    "rows_of",
    "sheet_or_none",
    "sheets",
    "unit_choices",
    "units_by_id",
    "workbook_of",
]

MOST_NEEDS = 50
SIGNER = signing.Signer(salt="gongkai.sheets.row")


def sheets(user: User) -> QuerySet[Sheet]:
    """Return the sheets that the user sees, for the list."""
    return policies.visible_sheets(user).select_related("unit", "sent_by", "duty")


def sheet_or_none(user: User, pk: int) -> Sheet | None:
    """Return a sheet that the user sees."""
    rows = policies.visible_sheets(user).select_related("body", "unit", "sent_by", "duty", "file")
    return rows.filter(pk=pk).first()


def open_tasks(body: Unit, unit: Unit) -> list[Task]:
    """Return the open tasks of a unit in the body's running programmes, in their order."""
    return list(_open(body).filter(parts__in=_parts(unit)).distinct().order_by(*_ORDER))


_ORDER = ("programme__year", "programme_id", "order", "id")


def _open(body: Unit) -> QuerySet[Task]:
    rows = Task.objects.filter(programme__body=body, programme__history_until=None)
    return rows.filter(state=TaskState.OPEN).select_related("programme__body")


def _parts(unit: Unit) -> QuerySet[TaskUnit]:
    return TaskUnit.objects.filter(unit=unit, ended_on=None)


def open_counts(body: Unit) -> dict[int, int]:
    """Return unit → how many open tasks it has in the body's running programmes; one query."""
    rows = TaskUnit.objects.filter(ended_on=None, task__in=_open(body).values("pk"))
    counted = rows.order_by().values("unit").annotate(n=Count("task", distinct=True))
    return {each["unit"]: each["n"] for each in counted}


def unit_choices(body: Unit) -> list[tuple[int, str]]:
    """Return the units of the body with open tasks and no sheet out, with the number of tasks."""
    sizes = open_counts(body)
    out = Sheet.objects.filter(body=body, state__in=LIVE_STATES).values("unit")
    rows = living(Unit.objects.filter(pk__in=sizes, path__startswith=body.path))
    named = choices(rows.exclude(pk__in=out))
    return [(pk, f"{name.strip('　')}（{sizes[pk]}项）") for pk, name in named]


def units_by_id(keys: Iterable[int]) -> list[Unit]:
    """Return units in the order of the tree."""
    return list(Unit.objects.filter(pk__in=list(keys)).order_by("path"))


def due_words(tasks: Iterable[Task], unit: Unit) -> dict[int, str]:
    """Return task → the unit's next due day in words; one query."""
    rows = TaskDuty.objects.filter(task__in=list(tasks), unit=unit, duty__closed_at=None)
    rows = rows.select_related("duty").order_by("-duty__order_at", "-id")
    return {row.task_id: _due(row) for row in rows}


def _due(row: TaskDuty) -> str:
    day = row.duty.due_on
    return f"{day.year}年{day.month}月{day.day}日" if day else row.duty.get_light_display()


def rows_of(sheet: Sheet) -> list[Row]:
    """Return the rows in order, with their tasks."""
    return list(sheet.rows.select_related("task__programme__body").order_by("order"))


@dataclass(frozen=True)
class Difference:
    """A filled row beside what stands now."""

    row: Row
    before: progress.Entry | None
    changed: bool
    """Whether somebody wrote since the sheet was made."""
    closed: bool
    """Whether the task is no longer open for the unit."""

    @property
    def token(self) -> str:
        """The row and the newest entry that the page shows, as the form sends them back."""
        return f"{self.row.pk}.{self.before.pk if self.before else 0}"


def held_tasks(rows: Sequence[Row], unit: Unit) -> set[int]:
    """Return the tasks that are open and of which the unit still has a part; one query."""
    parts = _parts(unit).filter(task__in=[row.task_id for row in rows])
    return set(parts.filter(task__state=TaskState.OPEN).values_list("task", flat=True))


def latest_entries(rows: Sequence[Row], unit: Unit) -> dict[int, progress.Entry]:
    """Return task → what the unit said last; one query."""
    return progress.latest_of([row.task for row in rows], unit)


def differences(sheet: Sheet) -> list[Difference]:
    """Return the filled rows beside what stands now; three queries for any number."""
    rows = [row for row in rows_of(sheet) if row.state == RowState.FILLED]
    latest = latest_entries(rows, sheet.unit)
    held = held_tasks(rows, sheet.unit)
    return [
        Difference(
            row,
            latest.get(row.task_id),
            changed=(last := latest.get(row.task_id)) is not None and last.pk != row.seen_id,
            closed=row.task_id not in held,
        )
        for row in rows
    ]


def needs(user: User) -> list[Sheet]:
    """Return the sheets that wait for the office: to be looked through, or not back in time."""
    bodies = edited_bodies(user)
    if not bodies:
        return []
    rows = Sheet.objects.filter(body__in=bodies, state__in=LIVE_STATES)
    rows = rows.select_related("unit", "body", "duty").order_by("-sent_at", "-id")
    return [
        sheet
        for sheet in rows[:MOST_NEEDS]
        if sheet.state == SheetState.RETURNED or (sheet.duty and sheet.duty.light == "red")
    ]


def of_task(user: User, task: Task, limit: int = 3) -> list[Row]:
    """Return the newest rows taken over for a task, of the sheets that the user sees."""
    rows = Row.objects.filter(task=task, state=RowState.TAKEN)
    rows = rows.filter(sheet__in=policies.visible_sheets(user))
    return list(rows.select_related("sheet__unit", "sheet__file").order_by("-id")[:limit])


# -- the workbook -----------------------------------------------------------------------------


def key_of(row: Row) -> str:
    """Return what the hidden cell holds: sheet, row and the entry it was made from, signed."""
    return SIGNER.sign(f"{row.sheet_id}.{row.pk}.{row.seen_id or 0}")


def read_key(text: str) -> tuple[int, int, int] | None:
    """Return sheet, row and entry of a hidden cell; None where it was changed."""
    try:
        sheet, row, seen = SIGNER.unsign(text).split(".")
        return int(sheet), int(row), int(seen)
    except (signing.BadSignature, ValueError):
        return None


HOW = (
    "填表说明：只填黄色的四列，其他列请不要改动；没有进展的行可以空着。"
    "“是否办结”从下拉框里选。填好后交回{office}，交回期限：{due}。"
)


def workbook_of(sheet: Sheet) -> bytes:
    """Return the sheet as a workbook; made anew each time from the rows as they went out."""
    lines = [
        rules.Line(str(row.order), row.text, row.due, row.now, key_of(row))
        for row in sheet.rows.order_by("order")
    ]
    day = sheet.duty.due_on if sheet.duty else None
    due = f"{day.year}年{day.month}月{day.day}日" if day else "另行通知"
    how = HOW.format(office=f"{sheet.body.name}政务公开办", due=due)
    note = f"{how}\n{sheet.note}" if sheet.note else how
    title = f"{sheet.unit.name}政务公开任务填报表（第{sheet.pk}号）"
    return rules.write(lines, title=title, note=note, name=f"填报表第{sheet.pk}号")


def name_of(sheet: Sheet) -> str:
    """Return what the workbook is called as a file."""
    return f"填报表第{sheet.pk}号-{sheet.unit.short_name}.xlsx"
