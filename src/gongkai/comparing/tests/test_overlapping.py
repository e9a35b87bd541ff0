"""What an interpretation repeats of its policy is found whole, and nothing that is its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.comparing import overlap
from gongkai.comparing.overlapping import SHORTEST
from gongkai.comparing.plain import letters

POLICY = (
    "第一条　为规范科技创新券管理，提高财政资金使用效益，制定本办法。\n"
    "第二条　在本市登记注册、具有独立法人资格的科技型中小企业，可以申领创新券，每年最高20万元。\n"
    "第三条　申领人应当在每年3月底前，通过市科技服务平台提交申请材料。\n"
)


def shown(text: str, passages) -> list[str]:
    return [text[one.start : one.end] for one in passages]


def test_a_clause_that_was_copied_is_shown():
    material = (
        "谁能申请？在本市登记注册，具有独立法人资格的科技型中小企业,可以申领创新券！简单说，"
        "就是在清江办了执照的小企业都可以来。"
    )
    found = overlap(material, POLICY)
    assert shown(material, found.passages) == [
        "在本市登记注册，具有独立法人资格的科技型中小企业,可以申领创新券"
    ]
    one = found.passages[0]
    assert POLICY[one.at : one.to] == (
        "在本市登记注册、具有独立法人资格的科技型中小企业，可以申领创新券"
    )
    assert found.share == pytest.approx(one.length / len(letters(material)))
    assert 0.4 < found.share < 0.6


def test_what_explains_in_its_own_words_repeats_nothing():
    material = "只要企业在清江办了执照，一年就能领到不超过二十万元的券，拿去买检测、设计这些服务。"
    assert overlap(material, POLICY).share == 0


def test_quotations_count_apart():
    quoted = (
        "《办法》写明：“在本市登记注册、具有独立法人资格的科技型中小企业，可以申领创新券”。"
        "意思是小企业都可以来。"
    )
    found = overlap(quoted, POLICY)
    assert found.share == 0
    assert found.quoted == found.passages[0].quoted == found.passages[0].length > SHORTEST
    plainly = quoted.replace("“", "").replace("”", "")
    assert overlap(plainly, POLICY).share > 0.5


def test_a_passage_that_runs_into_a_quote_counts_what_stands_outside():
    material = "为规范科技创新券管理，“提高财政资金使用效益，制定本办法”。"
    (one,) = overlap(material, POLICY).passages
    assert 0 < one.quoted < one.length


@pytest.mark.parametrize(
    ("material", "policy"), [("", ""), ("", POLICY), (POLICY, ""), ("。，", "。，")]
)
def test_nothing_repeats_nothing(material, policy):
    assert overlap(material, policy).passages == ()
    assert overlap(material, policy).share == 0


def test_length_must_be_something():
    with pytest.raises(ValueError, match="at least 1"):
        overlap("a", "a", shortest=0)


WORDS = st.text("甲乙丙丁ABab12，。 \n“”《》", max_size=80)


@given(st.text(min_size=1, max_size=300))
def test_the_same_text_repeats_itself_wholly(text):
    bare = text.translate({ord(c): None for c in "“”《》「」『』"})
    if len(letters(bare)) >= 4:
        found = overlap(bare, bare, shortest=4)
        assert found.share == 1
        assert len(found.passages) == 1


@given(st.text("甲乙丙ab，。“”", max_size=80), st.text("子丑寅12，。“”", max_size=80))
def test_texts_without_a_common_letter_repeat_nothing(material, policy):
    assert overlap(material, policy, shortest=1).passages == ()


@given(WORDS, WORDS, st.integers(1, 6))
def test_passages_are_alike_in_order_and_none_is_missed(material, policy, shortest):
    found = overlap(material, policy, shortest=shortest)
    end = 0
    for one in found.passages:
        assert end <= one.start < one.end
        end = one.end
        mine, theirs = letters(material[one.start : one.end]), letters(policy[one.at : one.to])
        assert mine == theirs
        assert len(mine) == one.length >= shortest
        assert 0 <= one.quoted <= one.length
    assert 0 <= found.share <= 1
    a, b = letters(material), letters(policy)
    common = any(a[n : n + shortest] in b for n in range(len(a) - shortest + 1))
    assert bool(found.passages) == common


PIECES = st.lists(
    st.sampled_from(["甲", "乙丙", "丁12ab", "子丑寅卯辰巳午未申酉", "，", "天地玄黄宇宙洪荒" * 9]),
    max_size=12,
).map("".join)


@given(WORDS | PIECES, WORDS | PIECES)
def test_the_longest_common_stretch_from_a_place_is_taken(material, policy):
    a, b = letters(material), letters(policy)
    at = 0
    for one in overlap(material, policy, shortest=2).passages:
        at = a.index(letters(material[one.start : one.end]), at)
        if b.count(a[at : at + 2]) <= 8:
            assert a[at : at + one.length + 1] not in b or at + one.length == len(a)
        at += one.length


@pytest.mark.parametrize(
    "piece", ["件", "甲乙", "第一条　为规范科技创新券管理，提高财政资金使用效益。"]
)
def test_texts_that_repeat_themselves_end(piece):
    text = piece * (100_000 // len(piece))
    assert overlap(text, f"另{text}").share == 1
