"""For the walk over every address: what each address is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.coordination.models import Asking
from gongkai.coordination.tests.factories import asked


def _asking(world: Any, own: bool) -> Asking:
    side = world.own if own else world.other
    found = Asking.objects.filter(item__unit=side.section).first()
    return found or asked(side, side.body)


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


def _asking_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _asking(world, own).pk}


def _edition_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _asking(world, own).edition_id}


DRAFTERS = {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE}
SAMPLES: dict[str, Any] = {
    "coordination:asked": _nothing,
    "coordination:ask": _edition_pk,
    **{
        f"coordination:{name}": _asking_pk
        for name in ("asking", "answer", "settle", "close", "take_back")
    },
}
ALLOWED: dict[str, Any] = {
    "coordination:asked": "all",
    "coordination:asking": set(SEES_WORK),
    "coordination:answer": {Role.OPENNESS_OFFICE},
    **{f"coordination:{name}": DRAFTERS for name in ("ask", "settle", "close", "take_back")},
}
