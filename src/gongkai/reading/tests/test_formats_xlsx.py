"""Sheets: each cell as it is displayed, merged cells resolved, titles and notes apart."""

from __future__ import annotations

import datetime

import openpyxl
import pytest

from gongkai.reading.formats.xlsx.display import display
from gongkai.reading.source import Unreadable, load
from gongkai.reading.tests.builders import assert_honest, grid_of, saved, zipped


def book_of(*rows, **options):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def read(book):
    source = load(saved(book), "x.xlsx")
    assert_honest(source)
    return source


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (43617, "yyyy/m/d", "2019/6/1"),
        (43617, 'yyyy"年"m"月"', "2019年6月"),
        (43617, '[$-804]yyyy"年"m"月"d"日";@', "2019年6月1日"),
        (43617, 'm"月"d"日"', "6月1日"),
        (43617, "yyyy\\-mm\\-dd", "2019-06-01"),
        (43617.75, "yyyy-mm-dd hh:mm:ss", "2019-06-01 18:00:00"),
        (43617.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (43617.5, "h:mm AM/PM", "12:00 PM"),
        (43617, "aaaa", "星期六"),
        (1.5, "[h]:mm", "36:00"),
        (0.714, "0.0%", "71.4%"),
        (1, "0%", "100%"),
        (5, '0"小时"', "5小时"),
        (5, '"第"0"季度"', "第5季度"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (3.1, "0.##", "3.1"),
        (5, "000", "005"),
        (-3, "0_);(0)", "(3)"),
        (-5, "0.0", "-5.0"),
        (5, ";;;", ""),
        (5, "@", "5"),
        (2.5, "General", "2.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "0", "1" + "0" * 20),
        (-1, "yyyy/m/d", "-1"),
        (1e15, "yyyy/m/d", "1e+15"),
        (1, "yyyy/m/d", "1900/1/1"),
        (61, "yyyy/m/d", "1900/3/1"),
    ],
)
def test_cells_look_as_in_the_office(value, code, shown) -> None:
    assert display(value, code) == shown


def test_days_counted_from_1904() -> None:
    assert display(42155, "yyyy/m/d", since_1904=True) == "2019/6/1"


def test_dates_and_formulas_of_a_real_file() -> None:
    book = book_of(["截止", "次数", "比例"], [datetime.date(2026, 6, 1), "=1+1", 0.5])
    book.active["A2"].number_format = "mm-dd-yy"  # the built-in short date
    book.active["C2"].number_format = "0%"
    # No office program has computed the formula: it displays nothing.
    assert [cell[4] for cell in grid_of(read(book))] == [
        "截止",
        "次数",
        "比例",
        "2026/6/1",
        "",
        "50%",
    ]


def test_titles_and_notes_are_paragraphs_and_empty_rows_go() -> None:
    book = book_of(
        ["分工表"], [], ["序号", "任务"], [1, "公开\n解读"], [], [2, None], [3, "归档"], ["注：略"]
    )
    source = read(book)
    assert [(b.kind, b.content) for b in source.blocks if b.kind == "para"] == [
        ("para", "分工表"),
        ("para", "注：略"),
    ]
    assert [cell[4] for cell in grid_of(source)] == [
        "序号",
        "任务",
        "1",
        "公开\n解读",
        "2",
        "",
        "3",
        "归档",
    ]
    assert [b.where for b in source.blocks][:4] == ["Sheet!A1", "Sheet!A3", "Sheet!B3", "Sheet!A4"]


def test_a_last_row_with_only_its_number_is_no_note() -> None:
    source = read(book_of(["序号", "任务"], [1, "公开"], [2, None]))
    assert [cell[4] for cell in grid_of(source)][-2:] == ["2", ""]


def test_a_last_row_under_a_merged_group_is_no_note() -> None:
    book = book_of(["组", "任务"], ["甲", "公开"], ["", ""])
    book.active["B3"] = "解读"
    book.active.merge_cells("A2:A3")
    assert grid_of(read(book))[-1] == (2, 1, 1, 1, "解读")


def test_only_visible_sheets_each_its_own_table() -> None:
    book = book_of(["序号", "任务"], [1, "甲"])
    for name, state in (("二", "visible"), ("三", "hidden"), ("四", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append(["序号", "任务"])
        sheet.append([1, name])
        sheet.sheet_state = state
    source = read(book)
    assert {block.table for block in source.blocks} == {0, 1}
    assert source.blocks[-1].where == "二!B2"


def test_far_away_and_overlapping_merges_do_no_harm() -> None:
    def cell(place: str, text: str) -> str:
        return f'<c r="{place}" t="str"><v>{text}</v></c>'

    rows = (
        f'<row r="1">{cell("A1", "序号")}{cell("B1", "任务")}</row>'
        f'<row r="2">{cell("A2", "1")}{cell("B2", "甲")}</row>'
        f'<row r="1048576">{cell("XFD1048576", "远")}</row>'
    )
    merges = ("A2:XFD1048000", "A2:B2", "B1:A1", "A1:ZZZZ9", "", "A1:")
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    source = load(raw_sheet(rows, after=f"<mergeCells>{merged}</mergeCells>"), "x")
    assert "远" not in source.text  # beyond the widest table that is read
    assert grid_of(source) == [(0, 0, 1, 1, "序号"), (0, 1, 1, 1, "任务"), (1, 0, 1, 2, "1")]


def test_pinyin_over_characters_is_left_out() -> None:
    strings = "<sst><si><r><t>公</t></r><r><t>开</t></r><rPh><t>gongkai</t></rPh></si></sst>"
    source = load(raw_sheet('<row><c t="s"><v>0</v></c><c t="s"><v>9</v></c></row>', strings), "x")
    assert source.text == "公开"


def test_cells_of_every_type() -> None:
    row = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>内 联</t></is></c><c r="B1" t="b"><v>1</v></c>'
        '<c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="str"><v>公式_x000D_\n果</v></c>'
        '<c r="E1"><v>nan</v></c><c r="F1"><v>no number</v></c>'
        '<c r="G1" t="d"><v>2026-06-01</v></c></row>'
    )
    assert load(raw_sheet(row), "x").text.split("\t") == [
        "内 联", "TRUE", "#N/A", "公式\n果", "nan", "no number", "2026-06-01",
    ]  # fmt: skip


def raw_sheet(rows: str, strings: str = "<sst/>", after: str = "") -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns:r="{office}"><sheets>'
            '<sheet name="表" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="a" '
            f'Type="{office}/worksheet" '
            'Target="worksheets/s.xml"/></Relationships>',
            "xl/worksheets/s.xml": f"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>",
            "xl/sharedStrings.xml": strings,
        }
    )


def test_an_empty_book_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        load(saved(openpyxl.Workbook()), "x")
    assert caught.value.code == "no_text"


def test_too_many_cells_are_refused() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="IV{row}" t="b"><v>1</v></c></row>' for row in range(1, 1500)
    )
    with pytest.raises(Unreadable) as caught:
        load(raw_sheet('<row r="1"><c r="A1" t="b"><v>1</v></c></row>' + rows), "x")
    assert caught.value.code == "too_large"


def test_thousands_of_overlapping_merges_are_refused_in_time() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="b"><v>1</v></c><c r="J{row}" t="b"><v>1</v></c></row>'
        for row in range(1, 5000)
    )
    merges = "<mergeCell ref='E9:E9'/>" + "<mergeCell ref='A1:J4999'/>" * 5000
    with pytest.raises(Unreadable) as caught:
        load(raw_sheet(rows, after=f"<mergeCells>{merges}</mergeCells>"), "x")
    assert caught.value.code == "too_large"
