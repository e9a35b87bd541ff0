"""The workbook as it goes out and what is read of it when it comes back."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from gongkai.sheets.rules import Filled, Line, Unreadable, read, same_words, write

LINES = [
    Line("1", "=1+1 公开权力清单", "2026年6月30日", "-没有进展", "k1"),
    Line("2", "@做好\n答复", "", "+1", "k2"),
]


def book(lines=LINES, **how):
    how = {"title": "=标题", "note": "=说明", "name": "填报/表:1", **how}
    return write(lines, **how)


def changed(change, lines=LINES):
    opened = load_workbook(BytesIO(book(lines)))
    change(opened.active)
    out = BytesIO()
    opened.save(out)
    return out.getvalue()


def test_every_text_goes_out_as_text():
    page = load_workbook(BytesIO(book())).active
    for row in page.iter_rows():
        for cell in row:
            assert cell.data_type != "f", cell.coordinate
    assert page["A1"].value == "=标题"
    assert page["B4"].value == "=1+1 公开权力清单"
    assert page["B4"].quotePrefix
    assert page["D5"].value == "+1"


def test_only_what_is_asked_can_be_changed():
    page = load_workbook(BytesIO(book())).active
    assert page.protection.sheet
    free = {
        cell.column_letter for row in page["A4:I5"] for cell in row if not cell.protection.locked
    }
    assert free == set("EFGH")
    assert page.column_dimensions["I"].hidden
    kinds = {check.type: str(check.sqref) for check in page.data_validations.dataValidation}
    assert kinds == {"list": "H4:H5", "textLength": "E4:G5"}


def test_what_was_filled_in_is_read_with_its_line():
    def fill(page):
        page["E5"] = "  已办\r\n第二行 "
        page["H5"] = "是"

    (first, second) = read(changed(fill)).lines
    assert first.filled == Filled()
    assert (second.line, second.key, second.number) == (5, "k2", "2")
    assert second.filled == Filled("已办\n第二行", done=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        (True, "是"),
        (date(2026, 3, 2), "2026年3月2日"),
        (datetime(2026, 3, 2, 9, 30), "2026-03-02 09:30"),
    ],
)
def test_cells_that_are_no_text_are_read_as_text(value, text):
    (line, _) = read(changed(lambda page: page.__setitem__("E4", value))).lines
    assert line.filled.progress == text


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("E4", '=HYPERLINK("http://x","y")', "“进展情况”是公式"),
        ("F4", "=1+1", "“存在问题”是公式"),
        ("B4", "=B5", "“任务”是公式"),
        ("I4", "=I5", "“校验码（请勿改动）”是公式"),
        ("E4", "#REF!", "显示的是错误值（#REF!）"),
        ("E4", "字" * 2001, "超过2000字"),
        ("H4", "差不多", "写的是“差不多”"),
        ("F4", "缺人", "没有填“进展情况”"),
        ("H4", "是", "没有填“进展情况”"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do(cell, value, said):
    found = read(changed(lambda page: page.__setitem__(cell, value)))
    assert any(one.line == 4 and said in one.sentence for one in found.troubles)
    assert [line.line for line in found.lines] == [5]


def test_no_alone_says_nothing():
    (line, _) = read(changed(lambda page: page.__setitem__("H4", "否"))).lines
    assert line.filled.empty


def test_lines_may_stand_elsewhere_and_rows_may_be_added_above():
    found = read(changed(lambda page: page.insert_rows(1, 2)))
    assert [line.line for line in found.lines] == [6, 7]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_said(data):
    with pytest.raises(Unreadable, match="打不开"):
        read(data)


def test_another_table_is_not_ours():
    other = Workbook()
    other.active.append(["序号", "任务", "进展情况"])
    out = BytesIO()
    other.save(out)
    with pytest.raises(Unreadable, match="表头"):
        read(out.getvalue())


def test_words_are_the_same_whatever_a_program_does_to_spaces():
    assert same_words("做好\r\n答复 ", "做好\n答复")
    assert same_words("做好_x000D_\n答复", "做好\n答复")
    assert not same_words("做好答复", "做好批复")
