"""For the walk over every address: what each address of supervision is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.supervision.models import Charge, Handing
from gongkai.supervision.tests import factories


def _charge(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    found = Charge.objects.filter(body=side.body).first() or factories.issued(side)
    return {"pk": found.pk}


def _handing(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    found = Handing.objects.filter(task__programme__body=side.body).first()
    return {"pk": (found or factories.handed(side)).pk}


def _task(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": factories.a_task(world.own if own else world.other).pk}


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


OFFICE = {Role.OPENNESS_OFFICE}
SAMPLES: dict[str, Any] = {
    "supervision:charges": _nothing,
    **{f"supervision:{name}": _charge for name in ("charge", "reply")},
    **{f"supervision:{name}": _charge for name in ("close", "send_back", "withdraw")},
    **{f"supervision:{name}": _task for name in ("notice", "instruction", "hand_down")},
    "supervision:handings": _nothing,
    **{f"supervision:{name}": _handing for name in ("handing", "take", "ask_back")},
    **{f"supervision:{name}": _handing for name in ("answer", "withdraw_handing")},
}
ALLOWED: dict[str, Any] = {
    "supervision:charges": "all",
    "supervision:charge": set(SEES_WORK),
    "supervision:reply": {Role.OFFICER, Role.SECTION_HEAD},
    **{f"supervision:{name}": OFFICE for name in ("close", "send_back", "withdraw", "notice")},
    "supervision:hand_down": OFFICE,
    "supervision:handings": "all",
    "supervision:handing": set(SEES_WORK),
    # What is handed down is taken by the body below alone, not by the superior's own people.
    **{f"supervision:{name}": set() for name in ("take", "ask_back")},
    **{f"supervision:{name}": OFFICE for name in ("answer", "withdraw_handing")},
    "supervision:instruction": {Role.DEPUTY_LEADER, Role.LEADER},
}
