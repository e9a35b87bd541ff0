"""Why a unit may not be made, renamed, moved or dissolved; who may is asked of a gate.

Accounts stand above the organisation, so the question "who is this?" comes through
``set_gate``: accounts answer it when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from gongkai.kernel.refusal import Refusal
from gongkai.organisation.models import Unit, UnitName
from gongkai.organisation.rules import fold, would_turn_in_a_circle
from gongkai.organisation.states import PARENTS, NameKind, UnitKind

Gate = Callable[[Any, Unit | None], bool]
_GATE: list[Gate] = []


def set_gate(gate: Gate) -> None:
    """Declare who answers whether a person may change a unit (None: the top of the tree)."""
    _GATE[:] = [gate]


def may_change(actor: Any, unit: Unit | None) -> bool:
    """Say whether the person may change the unit; the system itself (None) may."""
    return actor is None or (bool(_GATE) and _GATE[0](actor, unit))


def why_not_change(unit: Unit | None, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person may not change the unit at all."""
    if not may_change(actor, unit):
        yield Refusal("organisation.not_yours", "只有平台管理员或本机关政务公开办可以调整单位。")
    if unit is not None and unit.dissolved_on is not None:
        yield Refusal("organisation.dissolved", f"“{unit.name}”已撤销，不能再改。")


def why_not_create(
    parent: Unit | None, kind: UnitKind, name: str, *, actor: Any
) -> Iterator[Refusal]:
    """Say why a unit of this kind and name may not be set up here."""
    yield from why_not_change(parent, actor=actor)
    if (UnitKind(parent.kind) if parent else None) not in PARENTS[kind]:
        yield Refusal("organisation.wrong_place", f"{kind.label}不能设在这里。")
    yield from why_not_name(name, parent)


def why_not_name(name: str, parent: Unit | None, unit: Unit | None = None) -> Iterator[Refusal]:
    """Say why a unit may not bear this name beside its siblings."""
    if not name.strip():
        yield Refusal("organisation.no_name", "请填写单位名称。")
        return
    twins = UnitName.objects.filter(
        folded=fold(name),
        until_on=None,
        unit__parent=parent,
        unit__dissolved_on=None,
        kind=NameKind.FULL,
    )
    if twins.exclude(unit=unit).exists():
        yield Refusal("organisation.name_taken", f"同级已有“{name.strip()}”。")


def why_not_move(unit: Unit, parent: Unit, *, actor: Any) -> Iterator[Refusal]:
    """Say why the unit may not come to stand under the parent."""
    yield from why_not_change(unit, actor=actor)
    yield from why_not_change(parent, actor=actor)
    if would_turn_in_a_circle(unit.path, parent.path):
        yield Refusal("organisation.circle", "不能把单位调到它自己或它的下级之下。")
    if UnitKind(parent.kind) not in PARENTS[UnitKind(unit.kind)]:
        yield Refusal("organisation.wrong_place", f"{UnitKind(unit.kind).label}不能设在这里。")
    yield from why_not_name(unit.name, parent, unit)


def why_not_dissolve(
    unit: Unit, *, actor: Any, on: date, successor: Unit | None
) -> Iterator[Refusal]:
    """Say why the unit may not be dissolved on the day."""
    yield from why_not_change(unit, actor=actor)
    if on < unit.founded_on:
        yield Refusal("organisation.before_founding", "撤销日期早于设立日期，请核对。")
    living = unit.children.filter(dissolved_on=None)
    if living.exists():
        yield Refusal("organisation.has_children", "还有下级单位，请先撤销或调走它们。")
    if successor is not None and (successor.pk == unit.pk or successor.dissolved_on):
        yield Refusal("organisation.wrong_successor", "承接单位必须是另一个仍在的单位。")


def why_not_alias(unit: Unit, text: str, *, actor: Any) -> Iterator[Refusal]:
    """Say why the unit may not be known by this other name."""
    yield from why_not_change(unit, actor=actor)
    if not text.strip():
        yield Refusal("organisation.no_name", "请填写别名。")
        return
    other = (
        UnitName.objects.filter(folded=fold(text), until_on=None, unit__body=unit.body_id)
        .exclude(unit=unit)
        .select_related("unit")
        .first()
    )
    if other is not None:
        sentence = f"“{text.strip()}”已经是“{other.unit.name}”的名称。"
        yield Refusal("organisation.name_taken", sentence)
