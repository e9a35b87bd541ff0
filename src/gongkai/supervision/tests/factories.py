"""Charges for tests, made through the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.accounts.api import Role, User, appoint, create_user
from gongkai.accounts.tests.world import FOUNDED, PASSWORD, Side
from gongkai.approvals import api as approvals
from gongkai.organisation.api import Unit, UnitKind, create_unit
from gongkai.programme.api import Task
from gongkai.programme.tests.factories import bound_now
from gongkai.supervision import actions
from gongkai.supervision.models import Charge, Handing


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


@dataclass(frozen=True)
class Below:
    """A subordinate body with a section, its openness office and the section's officer."""

    body: Unit
    section: Unit
    office: User
    officer: User


def below(side: Side) -> Below:
    """A body below the side's, made at the first call."""
    found = Unit.objects.filter(parent=side.body, kind=UnitKind.BODY).first()
    if found is None:
        found = _unit(side.body, UnitKind.BODY, "下属管理局")
        section = _unit(found, UnitKind.SECTION, "养护科")
        _person(found, Role.OPENNESS_OFFICE, f"belowoffice{found.pk}")
        _person(section, Role.OFFICER, f"belowofficer{found.pk}")
    section = Unit.objects.get(parent=found, kind=UnitKind.SECTION)
    people = {u.username: u for u in User.objects.filter(username__endswith=str(found.pk))}
    return Below(
        found, section, people[f"belowoffice{found.pk}"], people[f"belowofficer{found.pk}"]
    )


def _unit(parent: Unit, kind: UnitKind, name: str) -> Unit:
    return create_unit(actor=None, parent=parent, kind=kind, name=name, on=FOUNDED)


def _person(unit: Unit, role: Role, username: str) -> None:
    user = create_user(actor=None, username=username, full_name=role.label, password=PASSWORD)
    appoint(actor=None, user=user, unit=unit, role=role, from_on=FOUNDED)


def handed(side: Side, **changes: object) -> Handing:
    """A task that the side's office hands down to the body below."""
    values = {
        "task": a_task(side),
        "actor": side.openness_office,
        "bodies": [below(side).body],
        "note": "请结合本单位实际办理。",
    }
    values |= changes
    return actions.hand_down(values.pop("task"), **values)[0]


def taken(side: Side, *, on: date | None = date(2026, 9, 30)) -> Handing:
    """The body below has taken it; its section leads."""
    handing, there = handed(side), below(side)
    return actions.take(
        handing, actor=there.office, lead=there.section, on=on, expected=handing.version
    )
