"""The door of sheets: what the desk, the bench and the demo may use."""

from gongkai.sheets.actions import return_sheet, send_sheets, take_rows, withdraw_sheet
from gongkai.sheets.models import Row, Sheet
from gongkai.sheets.queries import differences, needs, workbook_of
from gongkai.sheets.states import RowState, SheetState

__all__ = [
    "Row",
    "RowState",
    "Sheet",
    "SheetState",
    "differences",
    "needs",
    "return_sheet",
    "send_sheets",
    "take_rows",
    "withdraw_sheet",
    "workbook_of",
]
