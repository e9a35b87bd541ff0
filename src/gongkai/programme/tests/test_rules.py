"""The clock a deadline becomes, the move to another year, the pairing of versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.programme import rules
from gongkai.programme.rules import Clock, Outline, match_versions, move_to_year, propose_clock
from gongkai.programme.states import Change, ClockKind


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, "未选定时限"),
        ({"kind": "date", "on": "2019-11-30", "text": "2019年11月底前"}, "2019年11月30日前完成"),
        ({"kind": "month", "on": "2019-06-30", "text": "2019年6月"}, "2019年6月30日前完成"),
        ({"kind": "year", "on": "2019-12-31", "text": "全年"}, "2019年12月31日前完成"),
        (
            {"kind": "date", "on": "2026-12-31", "dates": ["2026-06-30", "2026-12-31"], "text": ""},
            "2026年6月30日、2026年12月31日前完成",
        ),
        ({"kind": "quarterly", "text": "每季度"}, "每季度一次"),
        ({"kind": "monthly", "day": 5, "text": "每月5日前"}, "每月5日前"),
        ({"kind": "half-yearly", "text": "每半年"}, "每半年一次"),
        ({"kind": "yearly", "n": 2, "text": "每年两次"}, "每年不少于2次"),
        ({"kind": "within", "n": 7, "unit": "workday", "text": ""}, "每次发生后7个工作日内"),
        ({"kind": "promptly", "text": "及时"}, "每次发生后20个工作日内，每季度报一次进展"),
        ({"kind": "standing", "text": "常态化"}, "长期坚持，每季度报一次进展"),
        ({"kind": "superior", "text": "按市里统一安排"}, "等上级明确时间"),
    ],
)
def test_each_kind_of_deadline_gets_its_clock(due, words):
    assert rules.clock_in_words(propose_clock(due)) == words


@given(
    st.sampled_from(
        [
            Clock(ClockKind.DATE, on="2024-02-29"),
            Clock(ClockKind.DATE, on="2026-12-31", dates=("2026-06-30", "2026-12-31")),
            Clock(ClockKind.CADENCE, cadence="monthly", day=5),
            Clock(ClockKind.WITHIN, n=7, unit="workday"),
            Clock(ClockKind.NONE, reason="已办结"),
        ]
    )
)
def test_a_clock_survives_its_json(clock):
    assert Clock.from_json(clock.as_json()) == clock


def test_an_unknown_kind_of_clock_is_an_error():
    with pytest.raises(ValueError, match="someday"):
        Clock.from_json({"kind": "someday"})


def test_moving_to_another_year():
    both = Clock(ClockKind.DATE, on="2026-12-31", dates=("2026-06-30", "2026-12-31"))
    assert move_to_year(both, 1).dates == ("2027-06-30", "2027-12-31")
    assert move_to_year(Clock(ClockKind.DATE, on="2024-02-29"), 1).on == "2025-02-28"
    quarterly = Clock(ClockKind.CADENCE, cadence="quarterly")
    assert move_to_year(quarterly, 5) is quarterly


def outline(pk, text, row=1, clause="", rest=()):
    return Outline(pk, row, clause, text, rest)


def test_versions_pair_equal_alike_added_and_removed():
    old = [
        outline(1, "公布公交、出租汽车运价和调整听证情况"),
        outline(2, "公布客运站服务质量考核结果", rest=("运管处",)),
        outline(3, "组织政府信息公开条例培训"),
        outline(4, "撤掉这一条"),
    ]
    new = [
        outline(11, "公布公交、出租汽车运价和调整听证的情况"),
        outline(12, "公布客运站服务质量考核结果", rest=("运输科",)),
        outline(13, "组织政府信息公开条例培训"),
        outline(14, "新增的另一件事情"),
    ]
    found = {(m.change, m.old, m.new) for m in match_versions(old, new)}
    assert found == {
        (Change.CHANGED, 1, 11),
        (Change.CHANGED, 2, 12),
        (Change.SAME, 3, 13),
        (Change.REMOVED, 4, None),
        (Change.ADDED, None, 14),
    }


def test_two_equal_texts_pair_by_clause_then_row():
    old = [outline(1, "同样的话", 1, "一"), outline(2, "同样的话", 2, "二")]
    new = [outline(12, "同样的话", 2, "二"), outline(11, "同样的话", 1, "一")]
    assert {(m.old, m.new) for m in match_versions(old, new)} == {(1, 11), (2, 12)}


TEXTS = st.lists(st.text("公开政务信息及时年度", min_size=1, max_size=8), max_size=8)


@given(TEXTS, TEXTS)
def test_every_task_is_paired_once_or_told(old_texts, new_texts):
    old = [outline(i, t) for i, t in enumerate(old_texts)]
    new = [outline(100 + i, t) for i, t in enumerate(new_texts)]
    found = match_versions(old, new)
    assert sorted(m.old for m in found if m.old is not None) == [o.id for o in old]
    assert sorted(m.new for m in found if m.new is not None) == [n.id for n in new]


@given(TEXTS)
def test_a_version_against_itself_changes_nothing(texts):
    old = [outline(i, t, row=i) for i, t in enumerate(texts)]
    new = [outline(100 + i, t, row=i) for i, t in enumerate(texts)]
    assert {m.change for m in match_versions(old, new)} <= {Change.SAME}


def test_the_digest_binds_source_and_every_word():
    one = rules.digest("aa", [{"text": "甲", "lead": ["乙"]}])
    assert one == rules.digest("aa", [{"lead": ["乙"], "text": "甲"}])
    assert one != rules.digest("ab", [{"text": "甲", "lead": ["乙"]}])
    assert one != rules.digest("aa", [{"text": "甲", "lead": ["丙"]}])
