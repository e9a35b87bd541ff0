"""Why a unit, a name or a set may not be changed, and who sees which units; changes nothing.

Accounts stand above the organisation, so the question "who is this?" comes through ``set_gate``:
accounts answer it when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation import rules
from gongkai.organisation.models import Unit, UnitName, UnitSet
from gongkai.organisation.rules import fold
from gongkai.organisation.states import PARENTS, NameKind, SetRule, UnitKind

Gate = Callable[[Any, Unit | None], bool]
Sight = Callable[[Any], Sequence[str]]
_GATE: list[Gate] = []
_SIGHT: list[Sight] = []

NOT_YOURS = Refusal(
    "organisation.not_yours", "只有本机关的平台管理员或政务公开办可以调整单位，请联系他们。"
)
NO_NAME = Refusal("organisation.no_name", "请填写名称。")


def set_gate(gate: Gate, sight: Sight | None = None) -> None:
    """Declare who answers whether a person may change a unit (None: the top of the tree).

    ``sight`` answers the paths of the units whose records a person may open.
    """
    _GATE[:] = [gate]
    _SIGHT[:] = [sight] if sight else []


def may_change(actor: Any, unit: Unit | None) -> bool:
    """Say whether the person may change the unit; the system itself (None) may."""
    return actor is None or (bool(_GATE) and _GATE[0](actor, unit))


def visible_to(user: Any) -> QuerySet[Unit]:
    """Return the units whose records the person may open."""
    found = Q(pk__in=[])
    for path in _SIGHT[0](user) if _SIGHT else ():
        found |= Q(path__startswith=path)
    return Unit.objects.filter(found)


def may_see_structure(user: Any) -> bool:
    """Say whether the person may open the organisation's pages at all."""
    return bool(_SIGHT and _SIGHT[0](user))


def why_not_change(unit: Unit | None, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person may not change the unit at all."""
    if not may_change(actor, unit):
        yield NOT_YOURS
    if unit is not None and unit.dissolved_on is not None and unit.dissolved_on <= clock.today():
        yield Refusal("organisation.dissolved", f"“{unit.name}”已撤销，不能再改。可以先恢复。")


def why_not_create(
    parent: Unit | None, kind: UnitKind, name: str, *, actor: Any, on: date
) -> Iterator[Refusal]:
    """Say why a unit of this kind and name may not be set up here on the day."""
    yield from why_not_change(parent, actor=actor)
    yield from _why_not_here(kind, parent)
    if parent is not None and on < parent.founded_on:
        yield Refusal(
            "organisation.before_founding", f"设立日期早于上级“{parent.name}”的设立日期，请核对。"
        )
    yield from why_not_name(name, parent)


def _why_not_here(kind: UnitKind, parent: Unit | None) -> Iterator[Refusal]:
    if (UnitKind(parent.kind) if parent else None) not in PARENTS[kind]:
        where = UnitKind(parent.kind).label if parent else "最上级"
        yield Refusal("organisation.wrong_place", f"{kind.label}不能设在{where}之下。")


def why_not_name(name: str, parent: Unit | None, unit: Unit | None = None) -> Iterator[Refusal]:
    """Say why a unit may not bear this full name beside its siblings."""
    if not fold(name):
        yield NO_NAME
        return
    twins = UnitName.objects.filter(
        Q(unit__dissolved_on=None) | Q(unit__dissolved_on__gt=clock.today()),
        folded=fold(name),
        until_on=None,
        unit__parent=parent,
        kind=NameKind.FULL,
    )
    if twins.exclude(unit=unit).exists():
        yield Refusal(
            "organisation.name_taken", f"同级已有“{name.strip()}”，请核对，或换一个名称。"
        )


def why_not_rename(unit: Unit, *, actor: Any, name: str, on: date) -> Iterator[Refusal]:
    """Say why the unit may not bear a new full name from the day on."""
    yield from why_not_change(unit, actor=actor)
    yield from why_not_name(name, unit.parent, unit)
    latest = unit.names.filter(until_on=None).order_by("-from_on").first()
    if latest is not None and on < latest.from_on:
        yield Refusal(
            "organisation.before_name",
            f"更名日期早于现在名称的起用日期（{latest.from_on.isoformat()}），请核对。",
        )


def why_not_move(unit: Unit, parent: Unit, *, actor: Any) -> Iterator[Refusal]:
    """Say why the unit may not come to stand under the parent."""
    yield from why_not_change(unit, actor=actor)
    yield from why_not_change(parent, actor=actor)
    if rules.would_turn_in_a_circle(unit.path, parent.path):
        yield Refusal("organisation.circle", "不能把单位调到它自己或它的下级之下。")
    elif unit.parent_id == parent.pk:
        yield Refusal("organisation.already_there", f"“{unit.name}”已经在“{parent.name}”之下。")
    yield from _why_not_here(UnitKind(unit.kind), parent)
    yield from why_not_name(unit.name, parent, unit)


def why_not_dissolve(
    unit: Unit, *, actor: Any, on: date, successor: Unit | None
) -> Iterator[Refusal]:
    """Say why the unit may not be dissolved on the day."""
    yield from why_not_change(unit, actor=actor)
    if on <= unit.founded_on:
        yield Refusal("organisation.before_founding", "撤销日期要晚于设立日期，请核对。")
    below = unit.children.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=on))
    names = [child.name for child in below.order_by("path")[:3]]
    if names:
        words = "、".join(names)
        yield Refusal("organisation.has_children", f"还有下级单位（{words}等），请先撤销或调走。")
    if successor is not None and (successor.pk == unit.pk or not successor.lives_on(on)):
        yield Refusal(
            "organisation.wrong_successor", "承接单位必须是另一个仍在的单位，请重新选择。"
        )


def why_not_restore(unit: Unit, *, actor: Any, reason: str) -> Iterator[Refusal]:
    """Say why the unit's dissolution may not be taken back."""
    if not may_change(actor, unit):
        yield NOT_YOURS
    if unit.dissolved_on is None:
        yield Refusal("organisation.not_dissolved", "这个单位没有撤销，不用恢复。")
    if not reason.strip():
        yield Refusal("organisation.no_reason", "请写明恢复的原因。")
    parent = unit.parent
    if parent is not None and not parent.lives_on(clock.today()):
        yield Refusal("organisation.parent_gone", f"上级“{parent.name}”已撤销，请先恢复上级。")
    yield from why_not_name(unit.name, parent, unit)


def why_not_alias(unit: Unit, text: str, *, actor: Any) -> Iterator[Refusal]:
    """Say why the unit may not be known by this other name."""
    yield from why_not_change(unit, actor=actor)
    if not fold(text):
        yield NO_NAME
        return
    other = (
        UnitName.objects.filter(
            Q(unit__dissolved_on=None) | Q(unit__dissolved_on__gt=clock.today()),
            folded=fold(text),
            until_on=None,
            unit__body=unit.body_id,
        )
        .exclude(unit=unit)
        .select_related("unit")
        .first()
    )
    if other is not None:
        yield Refusal(
            "organisation.name_taken",
            f"“{text.strip()}”已经是“{other.unit.name}”的名称，请先停用那个名称。",
        )


def why_not_end_alias(name: UnitName, *, actor: Any) -> Iterator[Refusal]:
    """Say why a name may not be ended by itself."""
    yield from why_not_change(name.unit, actor=actor)
    if name.kind != NameKind.ALIAS:
        yield Refusal("organisation.not_an_alias", "全称和简称不能停用，请用“更名”。")
    if name.until_on is not None:
        yield Refusal("organisation.alias_over", "这个别名已经停用。")


def why_not_set(
    body: Unit, name: str, rule: SetRule, members: Iterable[Unit], *, actor: Any
) -> Iterator[Refusal]:
    """Say why a set of units of this name and membership may not be kept for the body."""
    yield from why_not_change(body, actor=actor)
    if body.kind != UnitKind.BODY:
        yield Refusal("organisation.not_a_body", "单位合称要登记在机关之下，请选择机关。")
    if not fold(name):
        yield NO_NAME
    elif _bearer_of(name, body) is not None:
        yield Refusal("organisation.name_taken", f"“{name.strip()}”是一个单位的名称，请换一个。")
    yield from why_not_members(body, rule, list(members))


def _bearer_of(name: str, body: Unit) -> UnitName | None:
    return UnitName.objects.filter(folded=fold(name), until_on=None, unit__body=body).first()


def why_not_members(body: Unit, rule: SetRule, members: list[Unit]) -> Iterator[Refusal]:
    """Say why these may not be the members of a set of the body."""
    if rule is SetRule.LISTED and not members:
        yield Refusal("organisation.no_members", "请至少选择一个单位。")
    outside = [m.name for m in members if not m.path.startswith(body.path)]
    if outside:
        yield Refusal(
            "organisation.outside", f"“{outside[0]}”不属于“{body.name}”，请只选本机关的单位。"
        )


def why_not_end_set(found: UnitSet, *, actor: Any) -> Iterator[Refusal]:
    """Say why a set may not be put out of use."""
    yield from why_not_change(found.body, actor=actor)
    if found.ended_on is not None:
        yield Refusal("organisation.set_over", "这个合称已经停用。")
