"""For the walk over every address: what each address of approvals is called with, who may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.accounts.api import Role
from gongkai.approvals.models import RoundStep
from gongkai.approvals.rules import Step
from gongkai.approvals.states import StepKind
from gongkai.approvals.tests.factories import CODE, FIRST, define, start


def _round(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    define(Step(StepKind.SIGN, Role.SECTION_HEAD, 1))
    made = start(
        world, unit=side.section, actor=side.officer, subject=f"tests.scope:{side.section.pk}"
    )
    return {"pk": made.pk}


def _step(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": RoundStep.objects.get(round=_round(world, own)["pk"]).pk}


def _chain(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    return {"body": side.body.pk, "code": "programme.acceptance"}


SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "approvals:waiting": lambda world, own: {},
    "approvals:signed": lambda world, own: {},
    "approvals:sent": lambda world, own: {},
    "approvals:chains": lambda world, own: {},
    "approvals:chain": _chain,
    "approvals:round": _round,
    "approvals:sign": _step,
    "approvals:return": _step,
    "approvals:hand_on": _step,
}
SEES = set(Role) - {Role.PLATFORM_ADMIN}
# Who sees a round may open its page; who is not asked to sign is refused with the reason.
ALLOWED: dict[str, Any] = {
    "approvals:waiting": "all",
    "approvals:signed": "all",
    "approvals:sent": "all",
    "approvals:chains": {Role.OPENNESS_OFFICE},
    "approvals:chain": {Role.OPENNESS_OFFICE},
    "approvals:round": SEES,
    "approvals:sign": SEES,
    "approvals:return": SEES,
    "approvals:hand_on": SEES,
}

__all__ = ["ALLOWED", "CODE", "FIRST", "SAMPLES"]
