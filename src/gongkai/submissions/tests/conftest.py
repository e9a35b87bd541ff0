"""What tests of submissions begin with: one's own body in March."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.kernel import clock
from gongkai.programme.tests.factories import at

MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(MARCH)):
        yield


@pytest.fixture
def side(world):
    return world.own
