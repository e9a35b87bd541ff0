"""Handings as pages show them: where they stand, facts, buttons; the section on a task's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.duties import api as duties
from gongkai.kernel.refusal import Refusal
from gongkai.programme.api import Panel, Task, TaskState
from gongkai.supervision import policies, queries
from gongkai.supervision.forms import AnswerForm, QuestionForm, ReasonForm, TakeForm
from gongkai.supervision.states import HandingState
from gongkai.ui.parts import Act, Fact, Sign, Status

TONES = {
    HandingState.OFFERED: "wait",
    HandingState.ASKED: "wait",
    HandingState.TAKEN: "plain",
    HandingState.WITHDRAWN: "off",
}

Sent = Mapping[str, Form]
"""Forms that came back with errors, by verb."""


@dataclass(frozen=True)
class ShownHanding:
    """A handing as its superior sees it: state, units, light with its day, how much is done."""

    handing: Any
    status: Status
    units: str
    sign: Sign | None
    percent: int | None
    opens: bool
    """Whether this person may open the subordinate's task by their own scope."""


def state_of(handing: Any) -> Status:
    """The state of a handing; once taken, that of the task it became."""
    state = HandingState(handing.state)
    if state is HandingState.TAKEN and handing.taken is not None:
        done = handing.taken.state == TaskState.DONE
        return Status(handing.taken.get_state_display(), "good" if done else "plain")
    return Status(state.label, TONES[state])


def shown(user: User, found: list[Any]) -> list[ShownHanding]:
    """Show handings with how they stand below; the number of queries does not grow with them."""
    standings = queries.standings(found)
    opens = queries.opens(user, [h.taken_id for h in found if h.taken_id])
    return [_shown(one, standings.get(one.pk), one.taken_id in opens) for one in found]


def _shown(handing: Any, standing: Any, opens: bool) -> ShownHanding:
    duty = standing.duty if standing else None
    sign = (
        Sign(duty.light, duties.light_label(duty), duties.light_rule(duty), duty.due_on)
        if duty
        else None
    )
    return ShownHanding(
        handing,
        state_of(handing),
        standing.units if standing else "",
        sign,
        standing.percent if standing else None,
        opens,
    )


def panel(user: User, task: Task) -> Panel | None:
    """The section of a task's page: to whom it was handed, or from whom it came."""
    below = queries.handings_of(task)
    above = queries.handed_from(task)
    if not below and above is None:
        return None
    context = {
        "rows": shown(user, below),
        "above": above,
        "opens_above": bool(above and queries.opens(user, [above.task_id])),
    }
    return Panel("handings", "上下级交办", "supervision/handings_panel.html", context, order=25)


def acts(user: User, task: Task) -> list[Act]:
    """The button of the office where there is a body below to hand the task to."""
    why = tuple(policies.why_not_hand_down_from(task, actor=user))
    if any(refusal.code != "supervision.task_ended" for refusal in why):
        return []
    if not policies.subordinates(task.programme.body).exists():
        return []
    url = reverse("supervision:hand_down", args=[task.pk])
    return [Act("交办下级", url, method="get", refusals=why)]


def facts(handing: Any) -> list[Fact]:
    """What the record says of itself."""
    found = [
        Fact("交办单位", handing.task.programme.body.name),
        Fact("接收单位", handing.body.name),
        Fact("上级完成时间", handing.due_on or "按上级安排"),
        Fact("交办时间", handing.offered_at),
        Fact("经手人", handing.offered_by.full_name),
    ]
    said = (("补充说明", handing.note), ("疑问", handing.question), ("答复", handing.answer))
    return found + [Fact(label, text) for label, text in said if text]


def handing_acts(user: User, handing: Any, sent: Sent) -> list[Act]:
    """The buttons of a handing for whom each is."""
    seen = {"version": handing.version}
    found = []
    if policies.receives_for(user, handing.body) and handing.state == HandingState.OFFERED:
        why = tuple(policies.why_not_receive("take", handing, actor=user))
        take = sent.get("take") or take_form(handing, None)
        found.append(_act("接收", "take", handing, take, why, tone="primary"))
        ask = sent.get("ask_back") or QuestionForm(initial=seen)
        found.append(_act("提出疑问", "ask_back", handing, ask, why))
    for verb, label, form in (
        ("answer", "答复", AnswerForm(initial=seen)),
        ("withdraw", "撤回交办", ReasonForm(initial=seen)),
    ):
        if not any(policies.why_not_offer(verb, handing, actor=user)):
            name = "withdraw_handing" if verb == "withdraw" else verb
            tone = "primary" if verb == "answer" else "quiet"
            found.append(_act(label, name, handing, sent.get(name) or form, (), tone=tone))
    return found


def take_form(handing: Any, data: Any) -> TakeForm:
    """The form of taking, with the body's units and the superior's day."""
    units = [(unit.pk, unit.name) for unit in queries.places(handing.body)]
    initial = {"version": handing.version, "on": handing.due_on}
    return TakeForm(data, units=units, initial=initial)


def _act(
    label: str, verb: str, handing: Any, form: Form, why: tuple[Refusal, ...], tone: Any = "plain"
) -> Act:
    url = reverse(f"supervision:{verb}", args=[handing.pk])
    return Act(label, url, form=None if why else form, refusals=why, tone=tone)
