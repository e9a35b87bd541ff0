"""Reads of catalogues, their coverage and practice; each starts from what the user may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from gongkai.accounts.api import User
from gongkai.organisation.api import Unit, choices, living, units_under
from gongkai.standards import policies, rules
from gongkai.standards.models import Assignment, Catalogue, Evidence, Item, Matter, Practice
from gongkai.standards.states import CatalogueState

__all__ = ["Assignment", "Catalogue", "Evidence", "Item", "Practice"]


def catalogues(user: User) -> QuerySet[Catalogue]:
    """Return the catalogues that the user sees, without their reports."""
    return policies.visible_catalogues(user).select_related("body", "read_by").defer("rows")


def catalogue_or_none(user: User, pk: int) -> Catalogue | None:
    """Return a catalogue that the user sees."""
    rows = policies.visible_catalogues(user).select_related("body", "read_by", "file", "replaces")
    return rows.filter(pk=pk).first()


def in_force(body: Unit, field: str) -> Catalogue | None:
    """Return the version of a field's catalogue that is in force."""
    rows = Catalogue.objects.filter(body=body, field=field, state=CatalogueState.IN_FORCE)
    return rows.select_related("body").first()


def rows_of(catalogue: Catalogue) -> list[rules.Row]:
    """Return the report of every row."""
    return [rules.Row.from_json(kept) for kept in catalogue.rows]


def entries_of(catalogue: Catalogue | None) -> list[rules.Entry]:
    """Return the items of a catalogue as values."""
    if catalogue is None:
        return []
    return [item.entry() for item in catalogue.items.order_by("order")]


def compared(catalogue: Catalogue) -> rules.Comparison:
    """Compare what was read in with what is in force, or with what it replaced."""
    if catalogue.state == CatalogueState.READ:
        before = in_force(catalogue.body, catalogue.field)
    else:
        before = catalogue.replaces
    return rules.compare(entries_of(before), [row.entry for row in rows_of(catalogue)])


def _assigned() -> QuerySet[Assignment]:
    return Assignment.objects.filter(matter=OuterRef("matter"), ended_at=None)


def _shown() -> QuerySet[Evidence]:
    return Evidence.objects.filter(matter=OuterRef("matter"))


def items(catalogue: Catalogue) -> QuerySet[Item]:
    """Return the items of a catalogue with who answers for them and whether they are shown."""
    running = Assignment.objects.filter(ended_at=None).select_related("unit").order_by("id")
    rows = catalogue.items.select_related("matter").annotate(is_shown=Exists(_shown()))
    return rows.prefetch_related(Prefetch("matter__assignments", running, to_attr="running"))


@dataclass(frozen=True)
class Coverage:
    """How many items there are, have a unit, are shown to be public."""

    items: int
    assigned: int
    shown: int

    def share(self, n: int) -> str:
        """Say a share in per cent."""
        return f"{n / self.items:.0%}" if self.items else "—"

    def words(self, n: int) -> str:
        """Say a number and its share."""
        return f"{n}项，占{self.share(n)}"


def coverage(catalogue: Catalogue) -> Coverage:
    """Count a catalogue's items; three queries."""
    rows = catalogue.items
    return Coverage(
        rows.count(),
        rows.filter(Exists(_assigned())).count(),
        rows.filter(Exists(_shown())).count(),
    )


def by_unit(rows: QuerySet[Item], value: str) -> QuerySet[Item]:
    """Keep the items for which a unit answers."""
    return rows.filter(Exists(_assigned().filter(unit=int(value))))


def by_cover(rows: QuerySet[Item], value: str) -> QuerySet[Item]:
    """Keep what is not assigned, assigned and not shown, or shown."""
    if value == "shown":
        return rows.filter(Exists(_shown()))
    rows = rows.filter(~Exists(_shown()))
    return rows.filter(Exists(_assigned()) if value == "assigned" else ~Exists(_assigned()))


def unit_options(pk: int) -> list[tuple[int, str]]:
    """Return the units that answer for items of a catalogue, as choices."""
    matters = Matter.objects.filter(items__catalogue=pk)
    held = Assignment.objects.filter(matter__in=matters, ended_at=None).values("unit")
    return [(unit.pk, unit.name) for unit in Unit.objects.filter(pk__in=held).order_by("path")]


def to_assign(catalogue: Catalogue, *, everything: bool) -> list[Item]:
    """Return the items to choose from: those that nobody answers for, or all."""
    rows = items(catalogue).order_by("order")
    return list(rows if everything else rows.filter(~Exists(_assigned())))


def chosen_items(catalogue: Catalogue, keys: Iterable[int]) -> list[Item]:
    """Return items of a catalogue."""
    rows = catalogue.items.filter(pk__in=list(keys)).select_related("matter")
    return list(rows.order_by("order"))


def unit_choices(body: Unit) -> list[tuple[int, str]]:
    """Return the living units of a body as choices."""
    return choices(living(units_under(body)))


def units_by_id(keys: Iterable[int]) -> list[Unit]:
    """Return units in the order of the tree."""
    return list(Unit.objects.filter(pk__in=list(keys)).order_by("path"))


def item_or_none(user: User, pk: int) -> Item | None:
    """Return an item of a catalogue that the user sees."""
    rows = Item.objects.select_related("catalogue__body", "matter__body")
    seen = policies.visible_catalogues(user).values("pk")
    return rows.filter(pk=pk, catalogue__in=seen).first()


def assignments_of(item: Item) -> list[Assignment]:
    """Return who answers for an item now."""
    rows = Assignment.objects.filter(matter=item.matter_id, ended_at=None)
    return list(rows.select_related("unit", "matter__body").order_by("id"))


def assignment_or_none(item: Item, pk: int) -> Assignment | None:
    """Return an assignment of an item."""
    return next((one for one in assignments_of(item) if one.pk == pk), None)


def units_of(item: Item) -> list[Unit]:
    """Return the units that answer for an item."""
    return [one.unit for one in assignments_of(item)]


def assigned_pairs(items: Iterable[Item]) -> set[tuple[int, int]]:
    """Return matter and unit of what is assigned already."""
    rows = Assignment.objects.filter(matter__in=[i.matter_id for i in items], ended_at=None)
    return set(rows.values_list("matter", "unit"))


def evidence_of(item: Item) -> list[Evidence]:
    """Return what shows that the matter is public, the newest first."""
    rows = Evidence.objects.filter(matter=item.matter_id).select_related("unit", "noted_by")
    return list(rows.order_by("-id")[:100])


def practices(user: User) -> QuerySet[Practice]:
    """Return the practice that the user reads."""
    return policies.visible_practices(user).select_related("unit", "body", "written_by")


def practice_or_none(user: User, pk: int) -> Practice | None:
    """Return a note of practice that the user reads."""
    return practices(user).filter(pk=pk).first()
