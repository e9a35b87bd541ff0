"""The same document in any format gives the same tasks, clauses and dates; spans point at them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.reading.read import read
from gongkai.reading.source import load, paste
from gongkai.reading.tests import builders
from gongkai.reading.tests.shapes import FORMATS, Shape, shape_of_bars, shape_of_lines

DOCUMENTS = Path(__file__).parents[4].parent / "shared" / "documents"

PROSE = """清江市交通运输局2026年政务公开工作实施方案
为做好2026年全市交通运输系统政务公开工作，根据《清江市2026年政务公开工作要点》（清政办发〔2026〕8号）要求，结合实际，制定本方案。
一、加强政策解读
（一）做好重要政策解读。按照“谁起草、谁解读”的原则，政策文件与解读方案、解读材料同步报批、同步发布，图表解读所占比重不低于40%。（责任单位：局法规科、局办公室，完成时限：2026年6月底前）
（二）回应社会关切。发生突发事件的，在5小时内发布权威信息，在24小时内举行新闻发布会。（责任单位：局应急科，配合单位：局宣传科）
二、推进主动公开
（一）公开重大建设项目信息。每季度更新一次项目进展。（责任单位：局基建科）
（二）完善公开制度。2026年11月底前修订政务公开制度，全年开展培训不少于2次。（责任单位：局办公室牵头，局属各单位配合）
三、工作要求
（一）加强组织领导。各单位要明确分管领导和专职人员。
（二）严格督促考核。政务公开工作纳入年度绩效考核，年底前完成考核。（责任单位：局人事科）
清江市交通运输局
2026年2月12日"""

TABLE = Shape(
    [builders.TITLE, *builders.LETTER, *builders.SIGNED],
    {
        (row, col): (down, right, text)
        for row, col, down, right, text in builders.expected_grid(builders.ROWS * 4)
    },
    ["注：表中日期为最后期限。"],
)


def plain(text: str) -> str:
    """Return the text without white space, which formats set differently."""
    return re.sub(r"\s", "", text)


def essence(source) -> tuple[list, list]:
    """Return what a reading says, without places and white space."""
    reading = read(source)
    for task in reading.tasks:
        assert 0 <= task.start < task.end <= len(source.text)
    tasks = [
        (
            task.row,
            task.clause,
            plain(task.text),
            task.lead,
            task.support,
            task.due and (task.due.kind, task.due.on),
            [limit.n for limit in task.limits],
            task.superior,
            task.flags,
        )
        for task in reading.tasks
    ]
    clauses = [(one.path, plain(one.heading), plain(one.text)) for one in reading.clauses]
    return tasks, clauses


@pytest.mark.parametrize("form", FORMATS)
def test_prose(form) -> None:
    expected = essence(paste(PROSE))
    assert len(expected[0]) >= 6
    assert essence(load(FORMATS[form](shape_of_lines(PROSE)), "x")) == expected


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_with_merged_groups_over_pages(form) -> None:
    tasks, _ = essence(load(FORMATS[form](TABLE), "x"))
    assert [task[:3] for task in tasks] == [
        (number, "一" if (number - 1) % 6 < 3 else "二", row.text)
        for number, row in enumerate(builders.ROWS * 4, 1)
    ]
    assert tasks == essence(load(FORMATS["docx"](TABLE), "x"))[0]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_reference_documents(number, form) -> None:
    if not DOCUMENTS.is_dir():
        pytest.skip("the reference documents are not part of the project")
    (path,) = DOCUMENTS.glob(f"{number}_*.txt")
    source = load(path.read_bytes(), path.name)
    shape = shape_of_bars(source.text) if number == "003" else shape_of_lines(source.text)
    expected, found = essence(source)[0], essence(load(FORMATS[form](shape), "x"))[0]
    assert found == expected
