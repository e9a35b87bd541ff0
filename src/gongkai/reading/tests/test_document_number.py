"""Document numbers keep the grammar of GB/T 9704–2012 7.2.5, or are told why and how."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.document_number import judge, number_problems, right_number

RIGHT = [
    "清卫发〔2026〕8号",
    "国办公开办函〔2021〕30号",
    "法释〔2025〕8号",
    "国办发明电〔2018〕15号",
    "清A发〔1999〕120号",
    "国务院令第711号",
    "清江市人民政府令第12号",
    "交通运输部令2019年第5号",
]

WRONG = [
    ("清卫发[2026]8号", "六角括号", "清卫发〔2026〕8号"),
    ("清卫发(2026)8号", "六角括号", "清卫发〔2026〕8号"),
    ("清卫发（2026）8号", "不用“（）”", "清卫发〔2026〕8号"),
    ("清卫发【2026】8号", "六角括号", "清卫发〔2026〕8号"),
    ("清卫发［２０２６］８号", "半角", "清卫发〔2026〕8号"),
    ("清卫发〔2026〕 8 号", "空格", "清卫发〔2026〕8号"),
    ("清卫发〔2026〕第8号", "不加“第”", "清卫发〔2026〕8号"),
    ("清卫发〔2026〕008号", "不补0", "清卫发〔2026〕8号"),
    ("清卫发〔2026〕8", "末尾要写“号”", "清卫发〔2026〕8号"),
    ("清卫发〔2026年〕8号", "不写“年”", "清卫发〔2026〕8号"),
    ("清卫发〔二〇二六〕八号", "阿拉伯数字", "清卫发〔2026〕8号"),
    ("清卫发〔二○二六〕十二号", "阿拉伯数字", "清卫发〔2026〕12号"),
    ("（清卫发〔2026〕8号）", "不加括号", "清卫发〔2026〕8号"),
    ("清卫发〔2026〕8号、清财发〔2026〕9号", "主办机关", "清卫发〔2026〕8号"),
    ("清卫发〔2026〕8号文", "序号后面不写“文”", "清卫发〔2026〕8号"),
    ("清卫发〔26〕8号", "四位", None),
    ("清卫发〔2026〕0号", "从1编起", None),
    ("〔2026〕8号", "机关代字", None),
    ("清卫-发〔2026〕8号", "只用汉字和字母", None),
    ("国务院令711号", "要写“第”", "国务院令第711号"),
    ("国务院第711号令", "写在序号前面", "国务院令第711号"),
    ("国务院令第七百一十一号", "阿拉伯数字", "国务院令第711号"),
    ("国务院令 第0711号", "不补0", "国务院令第711号"),
    ("HFGS—2017—9", "不是发文字号", None),
    ("2026年第3期", "不是发文字号", None),
    ("", "没有发文字号", None),
    ("清" * 300, "太长", None),
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_ones(text):
    assert number_problems(text) == ()
    assert right_number(text) == text


@pytest.mark.parametrize(("text", "why", "right"), WRONG)
def test_wrong_ones(text, why, right):
    problems = number_problems(text)
    assert any(why in one for one in problems), problems
    assert all(one.endswith("。") for one in problems)
    assert right_number(text) == right
    assert (f"应写作“{right}”。" in problems) == (right is not None)


ORGANS = st.text(alphabet="清江市卫财科政办发函规ABz", min_size=1, max_size=20)
NUMBERS = st.builds("{}〔{}〕{}号".format, ORGANS, st.integers(1900, 2099), st.integers(1, 99_999))


@given(NUMBERS)
def test_what_the_grammar_makes_is_right(text):
    assert number_problems(text) == ()


SPOIL = {
    "brackets": lambda s: s.replace("〔", "[").replace("〕", "]"),
    "round": lambda s: s.replace("〔", "（").replace("〕", "）"),
    "zeros": lambda s: re.sub("〕( ?第?)", r"〕\g<1>00", s),
    "di": lambda s: s.replace("〕", "〕第"),
    "spaces": lambda s: s.replace("〕", " 〕 "),
    "wide": lambda s: re.sub(r"\d", lambda m: chr(ord(m[0]) + 0xFEE0), s),
    "no hao": lambda s: s.removesuffix("号"),
}


@given(NUMBERS, st.sets(st.sampled_from(sorted(SPOIL)), min_size=1))
def test_what_was_spoilt_is_told_and_comes_back(text, how):
    spoilt = text
    for name in sorted(how):
        spoilt = SPOIL[name](spoilt)
    verdict = judge(spoilt)
    assert verdict.problems
    assert verdict.right == text


@given(st.text(max_size=60) | st.text(alphabet="清令第号〔〕[]（）0一十 9A", max_size=30))
def test_any_text_is_judged_and_every_right_form_is_right(text):
    verdict = judge(text)
    assert (verdict.problems == ()) == (verdict.right == text)
    if verdict.right is not None:
        assert number_problems(verdict.right) == ()
