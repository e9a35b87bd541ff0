"""The reader never raises, keeps its places in order, and takes time in proportion to length."""

from __future__ import annotations

import json
import time

import pytest
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


PROSE = """一、加强公开（{n}）
（一）公开预算。办公室牵头，各科室配合，2026年6月底前完成。每季度通报一次，办理率不低于95%。
（二）公开决算。一是抓培训；二是严考核；三是重实效。（责任单位：财务科；完成时限：2026年9月）
"""
FLAT = "{n} |\n公开第{n}项信息，做好{n}类事项 |\n局办公室、相关科室 |\n2026年11月底前 |\n"
FLAT_HEAD = "序号 |\n任务 |\n责任单位 |\n时限 |\n"
BARE = "{n}\n公开第{n}项信息，做好各类事项\n局办公室\n2026年11月底前\n"
TABBED = "{n}\t公开第{n}项信息\t局办公室\t2026年11月底前\n"
DOCUMENTS = {
    "clauses": ("", PROSE),
    "one long paragraph": (
        "一、",
        "公开第{n}项信息，局办公室每季度通报，共3件，其中甲1件、乙2件。",
    ),
    "bars": (FLAT_HEAD, FLAT),
    "cells a line": (FLAT_HEAD.replace(" |", ""), BARE),
    "tabs": ("序号\t任务\t责任单位\t时限\n", TABBED),
    "articles": (
        "",
        "第{n}条 各科室应当在5个工作日内公开《第{n}号文件》（清政发〔2026〕{n}号）。\n",
    ),
    "headings": ("", "抓好第某项工作\n做好各类信息的公开，每季度通报一次，由办公室负责。\n"),
}


def seconds(text: str) -> float:
    best = 1e9
    for _ in range(2):
        begin = time.process_time()
        read(paste(text))
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.parametrize("name", DOCUMENTS)
def test_time_grows_with_length(name) -> None:
    head, part = DOCUMENTS[name]
    read(paste(head + part.format(n=1)))  # what is loaded once
    short = head + "".join(part.format(n=n) for n in range(1, 31))
    long = head + "".join(part.format(n=n) for n in range(1, 601))
    times = len(long) / len(short)
    assert seconds(long) < max(seconds(short), 0.01) * times * 3


HOSTILE = {
    "one character": "一" * 200_000,
    "open brackets": "（" * 100_000,
    "open quotes": "一、“" + "《" * 100_000,
    "labels": "1.1." * 50_000,
    "labels a line": "一、\n" * 30_000,
    "deep labels": "\n".join("1." * depth + "1 公开" for depth in range(1, 200)),
    "items": "一是" * 50_000,
    "bars": "|" * 200_000,
    "bars a line": "|\n" * 60_000,
    "numbers and bars": "序号 | 任务 | 责任单位 | 时限 |\n" + "1 | " * 50_000,
    "tabs": "序号\t任务\t责任单位\t时限\n" + "\t" * 100_000,
    "spaces": "一、" + " " * 200_000 + "公开",
    "line breaks": "\n" * 200_000 + "公开",
    "digits": "1" * 200_000,
    "days": "2026年1月1日" * 20_000,
    "colons": "责任单位：" * 30_000,
    "unit words": "局办公室、" * 40_000,
    "titles": "公开工作方案\n" * 20_000,
    "attachments": "附件：1.表\n" * 20_000,
    "heads": "序号\n任务\n责任单位\n时限\n" * 10_000,
    "breadcrumbs": "首页 > " * 30_000,
    "pinyin": "關(guān" * 40_000,
    "percents": "100%" * 50_000,
    "sums": "共1件，其中：" * 20_000,
    "citations": "《通知》（" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_in_time(name) -> None:
    begin = time.process_time()
    source = paste(HOSTILE[name])
    found = read(source)
    taken = time.process_time() - begin
    assert all(0 <= one.start <= one.end <= len(source.text) for one in found.clauses)
    assert taken < 20, f"{taken:.1f} s for {len(source.text)} characters"
