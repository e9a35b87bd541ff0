"""The columns of a list: how a row's value is found, shown and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone

from gongkai.ui import words
from gongkai.ui.parts import Sign, Status


def follow(row: Any, path: str) -> Any:
    """Follow a field path like ``owner__name`` from a row; None where the way ends."""
    for name in path.split("__"):
        if row is None:
            return None
        row = getattr(row, name)
    return row


@dataclass(frozen=True)
class Column:
    """One column.

    ``value`` finds what is shown (by default the attribute ``name``): text, number, day, moment,
    ``Sign`` or ``Status``; a day of kind ``due`` is shown with its weekday. ``text`` finds what is
    exported when that differs. ``sort`` is True for the field ``name``, or another field's path; it
    must stand in an index. ``lead`` is the line that heads the row on a phone (by default the first
    column with ``url``).
    """

    name: str
    head: str
    value: Callable[[Any], object] | None = None
    kind: Literal["text", "number", "date", "due"] = "text"
    sort: bool | str = False
    url: Callable[[Any], str] | None = None
    text: Callable[[Any], object] | None = None
    lead: bool = False

    @property
    def sort_field(self) -> str:
        """The field path it sorts by, "" when it does not sort."""
        return self.sort if isinstance(self.sort, str) else (self.name if self.sort else "")

    def find(self, row: Any) -> object:
        """Return what is shown for a row."""
        return self.value(row) if self.value else follow(row, self.name)

    def export(self, row: Any) -> str | int | float | date | datetime | None:
        """Return what is written to a file for a row; moments as the office's wall clock."""
        return plain(self.text(row) if self.text else self.find(row))


def plain(value: object) -> str | int | float | date | datetime | None:
    """Reduce a shown value to what a table file can hold."""
    if isinstance(value, Sign | Status):
        return value.label
    if isinstance(value, bool):
        return words.said(value)
    if isinstance(value, datetime):
        return value if timezone.is_naive(value) else timezone.localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, int | float | date):
        return value
    return words.said(value) if isinstance(value, list | tuple) else str(value)


@dataclass(frozen=True)
class Cell:
    """One cell ready to show."""

    shows: Literal["sign", "status", "time", "due", "text"]
    value: object
    head: str
    kind: str
    url: str
    lead: bool

    @property
    def blank(self) -> bool:
        """Whether there is nothing to say: a phone leaves the line out."""
        return self.value is None or self.value in ("", "—")


def cell(column: Column, row: Any, *, lead: bool) -> Cell:
    """Find a cell's value and say how it is shown."""
    value = column.find(row)
    shows: Literal["sign", "status", "time", "due", "text"] = "text"
    if isinstance(value, Sign):
        shows = "sign"
    elif isinstance(value, Status):
        shows = "status"
    elif isinstance(value, date):
        shows = "due" if column.kind == "due" else "time"
    url = column.url(row) if column.url else ""
    return Cell(shows, value, column.head, column.kind, url, lead)
