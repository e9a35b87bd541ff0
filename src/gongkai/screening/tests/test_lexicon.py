"""The lexicon: found in one pass, dated, with exceptions; read from and written to a table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.screening import (
    Entry,
    Lexicon,
    Severity,
    format_entries,
    parse_entries,
    shipped_entries,
    shipped_lexicon,
)

DAY = date(2026, 3, 2)


def words(text, *entries, day=DAY):
    return [(start, entry.suggestion) for start, entry in Lexicon(entries).find(text, day)]


def test_the_first_and_longest_counts():
    one, other, third = Entry("甲乙", "一"), Entry("甲乙丙", "二"), Entry("丙丁", "三")
    assert words("甲乙丙丁", one, other, third) == [(0, "二")]
    assert words("甲乙丁丙丁", one, other, third) == [(0, "一"), (3, "三")]


def test_a_word_that_is_right_here_hides_no_other():
    long = Entry("期末完成率", "x", exceptions=("学期末完成率",))
    assert words("学期末完成率", long, Entry("末完成", "未完成")) == [(2, "未完成")]


def test_a_word_may_be_wrong_in_two_ways_one_after_the_other():
    before = Entry("扶贫办", "乡村振兴局", since=date(2021, 2, 25), until=date(2023, 3, 16))
    after = Entry("扶贫办", "农业农村部", since=date(2023, 3, 16))
    days = [date(2020, 1, 1), date(2022, 1, 1), date(2023, 3, 16)]
    found = [words("扶贫办", before, after, day=day) for day in days]
    assert found == [[], [(0, "乡村振兴局")], [(0, "农业农村部")]]


def test_the_shipped_lexicon_is_sound():
    entries = shipped_entries()
    assert len(entries) > 600
    for entry in entries:
        day = entry.since or DAY
        for around in entry.exceptions:
            assert not words(around, entry, day=day), entry
        right = list(shipped_lexicon().find(entry.suggestion, day))
        assert not right, entry


@pytest.mark.parametrize(
    "right",
    [
        "农业部门和文化部门要会同环保部门",
        "干部们参加建仪式、会仪式",
        "合同法律关系、劳动合同法",
        "共享通道、水沟建设、创健康城市",
        "妇联贯彻落实、政策画像",
        "期末能力测试、周末经济",
        "经第三方方可实施",
        "目的的确定、为了了解情况、参与与会",
    ],
)
def test_right_words_that_hold_wrong_ones(right):
    assert not list(shipped_lexicon().find(right, DAY))


def test_a_table_says_which_row_is_wrong_and_why():
    table = (
        "错误写法,正确写法,理由,起始日,截止日,例外,级别\n"
        "布署,部署,,,,,\n"
        ",部署,,,,,\n"
        "按装,按装,,,,,\n"
        "帐户,账户,,昨天,,,\n"
        "帐单,账单,,,,进出账,\n"
        "布署,布置,,,,,\n"
        "峻工,竣工,,2026-01-01,2025-01-01,,\n"
        "报消,报销,,,,,严重\n"
        "的,地,,,,,\n"
        ",,,,,,\n"
        "撤消,撤销,公文用“撤销”。,2026-01-01,,撤消处分|不撤消,提示\n"
    )
    entries, errors = parse_entries(table)
    assert [entry.word for entry in entries] == ["布署", "撤消"]
    assert entries[1].exceptions == ("撤消处分", "不撤消")
    assert entries[1].severity is Severity.NOTE
    assert [error.row for error in errors] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert str(errors[2]) == "第5行：日期“昨天”读不懂，请写成2024-01-31。"


def test_a_table_without_heads_is_refused():
    entries, errors = parse_entries("布署,部署\n")
    assert not entries
    assert "列名" in errors[0].says


_SIGNS = st.characters(codec="utf-8", exclude_characters="\r\n|\x00")
_TEXT = st.text(_SIGNS, min_size=2, max_size=90).map(str.strip)


@given(word=_TEXT.filter(lambda text: len(text) > 1), right=_TEXT.filter(bool), reason=_TEXT)
def test_what_is_written_is_read_again(word, right, reason):
    assume(word != right)
    entry = Entry(word, right, reason, DAY, None, (f"前{word}",))
    assert parse_entries(format_entries([entry])) == ((entry,), ())


def test_the_shipped_table_is_written_and_read_again():
    assert parse_entries(format_entries(shipped_entries())) == (shipped_entries(), ())
