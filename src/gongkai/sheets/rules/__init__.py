"""A fill-in sheet as values: its lines, the workbook made of them, and what came back in one."""

from gongkai.sheets.rules.book import MOST_LINES, write
from gongkai.sheets.rules.lines import (
    LABELS,
    LONGEST,
    Filled,
    Line,
    Trouble,
    same_words,
    short,
)
from gongkai.sheets.rules.returned import Returned, ReturnedLine, Unreadable, read

__all__ = [
    "LABELS",
    "LONGEST",
    "MOST_LINES",
    "Filled",
    "Line",
    "Returned",
    "ReturnedLine",
    "Trouble",
    "Unreadable",
    "read",
    "same_words",
    "short",
    "write",
]
