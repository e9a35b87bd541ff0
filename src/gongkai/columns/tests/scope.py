"""For the walk over every address: what each address is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.columns import actions
from gongkai.columns.models import Pair, Upkeep
from gongkai.columns.states import Rhythm
from gongkai.columns.tests.factories import kept


def _upkeep(world: Any, own: bool) -> Upkeep:
    side = world.own if own else world.other
    found = Upkeep.objects.filter(body=side.body).first()
    return found or kept(side, name="收费", rhythm=Rhythm.CHANGES, amount=20)


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


def _upkeep_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _upkeep(world, own).pk}


def _pair_pk(world: Any, own: bool) -> dict[str, Any]:
    side, first = (world.own if own else world.other), _upkeep(world, own)
    found = Pair.objects.filter(first=first).first()
    if found is None:
        found = actions.pair(first, kept(side, name="绩效"), actor=side.openness_office)
    return {"pk": found.pk}


OFFICE = {Role.OPENNESS_OFFICE}
OFFICE_VERBS = ("set", "retire", "resume", "pair")
SAMPLES: dict[str, Any] = {
    **{f"columns:{name}": _nothing for name in ("overview", "take_over", "keep")},
    **{f"columns:{name}": _upkeep_pk for name in ("upkeep", "change", *OFFICE_VERBS)},
    "columns:unpair": _pair_pk,
}
ALLOWED: dict[str, Any] = {
    **{f"columns:{name}": set(SEES_WORK) for name in ("overview", "upkeep")},
    **{f"columns:{name}": OFFICE for name in ("take_over", "keep", "unpair", *OFFICE_VERBS)},
    "columns:change": {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE},
}
