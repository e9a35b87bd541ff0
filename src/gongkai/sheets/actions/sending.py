"""Sending fill-in sheets out, and withdrawing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.programme.api import Task
from gongkai.progress import api as progress
from gongkai.sheets import policies, queries
from gongkai.sheets.models import Row, Sheet
from gongkai.sheets.states import DUTY_KIND, SHEET_MOVES

STALE = Refusal("kernel.stale", "别人刚刚给其中的单位发过表。请刷新后再发。")


@transaction.atomic
def send_sheets(
    *, body: Unit, units: Sequence[Unit], actor: User, due_on: date, note: str = ""
) -> list[Sheet]:
    """Make a sheet of the open tasks of each unit, due back on a day; all or none.

    Raises ``Refused``.
    """
    sizes = queries.open_counts(body)
    refuse_if(policies.why_not_send(body, actor=actor, units=units, due_on=due_on, sizes=sizes))
    made = [_sheet(body, unit, actor, due_on=due_on, note=note.strip()) for unit in units]
    orders = [_order(sheet, due_on) for sheet in made]
    for sheet, duty in zip(made, duties.open_many(orders, actor=actor), strict=True):
        sheet.duty = duty
        sheet.save(update_fields=["duty"])
    return made


def _sheet(body: Unit, unit: Unit, actor: User, *, due_on: date, note: str) -> Sheet:
    tasks = queries.open_tasks(body, unit)
    try:
        with transaction.atomic():
            sheet = Sheet.objects.create(
                body=body,
                unit=unit,
                live=f"{body.pk}:{unit.pk}",
                note=note,
                size=len(tasks),
                sent_at=clock.now(),
                sent_by=actor,
            )
    except IntegrityError:
        raise Refused(STALE) from None
    Row.objects.bulk_create(_rows(sheet, tasks))
    record(
        "sheets.sheet_sent",
        subject=sheet,
        actor=actor,
        unit=unit,
        rows=len(tasks),
        back_by=due_on,
        note=note[:200],
    )
    return sheet


def _rows(sheet: Sheet, tasks: list[Task]) -> list[Row]:
    latest = progress.latest_of(tasks, sheet.unit)
    due = queries.due_words(tasks, sheet.unit)
    return [
        Row(
            sheet=sheet,
            order=order,
            task=task,
            text=task.text,
            due=due.get(task.pk, ""),
            now=_now(latest.get(task.pk)),
            seen=latest.get(task.pk),
        )
        for order, task in enumerate(tasks, start=1)
    ]


def _now(entry: progress.Entry | None) -> str:
    if entry is None:
        return "还没有填过进展"
    return f"{entry.progress}（截至{entry.on.year}年{entry.on.month}月{entry.on.day}日）"


def _order(sheet: Sheet, due_on: date) -> duties.Order:
    return duties.Order(
        DUTY_KIND,
        subject_key(sheet),
        f"交回填报表（第{sheet.pk}号）",
        sheet.unit,
        duties.on_date(due_on),
        sheet.sent_at,
        url=reverse("sheets:sheet", args=[sheet.pk]),
    )


@transaction.atomic
def withdraw_sheet(sheet: Sheet, *, actor: User, reason: str, expected: int) -> Sheet:
    """Withdraw a sheet: what comes back of it is no longer taken. Raises ``Refused``."""
    sheet = lock(sheet, expected=expected)
    refuse_if(policies.why_not_withdraw(sheet, actor=actor, reason=reason))
    sheet.state, sheet.reason = SHEET_MOVES["withdraw"][1], reason.strip()
    sheet.live = None
    sheet.save(update_fields=["state", "reason", "live"])
    if sheet.duty is not None and sheet.duty.closed_at is None:
        duties.cancel(sheet.duty, actor=None, reason=f"填报表已收回：{sheet.reason}")
    record(
        "sheets.sheet_withdrawn",
        subject=sheet,
        actor=actor,
        unit=sheet.unit,
        reason=sheet.reason[:200],
    )
    return sheet
