"""Every change to units, names and sets. One verb, one function, one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation import policies
from gongkai.organisation.models import Unit, UnitName, UnitSet
from gongkai.organisation.rules import fold, path_under
from gongkai.organisation.states import NameKind, UnitKind


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
    """Set up a unit under a parent (None: at the top) from a day on. Raises ``Refused``."""
    kind = UnitKind(kind)
    refuse_if(policies.why_not_create(parent, kind, name, actor=actor))
    name, day = name.strip(), on or clock.today()
    unit = Unit.objects.create(
        parent=parent,
        kind=kind,
        name=name,
        short=short_name.strip() or name,
        founded_on=day,
        path="",
    )
    unit.path = path_under(parent.path if parent else "", unit.pk)
    unit.body = unit if kind is UnitKind.BODY else (parent.body if parent else None)
    unit.save(update_fields=["path", "body"])
    _add_name(unit, NameKind.FULL, name, day)
    if short_name.strip():
        _add_name(unit, NameKind.SHORT, short_name, day)
    for alias in aliases:
        _add_name(unit, NameKind.ALIAS, alias, day)
    record("organisation.unit_created", subject=unit, actor=actor, unit=unit, name=name)
    return unit


def _add_name(unit: Unit, kind: NameKind, text: str, day: date) -> UnitName:
    text = text.strip()
    return UnitName.objects.create(unit=unit, kind=kind, text=text, folded=fold(text), from_on=day)


@transaction.atomic
def rename_unit(
    unit: Unit, *, actor: Any, name: str, short_name: str = "", on: date, expected: int
) -> Unit:
    """Give the unit a new name from a day on; the old one stays known until then."""
    unit = lock(unit, expected=expected)
    refuse_if(policies.why_not_change(unit, actor=actor))
    refuse_if(policies.why_not_name(name, unit.parent, unit))
    before = unit.name
    for kind, text in ((NameKind.FULL, name), (NameKind.SHORT, short_name)):
        unit.names.filter(kind=kind, until_on=None).update(until_on=on)
        if text.strip():
            _add_name(unit, kind, text, on)
    unit.name, unit.short = name.strip(), short_name.strip() or name.strip()
    unit.save(update_fields=["name", "short"])
    record(
        "organisation.unit_renamed",
        subject=unit,
        actor=actor,
        unit=unit,
        before=before,
        after=unit.name,
        on=on,
    )
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, actor: Any, parent: Unit, expected: int) -> Unit:
    """Put the unit with all below it under another parent, in one step."""
    unit = lock(unit, expected=expected)
    refuse_if(policies.why_not_move(unit, parent, actor=actor))
    before = unit.path
    after = path_under(parent.path, unit.pk)
    below = Unit.objects.filter(path__startswith=before)
    moved = Concat(Value(after), Substr("path", len(before) + 1))
    below.update(path=moved, version=F("version") + 1)
    if unit.kind != UnitKind.BODY and unit.body_id != parent.body_id:
        Unit.objects.filter(path__startswith=after, body=unit.body_id).update(body=parent.body_id)
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.refresh_from_db()
    record(
        "organisation.unit_moved", subject=unit, actor=actor, unit=unit, before=before, after=after
    )
    return unit


@transaction.atomic
def dissolve_unit(
    unit: Unit, *, actor: Any, on: date, expected: int, successor: Unit | None = None
) -> Unit:
    """Dissolve the unit from a day on; it stays readable, and its successor is named."""
    unit = lock(unit, expected=expected)
    refuse_if(policies.why_not_dissolve(unit, actor=actor, on=on, successor=successor))
    unit.dissolved_on, unit.successor = on, successor
    unit.save(update_fields=["dissolved_on", "successor"])
    record(
        "organisation.unit_dissolved",
        subject=unit,
        actor=actor,
        unit=unit,
        on=on,
        successor=successor.name if successor else "",
    )
    return unit


@transaction.atomic
def add_alias(unit: Unit, *, actor: Any, text: str) -> UnitName | None:
    """Let the unit be known by another name from today; None when it is already."""
    unit = lock(unit)
    refuse_if(policies.why_not_alias(unit, text, actor=actor))
    if unit.names.filter(folded=fold(text), until_on=None).exists():
        return None
    name = _add_name(unit, NameKind.ALIAS, text, clock.today())
    record("organisation.alias_added", subject=unit, actor=actor, unit=unit, alias=name.text)
    return name


@transaction.atomic
def create_set(*, actor: Any, body: Unit, name: str, members: Iterable[Unit]) -> UnitSet:
    """Name a set of units of a body; a set of that name gets these members instead."""
    refuse_if(policies.why_not_change(body, actor=actor))
    chosen = list(members)
    found, made = UnitSet.objects.get_or_create(
        body=body, folded=fold(name), defaults={"name": name.strip()}
    )
    found.members.set(chosen)
    event = "organisation.set_created" if made else "organisation.set_changed"
    record(
        event,
        subject=body,
        actor=actor,
        unit=body,
        name=found.name,
        members=[unit.name for unit in chosen],
    )
    return found
