"""The reader never raises and keeps its places in order."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.reading.clean import clean
from gongkai.reading.read import read
from gongkai.reading.result import Reading
from gongkai.reading.source import Block, Source, Unreadable, paste

BITS = [
    "一、",
    "二、公开重点",
    "（一）",
    "(二)公开预算。",
    "1.",
    "1.1 ",
    "①",
    "第一章",
    "第二条 ",
    "一是建制度。",
    "二是抓培训；",
    "四是严考核。",
    "\n",
    "\n\n",
    " | ",
    "|\n",
    "\t",
    "    ",
    "序号",
    "序号 |\n任务 |\n责任单位 |\n时限 |\n",
    "序号\t任务\t责任单位\t完成时限\n",
    "工作任务",
    "责任单位：",
    "（责任单位：局办公室；完成时限：2026年6月底前）",
    "（办公室牵头，各科室配合）",
    "局办公室、局属各单位",
    "2026年6月底前",
    "每季度",
    "及时公开",
    "5个工作日内",
    "不低于95%",
    "共66件，其中：甲18件、乙48件",
    "《清江市工作要点》（清政发〔2026〕8号）",
    "清江市交通运输局",
    "2026年2月12日",
    "二〇二六年二月三十日",
    "附件：1.任务表",
    "附件2",
    "各科室：",
    "分享到：",
    "機關(guān)",
    "“",
    "”",
    "（",
    "）",
    "。",
    "；",
    "：",
    "7",
    "公开",
]
PIECES = st.lists(st.sampled_from(BITS) | st.text(max_size=6), max_size=40).map("".join)


def plain(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def assert_sound(source: Source, found: Reading) -> None:
    length = len(source.text)
    for group in (found.clauses, found.tasks, found.citations, found.figures):
        for one in group:
            assert 0 <= one.start <= one.end <= length
    for group in (found.clauses, found.tasks):
        assert all(one.start < one.end for one in group)
        assert [one.start for one in group] == sorted(one.start for one in group)
    for clause in found.clauses:
        inside = cleaned(source, clause.start, clause.end)
        left = iter(inside)  # brackets that name units are left out between the words
        assert all(char in left for char in simple(clause.text))
    assert {task.clause for task in found.tasks} <= {one.path for one in found.clauses} | {""}
    for task in found.tasks:
        assert task.text.strip()
        assert task.row >= 1
        assert ("no-unit" in task.flags) == (not task.lead and not task.support)
        assert ("no-deadline" in task.flags) == (task.due is None)
        assert ("inherited" in task.flags) == bool(task.inherited)
        assert not set(task.lead) & set(task.support)
    json.dumps(found.as_json(), allow_nan=False)


def cleaned(source: Source, start: int, end: int) -> str:
    """Return what stands there as the reader cleans it, simplified, without white space."""
    text = source.text[start:end]
    block = Block(start, end, "line", text, range(start, end))
    return plain(clean(block, traditional=True).text)


def simple(text: str) -> str:
    """Simplify what the reader left because there was little of it."""
    block = Block(0, len(text), "line", text, range(len(text)))
    return plain(clean(block, traditional=True).text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES)
def test_any_text_gives_a_sound_reading(text) -> None:
    try:
        source = paste(text)
    except Unreadable:
        return
    assert_sound(source, read(source))


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_characters(text) -> None:
    try:
        source = paste(text)
    except Unreadable:
        return
    assert_sound(source, read(source))
