"""What tests of publications begin with: one's own body on a working day in March."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from gongkai.kernel import clock
from gongkai.publications import actions

MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(timezone.make_aware(datetime.combine(MARCH, time(10)))):
        yield


@pytest.fixture
def side(world):
    actions.define_chains_if_missing()
    actions.load_columns()
    return world.own
