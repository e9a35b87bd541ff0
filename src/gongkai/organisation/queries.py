"""Reads of the organisation: subtrees, names as of a day, who a name means; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.kernel import clock
from gongkai.organisation import rules
from gongkai.organisation.models import Unit, UnitName, UnitSet
from gongkai.organisation.states import NameKind, Resolved, UnitKind


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
    keys = [int(pk) for pk in unit.path.strip("/").split("/")[:-1] if pk]
    return Unit.objects.filter(pk__in=keys).order_by("path")


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


def resolve(text: str, *, body: Unit, on: date | None = None) -> Resolution:
    """Say which units of a body a name in a document means, as of a day (by default today).

    Names first (局X科 = X科), then named sets, then every section or subordinate unit; a name
    that leaves open who is meant comes back as vague with the set it picks from; anything else
    as unknown with the names most like it.
    """
    day = on or clock.today()
    folded = rules.fold(text)
    ways = rules.spellings(folded, _names_of(body, day))
    if rules.is_vague(folded):
        return Resolution(Resolved.VAGUE, candidates=_picked_from(folded, body, day))
    units = _named(ways, body, day)
    if len(units) == 1:
        return Resolution(Resolved.UNIT, units)
    if units:
        return Resolution(Resolved.UNKNOWN, candidates=units)
    members = _set_named(ways, body, day) or _every(ways, body, day)
    if members:
        return Resolution(Resolved.SET, members)
    return Resolution(Resolved.UNKNOWN, candidates=_near(folded, body, day))


def _names_of(body: Unit, day: date) -> list[str]:
    return list(names_on(day).filter(unit=body).values_list("folded", flat=True))


def _named(ways: Iterable[str], body: Unit, day: date) -> tuple[Unit, ...]:
    """Return the units under the body that bear one of the spellings, tried in order."""
    for way in ways:
        rows = names_on(day).filter(folded=way, unit__path__startswith=body.path)
        keys = set(rows.values_list("unit", flat=True))
        if keys:
            return tuple(living(Unit.objects.filter(pk__in=keys), day).order_by("path"))
    return ()


def _set_named(ways: Iterable[str], body: Unit, day: date) -> tuple[Unit, ...]:
    found = UnitSet.objects.filter(body=body, folded__in=list(ways)).first()
    return tuple(living(found.members.all(), day).order_by("path")) if found else ()


def _every(ways: Iterable[str], body: Unit, day: date) -> tuple[Unit, ...]:
    way = next((w for w in ways if rules.is_every(w)), None)
    if way is None:
        return ()
    kind = UnitKind.OFFICE if rules.means_subordinates(way) else UnitKind.SECTION
    below = units_under(body).filter(kind=kind, parent=body)
    return tuple(living(below, day).order_by("path"))


def _picked_from(folded: str, body: Unit, day: date) -> tuple[Unit, ...]:
    whole = rules.without_vagueness(folded)
    ways = rules.spellings(whole, _names_of(body, day))
    return _set_named(ways, body, day) or _every(ways, body, day)


def _near(folded: str, body: Unit, day: date) -> tuple[Unit, ...]:
    rows = names_on(day).filter(unit__path__startswith=body.path).select_related("unit")
    by_name = {row.folded: row.unit for row in rows}
    close = rules.near(folded, list(by_name))
    return tuple({by_name[name].pk: by_name[name] for name in close}.values())


def names_over_time(unit: Unit) -> QuerySet[UnitName]:
    """Return every name the unit ever bore, those that hold first."""
    return unit.names.order_by("until_on", "kind", "-from_on", "id")


def tree(paths: Iterable[str]) -> QuerySet[Unit]:
    """Return the units under the given paths in the order of the tree."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(path__startswith=path)
    return Unit.objects.filter(wanted).order_by("path")


def full_name(unit: Unit, on: date) -> str:
    """Return the full name the unit bore on a day; today's when it had none yet."""
    row = names_on(on).filter(unit=unit, kind=NameKind.FULL).order_by("-from_on").first()
    return row.text if row else unit.name
