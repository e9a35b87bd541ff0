"""Personal numbers, wrong words and wrong forms: tables, properties, the five documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening import Entry, Lexicon, screen_text, shipped_lexicon
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
        ("手机+86-138-0013-8000", ["personal.mobile"]),
        ("手机+8613800138000", ["personal.mobile"]),
        ("手机138.0013.8000", ["personal.mobile"]),
        ("手机138\u30000013\u30008000", ["personal.mobile"]),
        ("两部：13800138000、13900139000", ["personal.mobile"] * 2),
        ("13800138000元", []),
        ("13800138000.55", []),
        ("总额13800138000万元", []),
        ("0771-13800138000", []),
        ("卡号6222 0212 3456 7890 128", ["personal.bank_card"]),
        ("卡号6222021234567890128", ["personal.bank_card"]),
        ("2025 6222021234567890128 1", ["personal.bank_card"]),
        ("项目2019-420000-48-01-012345", []),
        ("系数0.4111111111111111", []),
        ("4111111111111111.00元", []),
        ("流水号4111111111111111", []),
        ("113708280043326001/2024-02411", []),
        ("证号 110105 1949 1231 002X", ["personal.id_number"]),
        ("证号110105194912310000", ["personal.id_number"]),
        ("证号110105491231002。", ["personal.id_number"]),
        ("证号11010520991231002X，", []),
        ("指数 1030.2213 5519.0501 376", []),
        ("护照号码：E12345678", ["personal.passport"]),
        ("型号E12345678", []),
        ("电话0771-5801234、12345", []),
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


def test_with_a_secret_another_number_in_the_same_words_is_another_finding():
    def key(number, secret):
        text = f"联系人电话{number}，工作日接听。"
        return screen_text(text, place="正文", lexicon=NOTHING, day=DAY, secret=secret)[0].key

    assert key("13800138000", b"x") != key("13811118000", b"x")
    assert key("13800138000", b"x") == key("13800138000", b"x")
    assert key("13800138000", b"x") != key("13800138000", b"y")


def test_many_of_a_kind_are_one_note():
    text = "各单位,各部门,各县区,各乡镇,各街道。"
    (one,) = screen_text(text, place="正文", lexicon=NOTHING, day=DAY)
    assert (one.severity, "共4处" in one.says) == ("note", True)
    more = screen_text(f"另加一段,再加一段。{text}", place="正文", lexicon=NOTHING, day=DAY)
    assert more[0].key == one.key


def test_a_long_text_takes_as_much_longer_as_it_is():
    one = "局办公室牵头，各科室按职责分工落实，联系电话0771-5801234，2026年3月2日前完成。\n" * 50
    hard = "1" * 5_000 + "（" * 5_000 + "1-" * 5_000 + "，。" * 500
    assert not [code for code, _ in found(one, shipped_lexicon())]
    assert len(found(hard, shipped_lexicon())) > 40  # and ends


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
        ("依据清卫发〔2026〕08号", "wording.number_form"),
        ("依据清卫发〔2026〕第8号", "wording.number_form"),
        ("（2026）清01民初8号", ""),
        ("4月31日起", "wording.no_such_day"),
        ("2026年13月1日起", "wording.no_such_day"),
        ("2026-02-30起", "wording.no_such_day"),
        ("版本2026.13.40", ""),
        ("二〇二六年二月三十日", "wording.no_such_day"),
        ("2026年3月2日（星期一）", ""),
        ("2026年3月2日（星期二）", "wording.weekday"),
        ("各单位,各部门", "wording.half_width"),
        ("各单位，，各部门", "wording.punctuation"),
        ("“ 96128”热线", "wording.spacing"),
        ("张　三", ""),
        ("一、总则\n二、职责\n四、附则", "wording.numbering"),
        ("一、总则\n一、职责\n二、附则", ""),
        ("同一句话不要说两遍。同一句话不要说两遍。", "wording.repeated"),
        ("进一步进一步推进", "wording.repeated"),
        ("一项一项落实", ""),
        ("越来越来越多", ""),
        ("中央财政财政部门", ""),
        ("’98年的事", ""),
        ("跨行的“引用\n到下一行”为止", ""),
    ],
)
def test_forms(text, code):
    assert [one for one, _ in found(text)] == ([code] if code else [])


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the five documents are not here")
@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_slips_of_the_five_documents_are_found_and_nothing_else(path):
    text = path.read_text("utf-8")
    shown = [one for one in found(text, shipped_lexicon()) if one[0] not in COUNTED]
    assert sorted(shown) == sorted(SLIPS[path.name[:3]])


COUNTED = {"wording.half_width", "wording.spacing"}
"""All five have half-width commas, three have stray spaces: one note each, with their number."""

SLIPS = {
    "000": [("wording.repeated", "和完善和完善")],
    "001": [
        ("wording.punctuation", "、"),
        ("wording.unpaired", "【"),
        ("wording.wrong_word", "台2加"),
        ("wording.wrong_word", "清新型政商关系"),
        ("wording.wrong_word", "租凭"),
    ],
    "002": [
        ("wording.numbering", "四"),
        ("wording.punctuation", ","),
        ("wording.punctuation", "、"),
        ("wording.wrong_word", "新形式新要求"),
        ("wording.wrong_word", "有针对性的开展"),
    ],
    "003": [
        ("wording.wrong_word", "依申清"),
        ("wording.wrong_word", "平臺建筑"),
        ("wording.wrong_word", "解讀形工"),
    ],
    "004": [
        ("wording.wrong_word", "知晓权"),
        ("wording.wrong_word", "进一步深入贯彻学习宣传"),
    ],
}
"""What is really wrong in each; no number in them is personal, and no other word is asked about."""
