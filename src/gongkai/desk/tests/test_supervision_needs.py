"""What waits of notices and instructions, as the home page shows it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.desk import sources
from gongkai.duties.api import recompute_all
from gongkai.kernel import clock
from gongkai.programme.tests.factories import at
from gongkai.supervision.tests.factories import answered, issued


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(date(2026, 3, 2))):
        yield


@pytest.fixture
def side(world):
    return world.own


def test_what_waits_stands_on_the_home_page(side):
    charge = issued(side, days=5)
    need = next(n for n in sources.supervision_needs(side.officer))
    assert (need.title, need.button, need.key) == (
        "督办〔2026〕1号：一季度检查未见结果，请说明原因并补办。",
        "去回复",
        f"duty:{charge.duty_id}",
    )
    assert not list(sources.supervision_needs(side.openness_office))
    answered(charge, side)
    assert not list(sources.supervision_needs(side.officer))
    assert [n.button for n in sources.supervision_needs(side.openness_office)] == ["去审核"]


def test_an_overdue_answer_is_red(side):
    issued(side)
    with clock.at(at(date(2026, 3, 12))):
        recompute_all()
        assert [n.sign.code for n in sources.supervision_needs(side.officer)] == ["red"]
