"""What tests of columns begin with: one's own body on a working day in March."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from gongkai.kernel import clock
from gongkai.publications import actions as publishing

MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(timezone.make_aware(datetime.combine(MARCH, time(10)))):
        yield


@pytest.fixture
def side(world):
    publishing.define_chains_if_missing()
    publishing.load_columns()
    return world.own
