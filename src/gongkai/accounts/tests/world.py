"""Two bodies with a section each and one person for every role: what scope is tried on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from gongkai.accounts.api import Role, User, appoint, create_user
from gongkai.organisation.api import Unit, UnitKind, create_unit

PASSWORD = "Qingjiang-tests-1"
FOUNDED = date(2004, 1, 1)


@dataclass(frozen=True)
class Side:
    """A body, a section of it, and its people by role."""

    body: Unit
    section: Unit
    people: dict[Role, User]

    def __getattr__(self, name: str) -> User:
        """``world.own.section_head`` is the person in that role."""
        try:
            return self.people[Role(name)]
        except ValueError:
            raise AttributeError(name) from None


@dataclass(frozen=True)
class World:
    """One's own body and another that must stay unseen."""

    own: Side
    other: Side


IN_SECTION = (Role.OFFICER, Role.SECTION_HEAD)


def make_side(name: str, prefix: str) -> Side:
    """Make a body with a section and its people, through the actions."""
    body = create_unit(
        actor=None, parent=None, kind=UnitKind.BODY, name=name, short_name=name[-3:], on=FOUNDED
    )
    section = create_unit(
        actor=None,
        parent=body,
        kind=UnitKind.SECTION,
        name="科技信息科",
        short_name="科技科",
        on=FOUNDED,
    )
    people = {}
    for role in Role:
        user = create_user(
            actor=None,
            username=f"{prefix}{role.value.replace('_', '')}",
            full_name=f"{prefix}{role.label}",
            password=PASSWORD,
        )
        unit = section if role in IN_SECTION else body
        appoint(actor=None, user=user, unit=unit, role=role, from_on=FOUNDED)
        people[role] = user
    return Side(body, section, people)


def make_world() -> World:
    """Make both bodies."""
    return World(make_side("清江市交通运输局", "own"), make_side("清江市教育局", "other"))


@pytest.fixture
def world(db: None) -> World:
    """Two bodies with everybody in them."""
    return make_world()
