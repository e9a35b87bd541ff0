"""For the walk over every address: what each address is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.interpretations.models import Material
from gongkai.interpretations.tests.factories import begun, policy


def _material(world: Any, own: bool) -> Material:
    side = world.own if own else world.other
    found = Material.objects.filter(policy__unit=side.section).first()
    return found or begun(side, policy(side).item)


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


def _policy_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _material(world, own).policy_id}


def _material_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _material(world, own).pk}


DRAFTERS = {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE}
SAMPLES: dict[str, Any] = {
    **{f"interpretations:{name}": _nothing for name in ("year", "rule")},
    **{
        f"interpretations:{name}": _policy_pk
        for name in ("clauses", "plan", "interpret", "except", "safeguard")
    },
    **{f"interpretations:{name}": _material_pk for name in ("material", "unlink")},
}
ALLOWED: dict[str, Any] = {
    **{f"interpretations:{name}": set(SEES_WORK) for name in ("year", "clauses", "material")},
    "interpretations:rule": {Role.OPENNESS_OFFICE},
    **{
        f"interpretations:{name}": DRAFTERS for name in ("plan", "interpret", "safeguard", "unlink")
    },
    "interpretations:except": {Role.LEADER, Role.DEPUTY_LEADER},
}
