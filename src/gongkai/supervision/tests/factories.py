"""Charges for tests, made through the actions."""

from __future__ import annotations

from gongkai.accounts.tests.world import Side
from gongkai.approvals import api as approvals
from gongkai.programme.api import Task
from gongkai.programme.tests.factories import bound_now
from gongkai.supervision import actions
from gongkai.supervision.models import Charge


def a_task(side: Side) -> Task:
    """The task that the section alone leads; its document is bound at the first call."""
    found = Task.objects.filter(programme__body=side.body, row=6).first()
    return found or bound_now(side).tasks.get(row=6)


def issued(side: Side, **changes: object) -> Charge:
    """A notice of the openness office to the section."""
    values = {
        "tasks": [a_task(side)],
        "actor": side.openness_office,
        "unit": side.section,
        "text": "一季度检查未见结果，请说明原因并补办。",
        "days": 5,
    }
    values |= changes
    return actions.issue_notice(values.pop("tasks"), **values)


def instructed(side: Side, **changes: object) -> Charge:
    """An instruction of the deputy leader to the section."""
    values = {
        "task": a_task(side),
        "actor": side.deputy_leader,
        "units": [side.section],
        "text": "请科技科抓紧，月底前把栏目补齐。",
    }
    values |= changes
    return actions.instruct(values.pop("task"), **values)[0]


def replied(charge: Charge, side: Side, *, by: str = "officer", text: str = "已补办。") -> Charge:
    """The unit's answer, written by its officer unless said otherwise."""
    charge.refresh_from_db()
    actor = getattr(side, by)
    return actions.reply(charge, actor=actor, text=text, expected=charge.version)


def signed(charge: Charge, side: Side) -> Charge:
    """The head sends the answer; what the worker does follows at once."""
    step = approvals.waiting_for(side.section_head).select_related("round").get()
    actions.settle(approvals.sign(step, actor=side.section_head, digest=step.round.digest))
    charge.refresh_from_db()
    return charge


def answered(charge: Charge, side: Side) -> Charge:
    """The unit has answered and its head has sent it."""
    return signed(replied(charge, side), side)
