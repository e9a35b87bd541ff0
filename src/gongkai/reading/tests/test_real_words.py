"""What deadlines, limits, targets, units, figures and citations make of the real documents."""

import re
from pathlib import Path

import pytest

from gongkai.reading.citations import find_citations
from gongkai.reading.deadlines import find_due, find_limits
from gongkai.reading.figures import find_figures
from gongkai.reading.targets import find_targets
from gongkai.reading.units import split_bracket

FOLDER = Path(__file__).parents[4].parent / "shared" / "documents"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of real documents is not beside the project"
)


def text_of(number: str) -> str:
    (path,) = FOLDER.glob(f"{number}_*")
    return path.read_text("utf-8")


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[。\n])", text) if s.strip()]


def dues(number: str, year: int) -> list[tuple[str, str | None]]:
    found = (find_due(sentence, year=year) for sentence in sentences(text_of(number)))
    return [(due.kind, due.on) for due in found if due]


def test_deadlines_of_every_sentence():
    assert dues("000", 2019) == [("date", "2019-12-31"), ("quarterly", None)]
    assert dues("001", 2019) == [
        ("yearly", None),
        ("date", "2019-12-31"),
        ("quarterly", None),
        ("date", "2019-12-31"),
        ("date", "2019-12-31"),
        ("yearly", None),
    ]
    assert dues("002", 2020) == []
    assert dues("004", 2019) == []


def test_limits():
    limits = [(x.n, x.unit) for x in find_limits(text_of("002"))]
    assert limits == [(5, "hour"), (24, "hour"), (48, "hour"), (5, "workday")]
    assert all(not find_limits(text_of(number)) for number in ("000", "001", "003", "004"))


def test_targets():
    targets = [(t.value, t.unit, t.op) for t in find_targets(text_of("001"))]
    assert targets == [
        (100, "%", ">="),
        (100, "%", ">="),
        (100, "%", ">="),
        (23_000, "人", ">="),
        (12, "个", ">="),
        (2, "家", ">="),
        (4, "%", ">="),
    ]
    assert not find_targets(text_of("000"))
    assert not find_targets(text_of("002"))


def test_brackets():
    found = [split_bracket(line)[1] for line in text_of("000").split("\n")]
    units = [(b.units.lead, b.units.support) for b in found if b]
    offices, everybody = ("办公室", "科技教育处"), ("各处室", "局属各单位")
    assert units == [
        (("各处", "办公室"), ()),
        (offices, everybody),
        (("办公室", "政策法规处"), everybody),
        (("办公室", "政策法规处"), everybody),
        (("办公室",), everybody),
        (("行政审批办公室",), everybody),
        (("计划规划处", "财务审计处"), ()),
        (offices, ()),
        (offices, ()),
        (offices, ()),
        (offices, ()),
    ]
    for number in ("001", "002", "004"):
        assert not any(split_bracket(sentence)[1] for sentence in sentences(text_of(number)))


def test_figures():
    figures = [(f.kind, f.stated, f.computed, f.agrees) for f in find_figures(text_of("004"))]
    assert figures == [
        ("sum", 66, 66, True),
        ("sum", 47, 47, True),
        ("rate", 71.4, 28.6, False),
    ]
    assert not any(find_figures(text_of(number)) for number in ("000", "001", "002", "003"))


def test_citations():
    numbers = {c.number for n in ("000", "001", "002", "004") for c in find_citations(text_of(n))}
    assert numbers - {None} == {
        "长政公组〔2019〕1号",
        "国办秘函〔2019〕19号",
        "鄂政办发〔2018〕40号",
        "津政办发〔2020〕1号",
        "津政办规〔2020〕6号",
        "津政办函〔2018〕10号",
        "国办发〔2017〕47号",
        "津政办发〔2017〕100号",
        "禄政办通〔2019〕32号",
    }
