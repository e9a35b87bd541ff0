"""Clock, refusals, identifiers and numerals."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import clock
from gongkai.kernel.chinese import fold, number
from gongkai.kernel.identifiers import split_subject
from gongkai.kernel.refusal import Refusal, Refused, refuse_if


def test_the_clock_can_be_set_and_goes_back():
    before = clock.now()
    with clock.at(datetime(2026, 2, 11, 17, 0, tzinfo=UTC)):
        assert clock.today().isoformat() == "2026-02-12"  # one in the morning at the office
    assert clock.now() >= before


def test_the_clock_refuses_a_naive_moment():
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 2, 11)):
        pass


def test_no_reason_no_refusal():
    refuse_if([])
    with pytest.raises(Refused) as caught:
        refuse_if([Refusal("a.b", "不行"), Refusal("a.c", "也不行")])
    assert caught.value.codes == {"a.b", "a.c"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十一", 21),
        ("一百零三", 103),
        ("二〇一九", 2019),
        ("两", 2),
        ("１２", 12),
        ("一万二千", 12000),
        ("甲", None),
        ("", None),
    ],
)
def test_numerals(text, value):
    assert number(text) == value


@given(st.integers(1, 9999))
def test_every_number_written_in_chinese_is_read_back(n):
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    out = ""
    for place, c in enumerate(reversed(str(n))):
        out = (digits[int(c)] + units[place] if c != "0" else "零") + out
    while "零零" in out:
        out = out.replace("零零", "零")
    assert number(out.rstrip("零")) == n


def test_names_fold_alike():
    assert fold("局 办公室（综合科）") == fold("局办公室(综合科)")


@pytest.mark.parametrize("bad", ["", "task:1", "a.b:", "A.b:1", "a.b:1;drop"])
def test_a_bad_subject_is_refused(bad):
    with pytest.raises(ValueError, match="record"):
        split_subject(bad)
