"""The forms of the calendar: a notice typed in row by row, pasted, or taken from a table file."""

from gongkai.calendars.forms.notice import NoticeForm, PasteForm, RowFormSet, entries_of, rows_for
from gongkai.calendars.forms.sheet import FileForm, Line, Unreadable, read_sheet

__all__ = [
    "FileForm",
    "Line",
    "NoticeForm",
    "PasteForm",
    "RowFormSet",
    "Unreadable",
    "entries_of",
    "read_sheet",
    "rows_for",
]
