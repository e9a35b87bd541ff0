"""Every change to fill-in sheets. One verb, one function, one transaction."""

from gongkai.sheets.actions.returning import return_sheet
from gongkai.sheets.actions.sending import send_sheets, withdraw_sheet
from gongkai.sheets.actions.taking import take_rows

__all__ = ["return_sheet", "send_sheets", "take_rows", "withdraw_sheet"]
