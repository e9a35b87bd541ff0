"""Writes a fill-in sheet as a workbook that Excel and WPS open; reads none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gongkai.sheets.rules.lines import ASKED, CHOICES, GIVEN, HEADINGS, LONGEST, Line, cleaned

MOST_LINES = 1_000
HEAD_ROW = 3
WIDTHS = (7, 42, 16, 30, 42, 28, 28, 10, 4)
TEXT = "@"
"""The format of text: what is typed stays as typed, also when it begins with = or a nought."""

_THIN = Border(*(Side(style="thin", color="BFBFBF"),) * 4)
_GIVEN = PatternFill("solid", start_color="F2F2F2")
_ASKED = PatternFill("solid", start_color="FFF9E5")
_WRAP = Alignment(wrap_text=True, vertical="top")
_OPEN = Protection(locked=False)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write(lines: Sequence[Line], *, title: str, note: str, name: str) -> bytes:
    """Return the workbook: a title, how to fill it in, the lines; only what is asked is open.

    ``name`` is that of the sheet inside. Every text is written as text, never as a formula.
    """
    book = Workbook()
    page: Any = book.active
    page.title = _NOT_IN_NAMES.sub("", cleaned(name))[:31] or "填报表"
    _head(page, title, note)
    for number, line in enumerate(lines, start=HEAD_ROW + 1):
        given = (line.number, line.task, line.due, line.now)
        for column, value in enumerate(given, start=1):
            _put(page.cell(number, column), value, fill=_GIVEN)
        for column in range(len(GIVEN) + 1, len(GIVEN) + len(ASKED) + 1):
            cell = page.cell(number, column)
            _put(cell, None, fill=_ASKED)
            cell.protection = _OPEN
        _put(page.cell(number, len(HEADINGS)), line.key, fill=_GIVEN)
    _checks(page, HEAD_ROW + 1, HEAD_ROW + len(lines))
    _protect(page)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, value: str | None, *, fill: PatternFill) -> None:
    if value is not None:
        cell.value = cleaned(value)[:32_000]
        cell.data_type = "s"  # text stays text, whatever sign it begins with
        cell.quotePrefix = 1  # also when somebody edits it
    cell.number_format = TEXT
    cell.alignment, cell.border, cell.fill = _WRAP, _THIN, fill


def _head(page: Any, title: str, note: str) -> None:
    for row, text, height in ((1, title, 30), (2, note, 48)):
        cell = page.cell(row, 1)
        cell.value, cell.data_type = cleaned(text), "s"
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)
        page.row_dimensions[row].height = height
    page.cell(1, 1).font = Font(bold=True, size=16)
    page.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    page.cell(2, 1).alignment = _WRAP
    for column, heading in enumerate(HEADINGS, start=1):
        cell = page.cell(HEAD_ROW, column)
        cell.value, cell.font, cell.border = heading, Font(bold=True), _THIN
        cell.fill = _ASKED if heading in ASKED else _GIVEN
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for column, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.column_dimensions[get_column_letter(len(HEADINGS))].hidden = True


def _checks(page: Any, first: int, last: int) -> None:
    """Offer 是 and 否 to choose from, and say at once when a cell grows too long."""
    if last < first:
        return
    done = DataValidation(type="list", formula1=f'"{",".join(CHOICES)}"', allow_blank=True)
    done.error, done.errorTitle, done.showErrorMessage = (
        "请在下拉框里选“是”或“否”。",
        "是否办结",
        True,
    )
    done.add(f"H{first}:H{last}")
    size = DataValidation(
        type="textLength", operator="lessThanOrEqual", formula1=str(LONGEST), allow_blank=True
    )
    size.error, size.errorTitle = f"不超过{LONGEST}字。", "太长"
    size.add(f"E{first}:G{last}")
    for check in (done, size):
        check.showErrorMessage = True
        page.add_data_validation(check)


def _protect(page: Any) -> None:
    page.protection.sheet = True
    page.protection.formatColumns = False  # False lets people widen columns and rows
    page.protection.formatRows = False
    page.freeze_panes = page.cell(HEAD_ROW + 1, 3)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
