"""Reads of the organisation: subtrees, names as of a day, who a name means; writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.kernel import clock
from gongkai.organisation import rules
from gongkai.organisation.models import Unit, UnitName, UnitSet
from gongkai.organisation.policies import visible_to
from gongkai.organisation.states import NameKind, Resolved, SetRule, UnitKind


@dataclass(frozen=True)
class Resolution:
    """Whom a name means: ``units`` when it is certain, ``candidates`` to choose from when not."""

    kind: Resolved
    units: tuple[Unit, ...] = ()
    candidates: tuple[Unit, ...] = ()


def unit_by_id(pk: int) -> Unit:
    """Return a unit by its key. Raises ``DoesNotExist``."""
    return Unit.objects.get(pk=pk)


def unit_or_none(pk: int) -> Unit | None:
    """Return a unit by its key, or None."""
    return Unit.objects.select_related("parent", "body").filter(pk=pk).first()


def units_under(unit: Unit) -> QuerySet[Unit]:
    """Return the unit and all below it."""
    return Unit.objects.filter(path__startswith=unit.path)


def ancestors(unit: Unit) -> QuerySet[Unit]:
    """Return the units above this one, the highest first."""
    return Unit.objects.filter(pk__in=rules.keys_above(unit.path)).order_by("path")


def body_of(unit: Unit) -> Unit:
    """Return the body that the unit belongs to; a body is its own."""
    return unit.body if unit.body is not None else unit


def living(rows: QuerySet[Unit], on: date | None = None) -> QuerySet[Unit]:
    """Keep the units that exist on a day (by default today)."""
    day = on or clock.today()
    return rows.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day), founded_on__lte=day)


def names_on(day: date) -> QuerySet[UnitName]:
    """Return the names that hold on a day."""
    return UnitName.objects.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


# -- whom a name means -------------------------------------------------------------------------


def resolve(text: str, *, body: Unit, on: date | None = None) -> Resolution:
    """Say which units of a body a name in a document means, as of a day (by default today).

    The rules are those of ``rules.match``; a name that leaves open who is meant comes back as
    vague with those to choose from, an unknown one with the names most like it.
    """
    return resolve_all([text], body=body, on=on)[text]


def resolve_all(
    texts: Iterable[str], *, body: Unit, on: date | None = None
) -> dict[str, Resolution]:
    """Resolve many names at once with a fixed number of queries."""
    day, wanted = on or clock.today(), list(dict.fromkeys(texts))
    book, rows = _book(body, day, wanted)
    found = {}
    for text in wanted:
        match = rules.match(text, book)
        units, candidates = _rows(match.units, rows), _rows(match.candidates, rows)
        found[text] = Resolution(match.kind, units, candidates)
    return found


def _rows(keys: Iterable[int], rows: dict[int, Unit]) -> tuple[Unit, ...]:
    return tuple(rows[pk] for pk in keys if pk in rows)


def _book(body: Unit, day: date, texts: list[str]) -> tuple[rules.Book, dict[int, Unit]]:
    """Read what the organisation knew on the day, seen from the body."""
    units = {unit.pk: unit for unit in units_under(body)}
    alive = {pk for pk, unit in units.items() if unit.lives_on(day)}
    held: dict[str, list[int]] = {}
    past: dict[str, list[int]] = {}
    full: dict[int, str] = {}
    for name in UnitName.objects.filter(unit__path__startswith=body.path).order_by("id"):
        if name.unit_id not in alive or not name.holds_on(day):
            past.setdefault(name.folded, []).append(_now(units[name.unit_id], day))
            continue
        held.setdefault(name.folded, []).append(name.unit_id)
        if name.kind == NameKind.FULL:
            full[name.unit_id] = name.text
    bearers = {pk: _bearer(units[pk], full.get(pk, "")) for pk in alive}
    own = [name for name, keys in held.items() if body.pk in keys]
    words = rules.own_words(own)
    elsewhere, strangers = _elsewhere(body, day, texts, words)
    units.update(strangers)
    units.update(_missing(past, units))
    book = rules.Book(
        body=body.pk,
        bearers=bearers,
        names=_once(held),
        own=words,
        sets=_stored(body),
        past=_once(past),
        elsewhere=_once(elsewhere),
    )
    return book, units


def _bearer(unit: Unit, full: str = "") -> rules.Bearer:
    kind, body = UnitKind(unit.kind), unit.body_id or unit.pk
    return rules.Bearer(unit.pk, unit.path, kind, unit.parent_id, body, full or unit.name)


def _once(found: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items()}


def _now(unit: Unit, day: date) -> int:
    """Return who to ask for a unit now: itself while it lives, then its successor."""
    return unit.pk if unit.lives_on(day) or unit.successor_id is None else unit.successor_id


def gone_by(day: date) -> QuerySet[Unit]:
    """Return the units that no longer exist on a day."""
    return Unit.objects.filter(dissolved_on__lte=day)


def heir_of(unit: Unit, day: date) -> Unit | None:
    """Return who takes over from a unit that is gone: its successor, else the unit above it.

    A successor that is gone too has an heir of its own. None where nobody is left.
    """
    seen: set[int] = set()
    heir: Unit | None = unit
    while heir is not None and not heir.lives_on(day):
        if heir.pk in seen:
            return None
        seen.add(heir.pk)
        heir = heir.successor or heir.parent
    return heir


def _missing(past: dict[str, list[int]], units: dict[int, Unit]) -> dict[int, Unit]:
    """Read successors that stand outside the body."""
    wanted = {pk for keys in past.values() for pk in keys if pk not in units}
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted)} if wanted else {}


def _elsewhere(
    body: Unit, day: date, texts: list[str], own: tuple[str, ...]
) -> tuple[dict[str, list[int]], dict[int, Unit]]:
    """Find units outside the body that bear one of the names exactly."""
    ways = {way for text in texts for way in rules.spellings(rules.fold(text), own)}
    rows = names_on(day).filter(folded__in=ways, unit__kind=UnitKind.BODY).select_related("unit")
    found: dict[str, list[int]] = {}
    units = {}
    for row in rows.exclude(unit__path__startswith=body.path):
        if row.unit.lives_on(day):
            found.setdefault(row.folded, []).append(row.unit_id)
            units[row.unit_id] = row.unit
    return found, units


def _stored(body: Unit) -> dict[str, rules.Stored]:
    rows = UnitSet.objects.filter(body=body, ended_on=None).prefetch_related("members")
    return {
        row.folded: rules.Stored(
            SetRule(row.rule), tuple(unit.pk for unit in row.members.all()), row.vague
        )
        for row in rows
    }


def members_of(found: UnitSet, on: date | None = None) -> tuple[Unit, ...]:
    """Return who belongs to a set on a day (by default today)."""
    day = on or clock.today()
    if found.rule == SetRule.LISTED:
        return tuple(in_tree_order(living(found.members.all(), day)))
    units = {unit.pk: unit for unit in living(units_under(found.body), day)}
    bearers = {pk: _bearer(unit) for pk, unit in units.items()}
    book = rules.Book(body=found.body_id, bearers=bearers, names={})
    return _rows(rules.members_of(SetRule(found.rule), book), units)


# -- records and pages -------------------------------------------------------------------------


def names_over_time(unit: Unit) -> QuerySet[UnitName]:
    """Return every name the unit ever bore, the latest first."""
    return unit.names.order_by("-from_on", "kind", "-id")


def full_name(unit: Unit, on: date) -> str:
    """Return the full name the unit bore on a day; today's when it had none yet."""
    row = names_on(on).filter(unit=unit, kind=NameKind.FULL).order_by("-from_on").first()
    return row.text if row else unit.name


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Sort units as the tree is shown: each below its parent, siblings as they were set up."""
    return sorted(units, key=lambda unit: (*rules.keys_above(unit.path), unit.pk))


@dataclass(frozen=True)
class Node:
    """A unit in the tree with what stands below it."""

    unit: Unit
    gone: bool
    below: list[Node] = field(default_factory=list)


def tree(user: Any, *, with_dissolved: bool = False) -> list[Node]:
    """Return the trees of units whose records the person may open; one query."""
    day = clock.today()
    nodes: dict[int, Node] = {}
    tops: list[Node] = []
    for unit in in_tree_order(visible_to(user)):
        gone = unit.dissolved_on is not None and unit.dissolved_on <= day
        if gone and not with_dissolved:
            continue
        nodes[unit.pk] = Node(unit, gone)
        above = nodes.get(unit.parent_id or 0)
        (above.below if above else tops).append(nodes[unit.pk])
    return tops


def visible_unit(user: Any, pk: int) -> Unit | None:
    """Return a unit whose record the person may open."""
    rows = visible_to(user).select_related("parent", "body", "successor")
    return rows.filter(pk=pk).first()


def visible_name(user: Any, pk: int) -> UnitName | None:
    """Return a name of a unit whose record the person may open."""
    rows = UnitName.objects.filter(unit__in=visible_to(user))
    return rows.select_related("unit").filter(pk=pk).first()


def visible_set(user: Any, pk: int) -> UnitSet | None:
    """Return a set of a body whose record the person may open."""
    rows = UnitSet.objects.filter(body__in=visible_to(user), ended_on=None)
    return rows.select_related("body").filter(pk=pk).first()


def sets_of(body: Unit) -> list[tuple[UnitSet, tuple[Unit, ...]]]:
    """Return the sets of a body that are in use, each with its present members."""
    rows = body.sets.filter(ended_on=None).select_related("body").order_by("id")
    return [(row, members_of(row)) for row in rows]


def choices(units: Iterable[Unit]) -> list[tuple[int, str]]:
    """Return units as choices of a form, indented as in the tree."""
    found = in_tree_order(units)
    top = min((rules.depth(unit.path) for unit in found), default=0)
    return [(u.pk, "　" * (rules.depth(u.path) - top) + u.name) for u in found]


def places_for(unit: Unit, user: Any) -> list[tuple[int, str]]:
    """Return the living units under which the person may put the unit, as choices."""
    rows = living(visible_to(user)).exclude(path__startswith=unit.path)
    return choices(rows.exclude(pk=unit.parent_id or 0))


def successors_for(unit: Unit, user: Any) -> list[tuple[int, str]]:
    """Return the living units that may take over from the unit, as choices."""
    return choices(living(visible_to(user)).exclude(path__startswith=unit.path))


def members_for(body: Unit) -> list[tuple[int, str]]:
    """Return the living units of a body as choices, without itself."""
    return choices(living(units_under(body)).exclude(pk=body.pk))


# -- what apps above show beside a unit --------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One line of a panel beside a unit."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """What an app above the organisation shows on a unit's record; ``ends`` go with the unit."""

    title: str
    lines: Sequence[Line]
    empty: str = ""
    ends: str = ""


Beside = Callable[[Unit, Any], Panel]
_BESIDE: dict[str, Beside] = {}


def show_beside(name: str, source: Beside) -> None:
    """Declare a panel on the records of units; ``source`` is asked with the unit and the user."""
    _BESIDE[name] = source


def panels(unit: Unit, user: Any) -> list[Panel]:
    """Return what apps above show beside the unit to this person."""
    return [source(unit, user) for source in _BESIDE.values()]
