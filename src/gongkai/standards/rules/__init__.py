"""A catalogue in the national columns as values: read from a table, compared with another."""

from gongkai.standards.rules.comparing import Change, Comparison, compare
from gongkai.standards.rules.reading import (
    LABELS,
    Entry,
    Row,
    Unreadable,
    read,
    table_of,
)

__all__ = [
    "LABELS",
    "Change",
    "Comparison",
    "Entry",
    "Row",
    "Unreadable",
    "compare",
    "read",
    "table_of",
]
