"""What most tests of pages begin with: a March day, one's own body, its office, a document."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.kernel import clock
from gongkai.programme.tests.factories import at, read_now


@pytest.fixture
def in_march():
    with clock.at(at(date(2026, 3, 2))):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def office(client, side):
    """A browser at which the openness office is signed in."""
    client.force_login(side.openness_office)
    return client


@pytest.fixture
def document(side):
    return read_now(side)
