"""What a report says from given records, where its figures stand, how they travel; no tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reports.rules.drafting import draft, percent, standing_words, title_of
from gongkai.reports.rules.material import Material, Said, Source, TaskLine, Timed, Way
from gongkai.reports.rules.next_steps import NextStep, as_table, steps_in
from gongkai.reports.rules.paper import parts
from gongkai.reports.rules.travelling import Place, follow, travel
from gongkai.reports.rules.writing import ordinal
from gongkai.reports.states import Measure, Section

DAY = date(2026, 11, 20)
DONE = TaskLine("task:1", "1．修订指南。", "一、夯实基础", ("办公室",), done_on=date(2026, 4, 28))
LATE = TaskLine(
    "task:2",
    "完成网站迁移",
    "二、平台建设",
    ("科技科",),
    due_on=date(2026, 10, 31),
    said=(Said("科技科", "栏目已迁", "附件缺失", "补齐附件"),),
)
READY = TaskLine("task:3", "公布计划", "二、平台建设", ("计划科",), ready=True)


def material(*tasks, **more):
    return Material(
        body="清江市交通运输局",
        year=2026,
        as_of=DAY,
        sources=(Source("2026年要点", "清交〔2026〕6号"), Source("分工表")),
        tasks=tasks,
        **more,
    )


def by_section(known):
    return {(one.section, one.heading): one for one in draft(known)}


def test_the_opening_counts_the_tasks_by_how_they_stand():
    opening = draft(material(DONE, LATE, READY, units=("unit:1", "unit:2")))[0]
    assert opening.text == (
        "2026年，清江市交通运输局认真落实《2026年要点》（清交〔2026〕6号）、《分工表》，"
        "共承担任务3项，分解到2个单位（科室）。截至11月20日，已办结1项，已完成、待销号1项，"
        "正在推进1项。现将落实情况报告如下："
    )
    assert {one.measure: one.members for one in opening.figures}[Measure.DONE] == ("task:1",)


def test_every_figure_stands_where_it_says():
    timed = (
        Timed("duty:1", "task:1", date(2026, 4, 28), late=False),
        Timed("duty:2", "task:1", date(2026, 5, 2), late=True),
        Timed("duty:3", "task:2", None, late=False),
    )
    known = material(
        DONE,
        LATE,
        READY,
        timed=timed,
        units=("unit:1",),
        happenings=("trigger:1",),
        evidence=("evidence:1", "evidence:2"),
        ways=(Way("科技科", "两站并行"), Way("办公室", "两站并行；")),
    )
    passages = draft(known)
    for passage in passages:
        for figure in passage.figures:
            assert passage.text[figure.start : figure.end] == figure.value
            if figure.value.isdigit():
                assert len(figure.members) == int(figure.value)
    overall = next(one for one in passages if one.section is Section.OVERALL)
    assert (
        "时限事项3件，其中按时完成1件、逾期后完成1件、逾期未完成1件，按时完成率33.3%"
        in overall.text
    )
    ways = next(one for one in passages if one.section is Section.WAYS)
    assert ways.text == "一是两站并行（科技科、办公室）。"


def test_the_works_go_part_by_part_and_say_what_was_last_written():
    works = by_section(material(DONE, LATE, READY))
    assert works[Section.WORKS, "夯实基础"].text == (
        "共1项任务，已办结1项。\n1．修订指南（办公室）：已于4月28日办结。"
    )
    assert works[Section.WORKS, "平台建设"].text == (
        "共2项任务，已完成、待销号1项，正在推进1项。\n"
        "1．完成网站迁移（科技科）：应于10月31日完成，已逾期。栏目已迁。\n"
        "2．公布计划（计划科）：已完成，待销号。"
    )


def test_problems_and_next_steps_come_from_what_units_wrote():
    overdue = (Timed("duty:3", "task:2", None, late=False),)
    found = by_section(material(DONE, LATE, timed=overdue))
    assert found[Section.PROBLEMS, "存在问题"].text == (
        "一是有1件时限事项逾期未完成，涉及“完成网站迁移”。\n二是附件缺失（科技科）。"
    )
    assert found[Section.NEXT, "下一步打算"].text == "一是补齐附件（科技科）。"


def test_what_the_records_do_not_say_is_not_written():
    assert [one.section for one in draft(material(DONE))] == [Section.OPENING, Section.WORKS]
    assert title_of(material(DONE)) == "清江市交通运输局2026年政务公开工作要点落实情况的报告"


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (TaskLine("task:1", "", "", standing=True), "长期坚持"),
        (TaskLine("task:1", "", ""), "正在推进"),
        (
            TaskLine("task:1", "", "", due_on=date(2027, 1, 5)),
            "正在推进，下一个时限为2027年1月5日",
        ),
        (TaskLine("task:1", "", "", due_on=DAY), "正在推进，下一个时限为11月20日"),
    ],
)
def test_how_a_task_stands_in_words(task, words):
    assert standing_words(task, DAY) == words


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 3, "33.3%"), (2, 3, "66.7%"), (3, 3, "100%"), (0, 3, "0%"), (1, 8, "12.5%")],
)
def test_shares_are_rounded_half_up_to_one_digit(part, whole, said):
    assert percent(part, whole) == said


@pytest.mark.parametrize(
    ("n", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_headings_count_in_chinese(n, said):
    assert ordinal(n) == said


def test_a_figure_goes_with_its_words_and_says_what_was_written_over_it():
    old = "应当完成73件，其中按时完成56件、逾期5件。"
    spans = [(old.index(n), old.index(n) + len(n)) for n in ("73", "56", "5件"[:1])]
    new = "到11月，应当完成73件，按时完成58件、逾期5件，都已督办。"
    kept, changed, last = travel(old, new, [spans[0], spans[1], (old.index("逾期5") + 2,) * 2])
    assert new[kept.start : kept.end] == "73"
    assert not changed.kept
    assert changed.instead == "58"
    assert last.start == new.index("逾期5") + 2


def test_a_number_is_not_found_inside_another():
    (place,) = travel("共12项", "共120项", [(1, 3)])
    assert not place.kept
    assert place.instead == "120"


def test_a_figure_written_back_stands_there_again():
    old = "完成73件，按时65件、逾期5件，另有65人。"
    last = old.index("期5") + 1
    figures = [("73", Place(2, 4)), ("56", Place(instead="65")), ("5", Place(last, last + 1))]
    back = old.replace("按时65件", "按时56件")
    _, again, _ = follow(old, back, figures)
    assert back[again.start : again.end] == "56"
    assert again.instead == ""
    assert follow(old, old.replace("按时65件", "按时66件"), figures)[1] == Place(instead="66")
    assert follow(old, f"{old}特此报告。", figures)[1] == Place(instead="65")
    twice = old.replace("按时65件", "按时56件（不是56人）")
    assert follow(old, twice, figures)[1] == Place(), "which of the two it is cannot be told"


def test_a_figure_that_was_taken_out_has_nothing_instead():
    (place,) = travel("共12项任务。", "共若干。", [(1, 3)])
    assert not place.kept


@given(
    before=st.text("一二三，。件项0123456789%", max_size=40),
    number=st.integers(0, 99_999).map(str),
    after=st.text("一二三，。件项0123456789%", max_size=40),
    typed=st.text("一二三，。件项0123456789%", max_size=80),
)
def test_what_is_kept_is_the_same_words(before, number, after, typed):
    old = f"{before}共{number}件{after}"
    span = (len(before) + 1, len(before) + 1 + len(number))
    (place,) = travel(old, typed, [span])
    if place.kept:
        assert typed[place.start : place.end] == number
    (same,) = travel(old, f"{old}。又", [span])
    assert (same.start, same.end) == span


def test_passages_are_numbered_as_papers_are():
    numbered = parts(
        [
            (Section.OPENING, "", "开头"),
            (Section.OVERALL, "总体情况", "甲\n乙"),
            (Section.WORKS, "夯实基础", "丙"),
            (Section.WORKS, "平台", "丁"),
            (Section.PROBLEMS, "存在问题", ""),
            (Section.NEXT, "下一步打算", "戊"),
        ]
    )
    assert [(one.level, one.heading, len(one.paragraphs)) for one in numbered] == [
        (0, "", 1),
        (1, "一、总体情况", 2),
        (1, "二、要点任务落实情况", 0),
        (2, "（一）夯实基础", 1),
        (2, "（二）平台", 1),
        (1, "三、下一步打算", 1),
    ]


def test_next_steps_are_taken_apart_again():
    assert steps_in("一是补齐附件（科技科）。\n二是每月自查；\n再想想") == [
        NextStep("补齐附件", "科技科"),
        NextStep("每月自查"),
        NextStep("再想想"),
    ]


def test_a_table_of_next_steps_is_read_as_tasks_again():
    from gongkai.reading.read import read
    from gongkai.reading.source import load

    table = as_table(
        "清江市交通运输局2027年政务公开工作要点责任分工表（建议稿）",
        [NextStep("补齐网站附件", "科技科", date(2027, 6, 30)), NextStep("每月自查一次", "办公室")],
    )
    tasks = read(load(table, "表.docx")).tasks
    assert [task.text for task in tasks] == ["补齐网站附件", "每月自查一次"]
    assert tasks[0].due is not None
