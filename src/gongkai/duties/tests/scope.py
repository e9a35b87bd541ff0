"""For the walk over every address: what each address of duties is called with, who may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai.accounts.api import Role
from gongkai.duties.policies import ACTING
from gongkai.duties.rules import on_date
from gongkai.duties.tests.factories import make_duty


def _duty(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    return {"pk": make_duty(side.section, limit=on_date(date(2027, 6, 30))).pk}


def _body(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": (world.own if own else world.other).body.pk}


VERBS = ("pause", "resume", "extend", "reset", "set_date", "reassign")
WORKS = set(ACTING)
"""Who may change a clock of the section: its people, and whoever works for the body."""

SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "duties:mine": lambda world, own: {},
    "duties:all": lambda world, own: {},
    "duties:moved": lambda world, own: {"number": 1},
    "duties:why": _duty,
    "duties:ladder": lambda world, own: {},
    "duties:set_ladder": _body,
    **{f"duties:{verb}": _duty for verb in VERBS},
}
# The lists show each person what is in scope; a duty of another body is not found.
ALLOWED: dict[str, Any] = {
    "duties:mine": "all",
    "duties:all": "all",
    "duties:moved": "all",
    "duties:ladder": "all",
    "duties:set_ladder": {Role.OPENNESS_OFFICE},
    "duties:why": set(Role) - {Role.PLATFORM_ADMIN},
    **{f"duties:{verb}": WORKS for verb in VERBS},
}
