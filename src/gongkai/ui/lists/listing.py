"""A list as a declaration, and one page of it as a person asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render

from gongkai.ui.lists import export, keyset
from gongkai.ui.lists.columns import Cell, Column, cell
from gongkai.ui.lists.filters import Filter, Shown
from gongkai.ui.parts import Empty

REGISTRY: dict[str, Listing] = {}
NOTHING_FITS = Empty("没有符合条件的记录", "换一个条件，或清除筛选。")


@dataclass(frozen=True)
class Head:
    """A column's head: its text and, where it sorts, the address that sorts by it."""

    text: str
    kind: str
    id: str
    url: str = ""
    way: str = ""


@dataclass(frozen=True)
class Line:
    """One row ready to show."""

    key: str
    cells: list[Cell]


@dataclass(frozen=True)
class Page:
    """One page of a list, ready to show."""

    id: str
    caption: str
    heads: list[Head]
    lines: list[Line]
    filters: list[Shown]
    empty: Empty
    kept: list[tuple[str, str]]
    here: str
    previous: str = ""
    following: str = ""
    csv: str = ""
    xlsx: str = ""
    total: int | None = None
    at_first: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether any filter is on."""
        return any(f.active for f in self.filters)

    @property
    def asked(self) -> int:
        """How many filters a person set, those that were set wrongly among them."""
        return 0 if self.at_first else sum(f.active or bool(f.wrong) for f in self.filters)


@dataclass(frozen=True)
class Listing:
    """A list: what is shown, by what it may be narrowed and sorted.

    ``sort`` is the order at first sight, "-" before the field turns it round. ``model`` (its
    label) lets a test check that every sort and filter field stands in an index: alone or first,
    or behind the column that scopes the list. ``at_first`` is how it is narrowed for who asks for
    nothing, as in an address ("work=open").
    """

    name: str
    columns: Sequence[Column]
    sort: str
    caption: str
    filters: Sequence[Filter] = ()
    empty: Empty = field(default_factory=lambda: Empty("还没有记录"))
    model: str = ""
    per_page: int = 50
    export_limit: int = export.LIMIT
    at_first: str = ""

    def __post_init__(self) -> None:
        """Enter the list into the registry, for the test of indexes."""
        REGISTRY[self.name] = self

    def answer(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        total: int | Callable[[], int] | None = None,
    ) -> HttpResponseBase:
        """Answer a request: the page in ``template`` as ``page``, or the file that was asked for.

        ``rows`` is what this person may see; file and page are cut from it alike. ``total`` is
        shown only while nothing is filtered.
        """
        if not request.GET and self.at_first:
            request.GET = QueryDict(self.at_first)
        ending = request.GET.get("export", "")
        if ending in export.WRITERS:
            return self.export(request, rows, ending)
        page = self.page(request, rows, total=total)
        return render(request, template, {**(context or {}), "page": page})

    def export(self, request: HttpRequest, rows: QuerySet[Any], ending: str) -> HttpResponseBase:
        """Answer with a file of the rows as they are filtered and sorted."""
        found, _ = self._narrowed(request, rows)
        found = keyset.ordered(found, self._order(request, rows.model))
        return export.export(ending, self.caption, self.columns, found, self.export_limit)

    def page(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        *,
        total: int | Callable[[], int] | None = None,
    ) -> Page:
        """Return the page that was asked for; a place that cannot be read means the first."""
        narrowed, filters = self._narrowed(request, rows)
        order = self._order(request, rows.model)
        found, before, after = self._cut(request.GET, narrowed, order)
        here = _kept(request.GET, "after", "before", "export")
        chosen = _kept(here, "sort").urlencode()
        at_first = bool(self.at_first) and chosen == self.at_first
        any_on = any(f.active for f in filters) and not at_first
        lead = self._lead()
        return Page(
            id=f"listing-{self.name}",
            caption=self.caption,
            heads=[self._head(c, order, here) for c in self.columns],
            lines=[_line(row, self.columns, lead) for row in found],
            filters=filters,
            empty=NOTHING_FITS if any_on else self.empty,
            kept=[("sort", request.GET["sort"])] if "sort" in request.GET else [],
            here=request.path,
            previous=_with(here, before=before) if before else "",
            following=_with(here, after=after) if after else "",
            csv=_with(here, export="csv"),
            xlsx=_with(here, export="xlsx"),
            total=None if any_on or at_first else (total() if callable(total) else total),
            at_first=at_first,
        )

    def _narrowed(
        self, request: HttpRequest, rows: QuerySet[Any]
    ) -> tuple[QuerySet[Any], list[Shown]]:
        shown = [f.read(request) for f in self.filters]
        for each, chosen in zip(self.filters, shown, strict=True):
            if chosen.active:
                rows = each.narrow(rows, chosen)
        return rows, shown

    def _order(self, request: HttpRequest, model: type[Model]) -> keyset.Order:
        """Return the order asked for, if it is one of those declared."""
        asked = request.GET.get("sort", self.sort)
        allowed = {c.sort_field for c in self.columns if c.sort} | {self.sort.lstrip("-")}
        if asked.removeprefix("-") not in allowed:
            asked = self.sort
        path = asked.removeprefix("-")
        return keyset.Order(path, asked.startswith("-"), keyset.may_be_empty(model, path))

    def _cut(
        self, given: QueryDict, rows: QuerySet[Any], order: keyset.Order
    ) -> tuple[list[Any], str, str]:
        """Return one page's rows and the places before and after it ("" for none)."""
        for name, backwards in (("before", True), ("after", False)):
            place = keyset.decode(given.get(name, ""), order, rows.model)
            if place is None:
                continue
            there = rows.filter(keyset.beyond(order, place, backwards=backwards))
            found, more = self._some(keyset.ordered(there, order, backwards=backwards))
            if backwards:
                found.reverse()
            if found and not (backwards and not more and len(found) < self.per_page):
                return self._with_places(found, order, more or not backwards, more or backwards)
        found, more = self._some(keyset.ordered(rows, order))
        return self._with_places(found, order, False, more)

    def _some(self, rows: QuerySet[Any]) -> tuple[list[Any], bool]:
        found = list(rows[: self.per_page + 1])
        return found[: self.per_page], len(found) > self.per_page

    def _with_places(
        self, found: list[Any], order: keyset.Order, before: bool, after: bool
    ) -> tuple[list[Any], str, str]:
        def place(row: Any) -> str:
            return keyset.encode(keyset.place_of(row, order), order)

        return found, place(found[0]) if before else "", place(found[-1]) if after else ""

    def _head(self, column: Column, order: keyset.Order, here: QueryDict) -> Head:
        id = f"{self.name}-sort-{column.name}"
        if not column.sort:
            return Head(column.head, column.kind, id)
        if order.field != column.sort_field:
            return Head(column.head, column.kind, id, _with(here, sort=column.sort_field))
        turned = column.sort_field if order.descending else f"-{column.sort_field}"
        way = "descending" if order.descending else "ascending"
        return Head(column.head, column.kind, id, _with(here, sort=turned), way)

    def _lead(self) -> str:
        marked = [c.name for c in self.columns if c.lead] or [c.name for c in self.columns if c.url]
        return (marked or [self.columns[0].name])[0]

    def unindexed(self) -> list[str]:
        """Return the sort and filter fields that stand in no index of their model."""
        if not self.model:
            return []
        model = apps.get_model(self.model)
        paths = {c.sort_field for c in self.columns if c.sort} | {self.sort.lstrip("-")}
        paths |= {f.path for f in self.filters if f.path}
        return sorted(p for p in paths if not _stands_in_index(model, p))


def _line(row: Any, columns: Sequence[Column], lead: str) -> Line:
    return Line(str(row.pk), [cell(c, row, lead=c.name == lead) for c in columns])


def _kept(given: QueryDict, *without: str) -> QueryDict:
    """Copy parameters without the named and without empty ones, so that addresses stay short."""
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        if name not in without and any(values):
            kept.setlist(name, values)
    return kept


def _with(given: QueryDict, **changed: str) -> str:
    asked = given.copy()
    for name, value in changed.items():
        asked[name] = value
    return f"?{asked.urlencode()}"


def _stands_in_index(model: type[Model], path: str) -> bool:
    *way, last = path.split("__")
    for name in way:
        related = model._meta.get_field(name).related_model
        if not isinstance(related, type):
            return False
        model = related
    found = keyset.field_at(model, last)
    if getattr(found, "db_index", False) or found.unique or found.primary_key:
        return True
    meta = model._meta
    within = [name.lstrip("-") for index in meta.indexes for name in index.fields]
    within += [name for together in meta.unique_together for name in together]
    within += [name for c in meta.total_unique_constraints for name in c.fields]
    return found.name in within
