"""What tests of sheets begin with: a bound programme in March and a unit without accounts."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.kernel import clock
from gongkai.programme.tests.factories import at, bound_now, office_of

MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(MARCH)):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def unit(side):
    """The 办公室, in which nobody has an account."""
    bound_now(side)
    return office_of(side)


@pytest.fixture
def office(client, side):
    """A browser at which the openness office is signed in."""
    client.force_login(side.openness_office)
    return client
