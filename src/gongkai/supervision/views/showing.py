"""Charges as pages show them: state, light, facts, buttons; the section on a task's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.duties import api as duties
from gongkai.kernel.refusal import Refusal
from gongkai.programme.api import Panel, Task
from gongkai.supervision import policies, queries
from gongkai.supervision.forms import CloseForm, ReasonForm, ReplyForm
from gongkai.supervision.states import ChargeState, Kind, ReplyState
from gongkai.ui.parts import Act, Fact, Sign, Status

TONES = {
    ChargeState.OPEN: "wait",
    ChargeState.SIGNING: "plain",
    ChargeState.ANSWERED: "wait",
    ChargeState.CLOSED: "good",
    ChargeState.WITHDRAWN: "off",
}
REPLY_TONES = {
    ReplyState.SENT: "wait",
    ReplyState.RETURNED: "off",
    ReplyState.GIVEN: "plain",
    ReplyState.REFUSED: "off",
    ReplyState.ACCEPTED: "good",
}

Sent = Mapping[str, Form]
"""Forms that came back with errors, by verb."""


def state_of(charge: Any) -> Status:
    """The state with its tone."""
    state = ChargeState(charge.state)
    return Status(state.label, TONES[state])


def sign_of(charge: Any) -> Sign | None:
    """The light of the charge's clock; None where it has none."""
    duty = charge.duty
    if duty is None:
        return None
    return Sign(duty.light, duties.light_label(duty), duties.light_rule(duty), duty.due_on)


def panel(user: User, task: Task) -> Panel | None:
    """The section of a task's page: what was asked over it, what was answered."""
    found = queries.charges_of(user, task)
    if not found:
        return None
    rows = [{"charge": c, "status": state_of(c), "sign": sign_of(c)} for c in found]
    return Panel("charges", "督办和批示", "supervision/panel.html", {"rows": rows}, order=20)


def acts(user: User, task: Task) -> list[Act]:
    """The buttons of who may chase over this task."""
    found = []
    for kind in Kind:
        if not policies.may_issue(kind, user, task.programme.body):
            continue
        why = tuple(policies.why_not_begin(kind, task, actor=user))
        if any(refusal.code == "supervision.history" for refusal in why):
            continue
        url = reverse(f"supervision:{kind.value}", args=[task.pk])
        found.append(Act(kind.label, url, method="get", refusals=why))
    return found


def facts(charge: Any) -> list[Fact]:
    """What the record says of itself."""
    by = charge.issued_by.full_name
    if charge.issued_for is not None:
        by = f"{by}（代{charge.issued_for.full_name}）"
    found = [
        Fact("回复单位", charge.unit.name),
        Fact("发出人" if charge.kind == Kind.NOTICE else "批示人", by),
        Fact("时间", charge.issued_at),
        Fact("期限", f"{charge.days}个工作日内回复" if charge.days else "不限时"),
    ]
    if charge.conclusion:
        said = "核实情况" if charge.state == ChargeState.CLOSED else "撤回原因"
        found.append(Fact(said, charge.conclusion))
    return found


def replies(charge: Any) -> list[dict[str, Any]]:
    """The answers with their states."""
    return [
        {
            "row": row,
            "status": Status(ReplyState(row.state).label, REPLY_TONES[ReplyState(row.state)]),
        }
        for row in queries.replies_of(charge)
    ]


def charge_acts(user: User, charge: Any, sent: Sent) -> list[Act]:
    """The buttons of a charge for whom each is; nothing for who only looks."""
    seen = {"version": charge.version}
    found = []
    if policies.answers_for(user, charge.unit, charge.body):
        why = tuple(policies.why_not_reply(charge, actor=user))
        form = sent.get("reply") or ReplyForm(initial=seen)
        if not why or charge.state == ChargeState.SIGNING:
            found.append(_act("回复", "reply", charge, form, why, tone="primary"))
    if policies.judges(user, charge) and charge.state == ChargeState.ANSWERED:
        form = sent.get("close") or CloseForm(initial=seen)
        found.append(_act("闭环", "close", charge, form, (), tone="primary"))
        back = sent.get("send_back") or ReasonForm(initial=seen)
        found.append(_act("退回重办", "send_back", charge, back, ()))
    if policies.may_withdraw(user, charge) and charge.ended_at is None:
        form = sent.get("withdraw") or ReasonForm(initial=seen)
        found.append(_act("撤回", "withdraw", charge, form, (), tone="quiet"))
    return found


def _act(
    label: str, verb: str, charge: Any, form: Form, why: tuple[Refusal, ...], tone: Any = "plain"
) -> Act:
    url = reverse(f"supervision:{verb}", args=[charge.pk])
    return Act(label, url, form=None if why else form, refusals=why, tone=tone)
