"""People for tests, through the actions."""

from __future__ import annotations

from itertools import count
from typing import Any

from gongkai.accounts.actions import appoint, create_user
from gongkai.accounts.models import User
from gongkai.accounts.states import Role
from gongkai.accounts.tests.world import FOUNDED, PASSWORD
from gongkai.organisation.api import Unit

_numbers = count(1)


def make_person(unit: Unit | None = None, role: Role = Role.OFFICER, **fields: Any) -> User:
    """Open an account and give it one post, if a unit is named."""
    n = next(_numbers)
    given = {"username": f"person{n}", "full_name": f"张{n}", "password": PASSWORD, **fields}
    user = create_user(actor=None, **given)
    if unit is not None:
        appoint(actor=None, user=user, unit=unit, role=role, from_on=FOUNDED)
    return user
