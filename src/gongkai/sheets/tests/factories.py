"""Sheets for tests: sent by the action, filled in as a unit does with openpyxl, sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from gongkai.organisation.api import Unit
from gongkai.sheets import actions, queries
from gongkai.sheets.models import Sheet

DUE = date(2026, 3, 10)
FIRST = 4
"""The row of the workbook in which the first task stands."""

COLUMNS = {"progress": "E", "problems": "F", "next_steps": "G", "done": "H", "key": "I"}
COLUMNS |= {"number": "A", "task": "B", "due": "C", "now": "D"}
WRITTEN = {1: {"progress": "已印发通知。", "problems": "人手不足", "next_steps": "4月培训"}}


def sent(side: Any, unit: Unit, **how: Any) -> Sheet:
    """Send a sheet to one unit."""
    how = {"due_on": DUE, **how}
    (sheet,) = actions.send_sheets(body=side.body, units=[unit], actor=side.openness_office, **how)
    return sheet


def filled(
    sheet: Sheet,
    written: Mapping[int, Mapping[str, Any]] = WRITTEN,
    change: Callable[[Any], None] | None = None,
) -> bytes:
    """Fill the sheet's workbook in: order of the row → column → value; ``change`` does more."""
    book = load_workbook(BytesIO(queries.workbook_of(sheet)))
    page = book.active
    for order, cells in written.items():
        for column, value in cells.items():
            page[f"{COLUMNS[column]}{FIRST + order - 1}"] = value
    if change:
        change(page)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def returned(side: Any, sheet: Sheet, data: bytes | None = None) -> Sheet:
    """Send back what was filled in."""
    return actions.return_sheet(
        sheet,
        actor=side.openness_office,
        upload=filled(sheet) if data is None else data,
        name="填报表.xlsx",
        expected=sheet.version,
    )


def tokens(sheet: Sheet) -> dict[int, int]:
    """Return all filled rows as the page would send them."""
    return {one.row.pk: one.before.pk if one.before else 0 for one in queries.differences(sheet)}


def taken(side: Any, sheet: Sheet, asked: Mapping[int, int] | None = None) -> Sheet:
    """Take rows, by default all that were filled in."""
    return actions.take_rows(
        sheet,
        actor=side.openness_office,
        asked=tokens(sheet) if asked is None else asked,
        expected=sheet.version,
    )
