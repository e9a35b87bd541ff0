"""Records for tests, written through the actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.accounts.api import User
from gongkai.organisation.api import Unit
from gongkai.records import actions
from gongkai.records.models import Record
from gongkai.records.rules import Person
from gongkai.records.states import Kind

TODAY = date(2026, 11, 20)
SAID: dict[Kind, dict[str, object]] = {
    Kind.GROUP: {"number": "清交办〔2026〕3号"},
    Kind.HEARING: {"chair": "李局长", "agenda": "上半年落实情况"},
    Kind.STAFFING: {"full_time": 1},
    Kind.RESPONSIBILITY: {"said": "责任落实情况"},
    Kind.INSTITUTION: {},
    Kind.PLAN: {"for_year": 2026, "sessions": 2, "heads": 100, "said": "6月、9月各一期"},
    Kind.TRAINING: {"count": 46, "said": "条例释义"},
    Kind.PUBLICITY: {"form": "现场咨询"},
}
PEOPLE = (Person("李建华", "局党组", "局长", "组长"), Person("周敏", "办公室"))


def said(kind: Kind, **changes: Any) -> actions.Written:
    """Return what a record of a kind says, with changes."""
    people = PEOPLE if kind in (Kind.GROUP, Kind.HEARING) else ()
    values = {"title": kind.label, "held_on": date(2026, 6, 16), "facts": SAID[kind]}
    return actions.Written(**{"people": people, **values, **changes})


def written(actor: User, unit: Unit, kind: Kind, **changes: Any) -> Record:
    """Write a record."""
    return actions.write(actor=actor, unit=unit, kind=kind, said=said(kind, **changes))
