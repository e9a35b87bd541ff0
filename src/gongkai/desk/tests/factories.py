"""A small office for the tests of the desk, made through the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongkai.accounts import api as accounts
from gongkai.approvals import api as approvals
from gongkai.duties import api as duties
from gongkai.organisation import api as organisation
from gongkai.organisation.api import UnitKind

NOW = datetime(2026, 3, 18, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "Qingjiang-tests-2026"


@dataclass(frozen=True)
class Office:
    """A bureau with two sections, its leader and an officer of the first section."""

    body: organisation.Unit
    science: organisation.Unit
    building: organisation.Unit
    leader: accounts.User
    officer: accounts.User


def make_person(name: str, full_name: str, unit: organisation.Unit, role: accounts.Role):
    """Open an account with one post that began long ago."""
    user = accounts.create_user(actor=None, username=name, full_name=full_name, password=PASSWORD)
    accounts.appoint(actor=None, user=user, unit=unit, role=role, from_on=date(2020, 1, 1))
    return user


def make_office() -> Office:
    """Set up the office; the caller stands at ``NOW``."""

    def unit(parent, kind: UnitKind, name: str) -> organisation.Unit:
        return organisation.create_unit(
            actor=None, parent=parent, kind=kind, name=name, on=date(2000, 1, 1)
        )

    body = unit(None, UnitKind.BODY, "清江市交通运输局")
    science = unit(body, UnitKind.SECTION, "科技科")
    building = unit(body, UnitKind.SECTION, "基建科")
    return Office(
        body,
        science,
        building,
        make_person("zhao", "赵局", body, accounts.Role.LEADER),
        make_person("liwen", "李文", science, accounts.Role.OFFICER),
    )


def make_duty(owner: organisation.Unit, title: str, on: date) -> duties.Duty:
    """Open a duty that runs to a day."""
    return duties.open_duty(
        kind="tests.task",
        subject=f"tests.thing:{title.encode().hex()[:12]}",
        title=title,
        owner=owner,
        limit=duties.on_date(on),
        started_at=datetime(2026, 2, 1, 9, 0, tzinfo=NOW.tzinfo),
        actor=None,
    )


def send_round(office: Office) -> approvals.Round:
    """Send a programme round for the leader's signature."""
    step = approvals.Step(approvals.StepKind.APPROVE, accounts.Role.LEADER, 1, at_body=True)
    approvals.define_chain(actor=None, code="tests.accept", name="下达", steps=[step])
    return approvals.start_round(
        chain="tests.accept",
        subject="tests.thing:1",
        digest="a" * 64,
        unit=office.science,
        actor=office.officer,
        title="2026年政务公开工作要点分工",
        url="/health",
    )
