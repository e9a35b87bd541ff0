"""Every change to units, names and sets. One verb, one function, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr

from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation import policies
from gongkai.organisation.models import Unit, UnitName, UnitSet
from gongkai.organisation.rules import fold, path_under
from gongkai.organisation.states import NameKind, SetRule, UnitKind

LOOK_BACK = timedelta(days=90)
Ending = Callable[[Unit, Any, date], None]
_ENDINGS: list[Ending] = []


def on_dissolving(ending: Ending) -> None:
    """Declare what ends with a unit; called in the transaction that dissolves it."""
    if ending not in _ENDINGS:
        _ENDINGS.append(ending)


def _hold_structure() -> None:
    """Let one change of the tree go at a time: two moves at once could make a circle, and two
    that take a name could both find it free.

    On PostgreSQL the rows of the tops are locked, always in one order; SQLite's transactions
    stand in a queue anyway.
    """
    list(Unit.objects.select_for_update().filter(parent=None).order_by("pk"))


@transaction.atomic
def create_unit(
    *,
    actor: Any,
    parent: Unit | None,
    kind: UnitKind,
    name: str,
    short_name: str = "",
    aliases: Iterable[str] = (),
    on: date | None = None,
) -> Unit:
    """Set up a unit under a parent (None: at the top) from a day on (by default today).

    Raises ``Refused`` for a place where its kind may not stand and for a name taken there.
    """
    _hold_structure()
    kind, day = UnitKind(kind), on or clock.today()
    parent = Unit.objects.select_related("body").get(pk=parent.pk) if parent else None
    refuse_if(policies.why_not_create(parent, kind, name, actor=actor, on=day))
    unit = _new_unit(parent, kind, name.strip(), short_name.strip(), day)
    _add_name(unit, NameKind.FULL, name, day)
    if short_name.strip():
        _add_name(unit, NameKind.SHORT, short_name, day)
    for alias in aliases:
        _add_name(unit, NameKind.ALIAS, alias, day)
    record("organisation.unit_created", subject=unit, actor=actor, unit=unit, name=unit.name)
    return unit


def _new_unit(parent: Unit | None, kind: UnitKind, name: str, short: str, day: date) -> Unit:
    unit = Unit.objects.create(
        parent=parent, kind=kind, name=name, short=short or name, founded_on=day, path=""
    )
    unit.path = path_under(parent.path if parent else "", unit.pk)
    unit.body = unit if kind is UnitKind.BODY else (parent.body if parent else None)
    unit.save(update_fields=["path", "body"])
    return unit


def _add_name(unit: Unit, kind: NameKind, text: str, day: date) -> UnitName:
    text = text.strip()
    return UnitName.objects.create(unit=unit, kind=kind, text=text, folded=fold(text), from_on=day)


@transaction.atomic
def rename_unit(
    unit: Unit, *, actor: Any, name: str, short_name: str = "", on: date, expected: int
) -> Unit:
    """Give the unit a new full and short name from a day on; the old ones hold until then.

    ``short_name`` "" ends the short name. A day to come is kept and shown from that day on.
    Raises ``Refused``; ``expected`` is the version the person saw.
    """
    _hold_structure()
    unit = lock(unit, expected=expected)
    refuse_if(policies.why_not_rename(unit, actor=actor, name=name, on=on))
    before = unit.name
    _replace_name(unit, NameKind.FULL, name.strip(), on)
    _replace_name(unit, NameKind.SHORT, short_name.strip(), on)
    _copy_names(unit)
    record(
        "organisation.unit_renamed",
        subject=unit,
        actor=actor,
        unit=unit,
        before=before,
        after=name.strip(),
        on=on,
    )
    return unit


def _replace_name(unit: Unit, kind: NameKind, text: str, on: date) -> None:
    open_names = unit.names.filter(kind=kind, until_on=None)
    if text and open_names.filter(text=text).exists():
        return
    open_names.update(until_on=on)
    if text:
        _add_name(unit, kind, text, on)


def _held_names(unit: Unit, day: date) -> tuple[str, str]:
    held = {n.kind: n.text for n in unit.names.order_by("from_on", "id") if n.holds_on(day)}
    full = held.get(NameKind.FULL, unit.name)
    return full, held.get(NameKind.SHORT, full)


def _copy_names(unit: Unit) -> None:
    """Bring ``name`` and ``short`` in line with the names that hold today."""
    unit.name, unit.short = _held_names(unit, clock.today())
    unit.save(update_fields=["name", "short"])


@transaction.atomic
def take_up_names(now: datetime) -> int:
    """Show the names that began or ended lately; return how many units changed.

    Names registered for a day to come need it; the worker calls it as a ticker. It looks back
    as far as a worker may have stood still.
    """
    today = clock.day_of(now)
    lately = (today - LOOK_BACK, today)
    turned = UnitName.objects.filter(Q(from_on__range=lately) | Q(until_on__range=lately))
    keys = turned.exclude(kind=NameKind.ALIAS).values("unit")
    changed = [unit for unit in Unit.objects.filter(pk__in=keys) if _is_behind(unit, today)]
    for unit in changed:
        _copy_names(lock(unit))
    return len(changed)


def _is_behind(unit: Unit, today: date) -> bool:
    return (unit.name, unit.short) != _held_names(unit, today)


@transaction.atomic
def move_unit(unit: Unit, *, actor: Any, parent: Unit, expected: int) -> Unit:
    """Put the unit with all below it under another parent, in one step.

    Every path below is rewritten in the same transaction. Raises ``Refused`` for a circle.
    """
    _hold_structure()
    unit = lock(unit, expected=expected)
    parent = Unit.objects.get(pk=parent.pk)
    refuse_if(policies.why_not_move(unit, parent, actor=actor))
    before, after = unit.path, path_under(parent.path, unit.pk)
    above = unit.parent.name if unit.parent else ""
    _rehang(unit, before, after, parent)
    unit.refresh_from_db()
    record(
        "organisation.unit_moved",
        subject=unit,
        actor=actor,
        unit=unit,
        before=above,
        after=parent.name,
        path_before=before,
        path_after=after,
    )
    return unit


def _rehang(unit: Unit, before: str, after: str, parent: Unit) -> None:
    Unit.objects.filter(path__startswith=before).update(
        path=Concat(Value(after), Substr("path", len(before) + 1)), version=F("version") + 1
    )
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    if unit.kind != UnitKind.BODY and unit.body_id != parent.body_id:
        below = Unit.objects.filter(path__startswith=after, body=unit.body_id)
        below.update(body=parent.body_id)


@transaction.atomic
def dissolve_unit(
    unit: Unit, *, actor: Any, on: date, expected: int, successor: Unit | None = None
) -> Unit:
    """Dissolve the unit from a day on; it stays readable, and its successor is named.

    What apps above declared to end with a unit (its posts) ends with it. Raises ``Refused``
    while units below it live.
    """
    _hold_structure()
    unit = lock(unit, expected=expected)
    refuse_if(policies.why_not_dissolve(unit, actor=actor, on=on, successor=successor))
    unit.dissolved_on, unit.successor = on, successor
    unit.save(update_fields=["dissolved_on", "successor"])
    for end in _ENDINGS:
        end(unit, actor, on)
    record(
        "organisation.unit_dissolved",
        subject=unit,
        actor=actor,
        unit=unit,
        also=[successor] if successor else [],
        on=on,
        successor=successor.name if successor else "",
    )
    return unit


@transaction.atomic
def restore_unit(unit: Unit, *, actor: Any, reason: str, expected: int) -> Unit:
    """Take a dissolution back; posts that ended with it stay ended. Raises ``Refused``."""
    _hold_structure()
    unit = lock(unit, expected=expected)
    refuse_if(policies.why_not_restore(unit, actor=actor, reason=reason))
    unit.dissolved_on, unit.successor = None, None
    unit.save(update_fields=["dissolved_on", "successor"])
    record(
        "organisation.unit_restored", subject=unit, actor=actor, unit=unit, reason=reason.strip()
    )
    return unit


@transaction.atomic
def add_alias(unit: Unit, *, actor: Any, text: str) -> UnitName | None:
    """Let the unit be known by another name from today; None when it is already."""
    _hold_structure()
    unit = lock(Unit.objects.get(pk=unit.pk))
    refuse_if(policies.why_not_alias(unit, text, actor=actor))
    if unit.names.filter(folded=fold(text), until_on=None).exists():
        return None
    name = _add_name(unit, NameKind.ALIAS, text, clock.today())
    record("organisation.alias_added", subject=unit, actor=actor, unit=unit, alias=name.text)
    return name


@transaction.atomic
def end_alias(name: UnitName, *, actor: Any) -> UnitName:
    """End an alias today; documents of earlier days still find the unit by it."""
    lock(Unit.objects.get(pk=name.unit_id))
    name = UnitName.objects.select_related("unit").get(pk=name.pk)
    refuse_if(policies.why_not_end_alias(name, actor=actor))
    name.until_on = clock.today()
    name.save(update_fields=["until_on"])
    unit = name.unit
    record("organisation.alias_ended", subject=unit, actor=actor, unit=unit, alias=name.text)
    return name


@transaction.atomic
def create_set(
    *,
    actor: Any,
    body: Unit,
    name: str,
    members: Iterable[Unit] = (),
    rule: SetRule = SetRule.LISTED,
    vague: bool = False,
) -> UnitSet:
    """Keep a name for several units of a body: those listed, or those a rule finds.

    A ``vague`` set says whom to choose from. A set of that name becomes this one instead.
    """
    rule, chosen = SetRule(rule), list(members)
    refuse_if(policies.why_not_set(body, name, rule, chosen, actor=actor))
    found, made = UnitSet.objects.get_or_create(
        body=body, folded=fold(name), defaults={"name": name.strip()}
    )
    return _fill_set(found, actor, rule, chosen, vague=vague, made=made)


@transaction.atomic
def set_members(
    found: UnitSet,
    *,
    actor: Any,
    members: Iterable[Unit] = (),
    rule: SetRule = SetRule.LISTED,
    vague: bool = False,
    expected: int,
) -> UnitSet:
    """Change who belongs to a set. Raises ``Refused``; ``expected`` is the version seen."""
    found = lock(found, expected=expected)
    rule, chosen = SetRule(rule), list(members)
    refuse_if(policies.why_not_set(found.body, found.name, rule, chosen, actor=actor))
    return _fill_set(found, actor, rule, chosen, vague=vague, made=False)


def _fill_set(
    found: UnitSet, actor: Any, rule: SetRule, members: list[Unit], *, vague: bool, made: bool
) -> UnitSet:
    found.rule, found.vague, found.ended_on = rule, vague, None
    found.save(update_fields=["rule", "vague", "ended_on"])
    found.members.set(members if rule is SetRule.LISTED else [])
    record(
        "organisation.set_created" if made else "organisation.set_changed",
        subject=found.body,
        actor=actor,
        unit=found.body,
        name=found.name,
        rule=rule.label,
        vague=vague,
        members=[unit.name for unit in found.members.all()],
    )
    return found


@transaction.atomic
def end_set(found: UnitSet, *, actor: Any, expected: int) -> UnitSet:
    """Put a set out of use from today; its name may be kept anew later."""
    found = lock(found, expected=expected)
    refuse_if(policies.why_not_end_set(found, actor=actor))
    found.ended_on = clock.today()
    found.save(update_fields=["ended_on"])
    body = found.body
    record("organisation.set_ended", subject=body, actor=actor, unit=body, name=found.name)
    return found
