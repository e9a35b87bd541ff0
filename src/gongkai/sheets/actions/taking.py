"""Taking rows of a sheet that came back: they become progress, the sheet is done with."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.programme.api import note_evidence
from gongkai.progress import api as progress
from gongkai.sheets import policies, queries
from gongkai.sheets.models import Row, Sheet
from gongkai.sheets.states import SHEET_MOVES, RowState


@transaction.atomic
def take_rows(sheet: Sheet, *, actor: User, asked: Mapping[int, int], expected: int) -> Sheet:
    """Take the rows that were chosen, leave the other filled ones; a sheet is taken once.

    ``asked`` is row → the newest entry of its task that the page showed (0 for none). Each taken
    row becomes progress of the unit, keyed in by the actor, and evidence. All or none.
    Raises ``Refused``.
    """
    sheet = lock(sheet, expected=expected)
    rows = queries.rows_of(sheet)
    latest = {task: e.pk for task, e in queries.latest_entries(rows, sheet.unit).items()}
    held = queries.held_tasks(rows, sheet.unit)
    refuse_if(
        policies.why_not_take(sheet, actor=actor, rows=rows, asked=asked, latest=latest, held=held)
    )
    taken = [row for row in rows if row.pk in asked]
    note_evidence([(row.task, _note(sheet, row)) for row in taken], actor=actor, unit=sheet.unit)
    progress.key_in_progress(
        [progress.Said(row.task, row.progress, row.problems, row.next_steps) for row in taken],
        unit=sheet.unit,
        actor=actor,
        on=clock.day_of(sheet.returned_at) if sheet.returned_at else None,
    )
    filled = sheet.rows.filter(state=RowState.FILLED)
    filled.filter(pk__in=[row.pk for row in taken]).update(state=RowState.TAKEN)
    left = sheet.rows.filter(state=RowState.FILLED).update(state=RowState.LEFT)
    sheet.state, sheet.taken_at = SHEET_MOVES["take"][1], clock.now()
    sheet.live = None
    sheet.save(update_fields=["state", "taken_at", "live"])
    record(
        "sheets.sheet_taken",
        subject=sheet,
        actor=actor,
        unit=sheet.unit,
        rows_taken=len(taken),
        rows_left=left,
    )
    return sheet


def _note(sheet: Sheet, row: Row) -> str:
    said = f"{row.progress}（填报表第{sheet.pk}号序号{row.order}）"
    return f"{said}，单位填报已办结" if row.done else said
