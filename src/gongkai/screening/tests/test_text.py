"""Personal numbers, wrong words and wrong forms: tables, properties, the five documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening import Entry, Lexicon, screen_text, shipped_lexicon
from gongkai.screening.lexicon import read_entries
from gongkai.screening.numbers import is_bank_card, is_id_number, passes_luhn

DAY = date(2026, 3, 2)
DOCUMENTS = Path(__file__).parents[5] / "shared" / "documents"
NOTHING = Lexicon(())


def found(text, lexicon=NOTHING, day=DAY):
    return [
        (one.check.value, text[one.start : one.end])
        for one in screen_text(text, place="正文", lexicon=lexicon, day=day)
    ]


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("440524188001010014", False),  # nobody of 1880
        ("110105194912310021", False),  # wrong check
        ("990105194912310029", False),  # no such region
        ("11010519491331002X", False),  # no such month
        ("110105491231002", True),
        ("110105491331002", False),
    ],
)
def test_identity_numbers(number, is_one):
    assert is_id_number(number) == is_one


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("6222021234567890128", True),
        ("4111111111111111", True),
        ("4111111111111112", False),
        ("0000000000000000", False),
        ("9111111111111111", False),
    ],
)
def test_bank_cards(number, is_one):
    assert is_bank_card(number) == is_one


@given(st.text("0123456789", min_size=15, max_size=18))
def test_exactly_one_last_digit_passes(digits):
    assert sum(passes_luhn(digits + last) for last in "0123456789") == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("证号11010519491231002X，", ["personal.id_number"]),
        ("证号１１０１０５１９４９１２３１００２Ｘ。", ["personal.id_number"]),
        ("证号110105 19491231 002X。", ["personal.id_number"]),
        ("电话13800138000", ["personal.mobile"]),
        ("电话138 0013 8000", ["personal.mobile"]),
        ("电话138-0013-8000。", ["personal.mobile"]),
        ("卡号4111 1111 1111 1111", ["personal.bank_card"]),
        ("电话0771-5801234", []),
        ("信用代码11450000MB0001234X", []),
        ("索引号000014349/2026-00226", []),
        ("金额13800138000000元", []),
        ("编号A13800138000", []),
        ("清卫发〔2026〕13800138000号", ["personal.mobile"]),
    ],
)
def test_what_is_personal(text, what):
    assert [code for code, _ in found(text)] == what


@given(st.integers(10**10, 2 * 10**10 - 1))
def test_no_finding_holds_the_number(number):
    for one in screen_text(f"号码{number}。", place="正文", lexicon=NOTHING, day=DAY):
        assert str(number) not in one.excerpt


def test_no_excerpt_beside_a_number_holds_a_part_of_it():
    text = "手机13800138000，其它单位不另行通知（电话13800138000。"
    for one in screen_text(text, place="正文", lexicon=shipped_lexicon(), day=DAY):
        assert "0138000" not in one.excerpt, one


def test_a_finding_is_known_again_after_an_edit_elsewhere():
    before = screen_text(
        "联系人电话13800138000，工作日接听。", place="正文", lexicon=NOTHING, day=DAY
    )
    text = "新加的一段。\n\n前言。联系人电话13800138000，工作日接听。"
    after = screen_text(text, place="正文", lexicon=NOTHING, day=DAY)
    assert before[0].key != after[0].key, "the words before it are others now"
    text = "第一段很长很长很长很长。\n请记下联系人电话13800138000，工作日接听。"
    one = screen_text(text, place="正文", lexicon=NOTHING, day=DAY)
    other = screen_text("另一段。" + text, place="正文", lexicon=NOTHING, day=DAY)
    assert one[0].key == other[0].key


def test_wrong_words_by_their_dates_and_exceptions():
    lexicon = Lexicon(
        (
            Entry("环境保护部", "生态环境部", since=date(2018, 4, 16)),
            Entry("按装", "安装", exceptions=("按装配",)),
        )
    )
    text = "环境保护部要求按装设备，按装配图施工。"
    assert [word for _, word in found(text, lexicon)] == ["环境保护部", "按装"]
    assert [word for _, word in found(text, lexicon, date(2018, 4, 15))] == ["按装"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("依据清卫发[2026]8号", "wording.number_form"),
        ("依据清卫发（2026）8号", "wording.number_form"),
        ("依据清卫发〔2026〕8号", ""),
        ("于2026年2月30日前", "wording.no_such_day"),
        ("于2026年2月28日前", ""),
        ("（一）各县区（含开发区", "wording.unpaired"),
        ("1）各县区", ""),
    ],
)
def test_forms(text, code):
    assert [one for one, _ in found(text)] == ([code] if code else [])


def test_the_shipped_lexicon_is_sound():
    lexicon = shipped_lexicon()
    assert len(lexicon.entries) > 130
    for entry in lexicon.entries:
        assert entry.word != entry.suggestion, entry
        for words in entry.exceptions:
            assert entry.word in words, entry
            assert not found(words, Lexicon((entry,))), entry
        right = [one for one in found(entry.suggestion, lexicon) if "wrong_word" in one[0]]
        assert not right, entry


def test_a_bad_line_says_which():
    with pytest.raises(ValueError, match="第2行"):
        list(read_entries(["word,suggestion,reason,since,until,exceptions", "a,b,,昨天,,"]))


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the five documents are not here")
@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_five_documents_have_no_false_alarm(path):
    text = path.read_text("utf-8")
    shown = [one for one in found(text, shipped_lexicon()) if "unpaired" not in one[0]]
    assert {code for code, _ in shown} <= {"wording.wrong_word", "wording.number_form"}
    assert shown == SLIPS.get(path.name[:3], []), shown


SLIPS = {"003": [("wording.wrong_word", "依申清")]}
"""The real slips of each document."""
