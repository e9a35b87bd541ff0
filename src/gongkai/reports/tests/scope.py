"""For the walk over every address: what each address of reports is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.reports.models import Check
from gongkai.reports.tests import factories


def _check(world: Any, own: bool) -> Check:
    side = world.own if own else world.other
    return Check.objects.filter(body=side.body).first() or factories.checked_now(side)


def _check_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _check(world, own).pk}


def _finding_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _check(world, own).findings.get(agrees=False).pk}


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


SAMPLES: dict[str, Any] = {
    "reports:checks": _nothing,
    "reports:receive": _nothing,
    **dict.fromkeys(("reports:check", "reports:progress", "reports:again"), _check_pk),
    **dict.fromkeys(("reports:set_aside", "reports:take_up"), _finding_pk),
}

OFFICE = {Role.OPENNESS_OFFICE}
OVER_BODY = set(SEES_WORK) - {Role.OFFICER, Role.SECTION_HEAD}
"""Who sees a body as a whole, and so its reports."""

ALLOWED: dict[str, Any] = {
    "reports:checks": "all",
    **dict.fromkeys(("reports:check", "reports:progress"), OVER_BODY),
    **{f"reports:{name}": OFFICE for name in ("receive", "again", "set_aside", "take_up")},
}
