"""The filters of a list: each reads its own parameters and narrows a queryset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

Options = Sequence[tuple[Any, str]] | Callable[[HttpRequest], Iterable[tuple[Any, str]]]


@dataclass(frozen=True)
class Shown:
    """A filter ready to show: its inputs with what was chosen."""

    kind: str
    label: str
    name: str
    value: str
    until: str = ""
    options: tuple[tuple[str, str], ...] = ()
    wrong: str = ""

    @property
    def active(self) -> bool:
        """Whether it narrows the list now."""
        return bool(self.value or self.until) and not self.wrong


class Filter(Protocol):
    """What a list asks of a filter."""

    @property
    def path(self) -> str:
        """The field path it narrows by, "" when it has a way of its own."""

    def read(self, request: HttpRequest) -> Shown:
        """Read what was chosen; what cannot be chosen is left out."""

    def narrow(self, rows: QuerySet[Any], shown: Shown) -> QuerySet[Any]:
        """Keep the rows that fit."""


@dataclass(frozen=True)
class Choice:
    """One of a few values; ``options`` may depend on who asks.

    ``apply`` narrows in its own way (say, a unit with all below it); else ``field`` (by default
    ``name``) must equal the value.
    """

    name: str
    label: str
    options: Options
    field: str = ""
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None

    @property
    def path(self) -> str:
        """The field path it narrows by."""
        return "" if self.apply else (self.field or self.name)

    def read(self, request: HttpRequest) -> Shown:
        """Read the chosen value; one that is not offered counts as none."""
        found = self.options(request) if callable(self.options) else self.options
        options = tuple((str(value), label) for value, label in found)
        value = request.GET.get(self.name, "")
        known = value in {option for option, _ in options}
        return Shown("choice", self.label, self.name, value if known else "", options=options)

    def narrow(self, rows: QuerySet[Any], shown: Shown) -> QuerySet[Any]:
        """Keep the rows with the chosen value."""
        if self.apply:
            return self.apply(rows, shown.value)
        return rows.filter(**{self.path: shown.value})


@dataclass(frozen=True)
class Between:
    """Days from–to, both included; ``field`` by default is ``name``, a day column."""

    name: str
    label: str
    field: str = ""

    @property
    def path(self) -> str:
        """The field path it narrows by."""
        return self.field or self.name

    def read(self, request: HttpRequest) -> Shown:
        """Read both days; a day that does not exist is said, not guessed."""
        start, until = (_day(request.GET, f"{self.name}_{end}") for end in ("from", "to"))
        wrong = "日期应写成 2026-03-18 这样。" if start is None or until is None else ""
        if not wrong and start and until and start > until:
            wrong = "开始日期晚于结束日期。"
        return Shown("between", self.label, self.name, start or "", until or "", wrong=wrong)

    def narrow(self, rows: QuerySet[Any], shown: Shown) -> QuerySet[Any]:
        """Keep the rows whose day lies between."""
        if shown.value:
            rows = rows.filter(**{f"{self.path}__gte": shown.value})
        if shown.until:
            rows = rows.filter(**{f"{self.path}__lte": shown.until})
        return rows


@dataclass(frozen=True)
class Begins:
    """Text the field begins with: an index helps, which it cannot for text in the middle."""

    name: str
    label: str
    field: str = ""

    @property
    def path(self) -> str:
        """The field path it narrows by."""
        return self.field or self.name

    def read(self, request: HttpRequest) -> Shown:
        """Read the text."""
        return Shown("text", self.label, self.name, request.GET.get(self.name, "").strip()[:100])

    def narrow(self, rows: QuerySet[Any], shown: Shown) -> QuerySet[Any]:
        """Keep the rows that begin so."""
        return rows.filter(**{f"{self.path}__startswith": shown.value})


def _day(given: QueryDict, name: str) -> str | None:
    """Return an ISO day as given, "" when not given, None when it is no day."""
    text = given.get(name, "").strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
