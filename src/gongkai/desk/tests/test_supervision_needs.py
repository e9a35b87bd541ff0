"""What waits of notices and instructions, as the home page shows it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.desk import sources
from gongkai.duties.api import recompute_all
from gongkai.kernel import clock
from gongkai.programme.tests.factories import at
from gongkai.supervision import api as supervision
from gongkai.supervision.tests.factories import answered, below, handed, issued


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


def test_what_is_handed_down_waits_below_and_a_question_above(side):
    handing, there = handed(side), below(side)
    need = next(iter(sources.handing_needs(there.office)))
    assert (need.title, need.button, need.sign.label) == ("检查局网站", "去接收", "待接收")
    assert not list(sources.handing_needs(side.openness_office))
    supervision.ask_back(handing, actor=there.office, question="何时？", expected=handing.version)
    assert not list(sources.handing_needs(there.office))
    assert [n.reason for n in sources.handing_needs(side.openness_office)] == ["下属管理局：何时？"]
