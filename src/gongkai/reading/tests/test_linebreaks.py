"""Lines that copying lost and lines that a page's edge made."""

from __future__ import annotations

import pytest

from gongkai.reading.linebreaks import restored
from gongkai.reading.read import read
from gongkai.reading.source import paste

ONE_LINE = (
    "清江市交通运输局2025年政务公开工作分工方案 为做好2025年政务公开工作，制定本方案。 "
    "一、工作目标 全面推进决策公开、执行公开、管理公开。 "
    "二、重点任务 （一）推进决策公开。重大决策出台前公开征求意见，期限不少于30日。"
    "（责任科室：法规科） （二）推进执行公开。每季度末公布进展，责任科室：基建科，运输科配合，"
    "完成时限：全年。 "
    "三、工作要求 （一）加强领导。各科室于3月底前报送名单。"
    "（二）严格考核。办公室于12月20日前完成考核。 清江市交通运输局 2025年2月18日"
)
BROKEN = """一、突出安全生产信息公开
    （一）公开事故调查报告。事故调查报告经批复后，自批
复之日起20个工作日内向社会全文公开。（牵头科室：事故调
查科；配合科室：办公室、宣传科）
    （二）公开重大隐患信息。隐患整改情况每季度公开一次
，并于年底前汇总全年情况报局长办公会议。（牵头科室：办
公室）
"""
FREE = """一、突出安全生产信息公开
（一）公开事故调查报告，做到应公开尽公开
（二）公开重大隐患信息
（三）公开应急避难场所名录和位置，接受群众监督
各科室要加强协作，形成工作合力，共同做好公开工作
"""


def whole(text: str) -> list[str]:
    from gongkai.reading import clean

    return [line.text for line in restored(clean.lines(paste(text)))]


def test_a_text_without_line_breaks_is_read_as_if_it_had_them() -> None:
    reading = read(paste(ONE_LINE))
    assert reading.title == "清江市交通运输局2025年政务公开工作分工方案"
    assert (reading.issuer, reading.date) == ("清江市交通运输局", "2025-02-18")
    paths = [clause.path for clause in reading.clauses if clause.path]
    assert paths == ["一", "二", "二/(一)", "二/(二)", "三", "三/(一)", "三/(二)"]
    second = next(task for task in reading.tasks if task.clause == "二/(二)")
    assert (second.lead, second.support) == (("基建科",), ("运输科",))
    assert second.due is not None
    assert second.due.kind == "year"


def test_every_span_of_a_restored_line_points_at_its_words() -> None:
    source = paste(BROKEN)
    reading = read(source)
    for task in reading.tasks:
        printed = "".join(source.text[task.start : task.end].split())
        words = "".join(task.text.split())
        assert words[:8] in printed
        assert words[-8:] in printed


def test_words_broken_at_the_edge_of_a_page_are_whole_again() -> None:
    tasks = read(paste(BROKEN)).tasks
    assert [(task.lead, task.support) for task in tasks[:1]] == [
        (("事故调查科",), ("办公室", "宣传科"))
    ]
    assert tasks[-1].lead == ("办公室",)


@pytest.mark.parametrize("text", [FREE, FREE.replace("\n", "\n\n"), "清江市  交通  运输局\n"])
def test_lines_that_end_where_their_writer_ended_them_stay(text: str) -> None:
    from gongkai.reading import clean

    assert whole(text) == [line.text for line in clean.lines(paste(text))]


def test_spaces_inside_words_cut_nothing() -> None:
    spaced = "关于印发 通  知 的说明，" + "其中 第 一 条 讲的是范围，" * 20
    assert whole(spaced) == [spaced]
