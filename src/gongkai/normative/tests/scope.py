"""For the walk over every address: what each address is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import Role
from gongkai.normative import actions
from gongkai.normative.models import Relation
from gongkai.normative.states import RelationKind
from gongkai.normative.tests.factories import drafted, in_force, registered


def _relation(world: Any, own: bool) -> Relation:
    side = world.own if own else world.other
    found = Relation.objects.filter(later__unit=side.section).first()
    if found is None:
        earlier, later = in_force(side), drafted(side)
        registered(side, later)
        how = {"actor": side.officer, "kind": RelationKind.REPLACES}
        found = actions.relate(later.item, earlier.item, **how)
    return found


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


def _item_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _relation(world, own).earlier_id}


def _relation_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _relation(world, own).pk}


DRAFTERS = {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE}
SAMPLES: dict[str, Any] = {
    "normative:documents": _nothing,
    **{f"normative:{name}": _item_pk for name in ("register", "relate", "decide", "correct")},
    "normative:unrelate": _relation_pk,
}
ALLOWED: dict[str, Any] = {
    "normative:documents": "all",
    **{f"normative:{name}": DRAFTERS for name in ("register", "relate", "decide", "unrelate")},
    "normative:correct": {Role.OPENNESS_OFFICE},
}
