"""Chains and rounds for the tests, made through the actions."""

from __future__ import annotations

import hashlib
from typing import Any

from gongkai.accounts.api import Role
from gongkai.approvals import actions, queries
from gongkai.approvals.models import Round, RoundStep
from gongkai.approvals.rules import Step
from gongkai.approvals.states import StepKind

CODE = "tests.publish"
SUBJECT = "tests.paper:1"
HEAD = Step(StepKind.SIGN, Role.SECTION_HEAD, 1, four_eyes=True)
CLEAR = Step(StepKind.CLEAR_SECRECY, Role.SECRECY_REVIEWER, 2, at_body=True)
DEPUTY = Step(StepKind.SIGN, Role.DEPUTY_LEADER, 2, at_body=True, four_eyes=True)
LEADER = Step(StepKind.APPROVE, Role.LEADER, 3, at_body=True)
FULL = (HEAD, CLEAR, DEPUTY, LEADER)


def digest(text: str) -> str:
    """The hash that stands for a version."""
    return hashlib.sha256(text.encode()).hexdigest()


FIRST, SECOND = digest("第一稿"), digest("第二稿")


def countersign(*units: Any, keeps: bool = False, turn: int = 1) -> Step:
    """A countersignature by the heads of other units."""
    keys = tuple(unit.pk for unit in units)
    return Step(StepKind.COUNTERSIGN, Role.SECTION_HEAD, turn, keeps=keeps, units=keys)


def define(*steps: Step, code: str = CODE) -> None:
    """Set the chain of the tests."""
    actions.define_chain(actor=None, code=code, name="信息发布", steps=steps or FULL)


def start(world: Any, version: str = FIRST, **more: Any) -> Round:
    """Send a version of the section's paper round."""
    given = {
        "chain": CODE,
        "subject": SUBJECT,
        "digest": version,
        "unit": world.own.section,
        "actor": world.own.officer,
        "title": "公开指南",
        "url": "/",
    }
    return actions.start_round(**{**given, **more})


def step_of(round_: Round, kind: StepKind, nth: int = 0) -> RoundStep:
    """The nth step of a kind, as it stands now."""
    rows = round_.steps.filter(kind=kind).select_related("round", "unit", "person", "handed_by")
    return rows.order_by("order")[nth]


def sign_all(world: Any, round_: Round) -> Round:
    """Sign every step by who holds its role in the body of the round."""
    while steps := list(queries.ready_steps(round_)):
        for step in steps:
            side = world.own if step.unit.path.startswith(world.own.body.path) else world.other
            actions.sign(step, actor=side.people[Role(step.role)], digest=round_.digest)
    return Round.objects.get(pk=round_.pk)
