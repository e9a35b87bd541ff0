"""For the walk over every address: what each address of submissions is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.submissions.models import Requirement
from gongkai.submissions.tests import factories


def _requirement(world: Any, own: bool) -> Requirement:
    side = world.own if own else world.other
    found = Requirement.objects.filter(owner=side.section).first()
    return found or factories.quarterly(side)


def _requirement_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _requirement(world, own).pk}


def _round_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": factories.first(_requirement(world, own)).pk}


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


ROUND = ("round", "send", "receive", "return")
SAMPLES: dict[str, Any] = {
    "submissions:rounds": _nothing,
    "submissions:require": _nothing,
    **{f"submissions:{name}": _requirement_pk for name in ("requirement", "open_year", "end")},
    **{f"submissions:{name}": _round_pk for name in ROUND},
}
OFFICE = {Role.OPENNESS_OFFICE}
ALLOWED: dict[str, Any] = {
    "submissions:rounds": "all",
    **{f"submissions:{name}": set(SEES_WORK) for name in ("requirement", "round")},
    **{f"submissions:{name}": OFFICE for name in ("require", "open_year", "end")},
    **{f"submissions:{name}": {Role.OFFICER, Role.SECTION_HEAD, *OFFICE} for name in ROUND[1:]},
}
