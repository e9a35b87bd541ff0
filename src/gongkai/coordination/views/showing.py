"""How askings are shown: the section on an item's page, the buttons of each; no law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.forms import Form
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.coordination import policies, queries
from gongkai.coordination.forms import AnswerForm, AskForm, ReasonForm, SettleForm
from gongkai.coordination.queries import Asking
from gongkai.coordination.states import TONES, Answer, AskingState
from gongkai.publications import api as publications
from gongkai.publications.api import Edition
from gongkai.ui.parts import Act, Panel, Sign, Status

Sent = Mapping[str, Form]
"""Forms that came back with errors, by verb."""


@dataclass(frozen=True)
class Shown:
    """An asking with its state, its clock and its buttons."""

    row: Asking
    state: Status
    sign: Sign | None
    acts: list[Act]


def panel(user: User, edition: Edition) -> Panel | None:
    """Return the section about who is asked, for those who work on the item."""
    item = edition.item
    found = [shown(one, user, {}) for one in queries.askings_of(item)]
    act = ask_act(edition, user, {})
    if not found and act is None:
        return None
    context = {"askings": found, "act": act}
    return Panel("coordination", "征求意见", "coordination/_panel.html", context, 22)


def ask_act(edition: Edition, user: User, sent: Sent) -> Act | None:
    """Return the button to ask; None where nobody may or needs to."""
    item = edition.item
    if not publications.may_change(user, item):
        return None
    if edition.state not in publications.OPEN_TO_CHANGE:
        return None
    form = sent.get("ask") or AskForm(
        units=queries.unit_choices(item), initial={"days": settings.COORDINATION_DAYS}
    )
    return Act(
        "征求其他单位意见",
        reverse("coordination:ask", args=[edition.pk]),
        form=form,
        hint="稿子涉及别的单位职责的，先征求意见。对方只看到现在保存的这一稿。",
    )


def shown(row: Asking, user: User, sent: Sent) -> Shown:
    """Return an asking as the user sees it."""
    duty = row.duty
    sign = None
    if AskingState(row.state) is AskingState.OPEN:
        sign = Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)
    return Shown(row, status_of(row), sign, list(acts(row, user, sent)))


def status_of(row: Asking) -> Status:
    """Say how far an asking is, by its answer once there is one."""
    label = Answer(row.answer).label if row.answer else AskingState(row.state).label
    return Status(label, _tone(row))


def _tone(row: Asking) -> str:
    if row.answer and Answer(row.answer).wants_reasons and row.state == AskingState.ANSWERED:
        return "wait"
    return TONES[AskingState(row.state)]


def acts(row: Asking, user: User, sent: Sent) -> Iterator[Act]:
    """Yield what the drafting section may do about an asking."""
    if not publications.may_change(user, row.item):
        return
    hidden = {"version": row.version}
    if row.state == AskingState.ANSWERED and Answer(row.answer).wants_reasons:
        form = sent.get("settle") or SettleForm(prefix=f"s{row.pk}")
        yield Act("写采纳情况", _url("settle", row), form=form, hidden=hidden, tone="primary")
    if row.state != AskingState.OPEN:
        return
    reason = "写明情况的理由"
    why = [
        one
        for one in policies.why_not_close(row, actor=user, reason=reason)
        if one.code == "coordination.not_due"
    ]
    form = sent.get("close") or ReasonForm(prefix=f"c{row.pk}")
    yield Act("逾期未复，结束", _url("close", row), form=form, hidden=hidden, refusals=why)
    form = sent.get("take_back") or ReasonForm(prefix=f"t{row.pk}")
    yield Act("收回", _url("take_back", row), form=form, hidden=hidden, tone="quiet")


def answer_act(row: Asking, user: User, sent: Sent) -> Act | None:
    """Return the button to answer, for those who speak for the unit."""
    if row.state != AskingState.OPEN or not policies.may_answer(user, row):
        return None
    form = sent.get("answer") or AnswerForm()
    return Act(
        "答复", _url("answer", row), form=form, hidden={"version": row.version}, tone="primary"
    )


def _url(verb: str, row: Asking) -> str:
    return reverse(f"coordination:{verb}", args=[row.pk])
