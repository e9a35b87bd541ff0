"""How notices are numbered and what a signature over a reply is bound to."""

from __future__ import annotations

import pytest

from gongkai.supervision import rules
from gongkai.supervision.states import ENDED, LIVE, MOVES, ChargeState


def test_a_notice_is_numbered_within_its_year():
    assert rules.number(rules.NOTICE_PATTERN, year=2026, n=3) == "督办〔2026〕3号"
    assert rules.number("清交督〔{year}〕{n}号", year=2027, n=12) == "清交督〔2027〕12号"


@pytest.mark.parametrize("wrong", ["督办", "督办〔{year}〕号", "督办{n}号"])
def test_a_pattern_names_year_and_number(wrong):
    with pytest.raises(ValueError, match="督办"):
        rules.checked_pattern(wrong)


def test_each_sending_is_signed_for_itself():
    said = {rules.digest(1, 1, "已办"), rules.digest(1, 2, "已办"), rules.digest(2, 1, "已办")}
    assert len(said) == 3
    assert rules.digest(1, 1, "已办") == rules.digest(1, 1, "已办")


def test_what_has_ended_moves_no_more():
    for verb, (sources, _) in MOVES.items():
        assert not sources & ENDED, verb
    assert set(ChargeState) == LIVE | ENDED
