"""Puts a round into the values that components show: facts, the chain's picture, the buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.urls import reverse

from gongkai.accounts.api import Role, User
from gongkai.approvals import policies, queries
from gongkai.approvals.forms import HandOnForm, ReturnForm, SignForm
from gongkai.approvals.states import StepKind, StepState
from gongkai.approvals.views.lists import round_url
from gongkai.ui.parts import Act, Fact, Sign

Forms = Mapping[tuple[str, int], Form]
MOST_NAMED = 4


@dataclass(frozen=True)
class Stop:
    """One step as the picture of the chain shows it."""

    state: str
    label: str
    kind: str
    where: str
    who: str
    at: datetime | None
    comment: str
    notes: tuple[str, ...]


def picture(turns: list[queries.Turn]) -> list[list[Stop]]:
    """Return the chain as it is drawn: what runs side by side stands side by side."""
    return [[_stop(step, people) for step, people in turn.steps] for turn in turns]


def _stop(step: Any, people: tuple[User, ...]) -> Stop:
    state = StepState(step.state)
    return Stop(
        state=state.value,
        label=state.label,
        kind=StepKind(step.kind).label,
        where=f"{_unit(step)} · {Role(step.role).label}",
        who=_who(step, people),
        at=step.signed_at,
        comment=step.comment,
        notes=tuple(_notes(step)),
    )


def _unit(step: Any) -> str:
    """Return the unit's name, with its body's where that is another than the round's."""
    body = step.unit.body
    if body is None or body == step.unit or body.pk == step.round.unit.body_id:
        return str(step.unit.name)
    return f"{body.name}{step.unit.name}"


def _who(step: Any, people: tuple[User, ...]) -> str:
    if step.signed_by is not None:
        stands_in = f"（代{step.signed_for.full_name}）" if step.signed_for else ""
        return f"{step.signed_by.full_name}{stands_in}"
    if step.state == StepState.CLOSED:
        return ""
    named = "、".join(person.full_name for person in people[:MOST_NAMED])
    more = f"等{len(people)}人" if len(people) > MOST_NAMED else ""
    return f"{named}{more}" if named else "现在无人可签，请平台管理员任命"


def _notes(step: Any) -> list[str]:
    notes = []
    if step.kept_from is not None:
        notes.append("沿用上一版的会签")
    if step.four_eyes:
        notes.append("须由另一人签")
    if step.handed_by is not None and step.person is not None:
        notes.append(f"{step.handed_by.full_name}转请{step.person.full_name}")
    return notes


def facts(round_: Any) -> list[Fact]:
    """Return what the round is about."""
    rows = [
        Fact("内容", str(round_), url=round_.url),
        Fact("送签单位", round_.unit.name),
        Fact("送签人", round_.started_by.full_name),
        Fact("送签时间", round_.started_at),
        Fact("流程", round_.chain.name),
        Fact("版本", round_.digest[:12], note="内容的指纹，改动一个字就会变"),
    ]
    if round_.drafted_by_id != round_.started_by_id:
        rows.insert(3, Fact("起草人", round_.drafted_by.full_name))
    if round_.closed_at:
        rows.append(Fact("结束时间", round_.closed_at))
    return rows


def waits(turns: list[queries.Turn]) -> list[tuple[Sign, datetime | None]]:
    """Return who is waited for, each with since when."""
    found = []
    for turn in turns:
        for step, people in turn.steps:
            if step.state == StepState.READY:
                rule = "轮到这一步了，签后才能往下走。"
                kind = StepKind(step.kind).label
                found.append((Sign("amber", f"等{_who(step, people)}{kind}", rule), step.called_at))
    return found


def acts(user: User, round_: Any, turns: list[queries.Turn], forms: Forms) -> list[Act]:
    """Return what the person may do now at the steps that wait for them, with reasons why not."""
    found = []
    if round_.url:
        found.append(Act("查看要签的内容", round_.url, method="get"))
    for turn in turns:
        for step, _ in turn.steps:
            if step.state == StepState.READY and policies.is_for(step, user):
                found += _acts_at(user, step, forms)
    return found


def _acts_at(user: User, step: Any, forms: Forms) -> list[Act]:
    digest = step.round.digest
    seen = {"digest": digest}
    word = StepKind(step.kind).label
    rows = [
        Act(
            f"同意（{word}）",
            reverse("approvals:sign", args=[step.pk]),
            tone="binding",
            refusals=tuple(policies.why_not_sign(step, actor=user, digest=digest)),
            form=forms.get(("sign", step.pk)) or SignForm(initial=seen, prefix=f"s{step.pk}"),
        ),
        Act(
            "退回",
            reverse("approvals:return", args=[step.pk]),
            refusals=tuple(policies.why_not_return(step, actor=user, digest=digest, reason="待填")),
            form=forms.get(("return", step.pk)) or ReturnForm(initial=seen, prefix=f"r{step.pk}"),
        ),
    ]
    if policies.holds(step, user):
        people = queries.possible_stand_ins(step, user)
        form = HandOnForm(people=people, prefix=f"h{step.pk}")
        rows.append(
            Act(
                "转请他人签",
                reverse("approvals:hand_on", args=[step.pk]),
                tone="quiet",
                refusals=tuple(policies.why_not_hand_on(step, actor=user)),
                form=forms.get(("hand_on", step.pk)) or form,
            )
        )
    return rows


def history(user: User, round_: Any) -> list[tuple[Any, str]]:
    """Return the other rounds over the same subject with their addresses, newest first."""
    return [(other, round_url(other.pk)) for other in queries.other_rounds(user, round_)]
