"""An office's register is read row by row; what cannot be taken says why, nothing is lost."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.registers import FIELDS, Register, read_register
from gongkai.reading.registers.cells import read_cell
from gongkai.reading.registers.headings import NAMES
from gongkai.reading.source import Unreadable
from gongkai.reading.tests.builders import saved, zipped

HEAD = ["序号", "索引号", "信息名称", "文号", "成文日期", "公开属性", "不公开依据", "经费（万元）"]
ROWS = [
    [
        1,
        "QJ1/2026-1",
        "关于做好统计工作的通知",
        "清统发〔2026〕4号",
        "2026-03-05",
        "主动公开",
        "",
        "3",
    ],
    [
        2,
        "QJ1/2026-2",
        "关于开展抽样调查的通知",
        "清统发[2026]05号",
        "2026年2月30日",
        "主动",
        "",
        "",
    ],
    [3, "QJ1/2026-2", "", "清统函〔2026〕1号", "2026.3.7", "内部", "/", ""],
    [4, "QJ1/2026-4", "干部考核办法", "清统党〔2026〕2号", "20260308", "不予公开", "", ""],
]


def as_csv(rows, *, encoding="utf-8", delimiter=",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows, merged=()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2026年"
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def read(rows, **how) -> Register:
    return read_register(as_xlsx(rows, **how), "登记表.xlsx")


def sentences(row) -> str:
    return "".join(problem.sentence for problem in row.problems)


def check_report(found: Register) -> None:
    first, second, third, fourth = found.rows
    assert first.values == {
        "index_number": "QJ1/2026-1",
        "title": "关于做好统计工作的通知",
        "number": "清统发〔2026〕4号",
        "formed_on": "2026-03-05",
        "attribute": "proactive",
    }
    assert first.others == {"序号": "1", "经费（万元）": "3"}
    assert first.problems == ()
    assert first.can_be_taken
    assert second.values["number"] == "清统发〔2026〕5号"
    assert "已按“清统发〔2026〕5号”读取" in sentences(second)
    assert "没有“2026年2月30日”这一天" in sentences(second)
    assert "formed_on" not in second.values
    assert not second.can_be_taken
    assert "缺名称" in sentences(third)
    assert "不认识公开属性“内部”" in sentences(third)
    assert "索引号与第" in sentences(third)
    assert fourth.values["formed_on"] == "2026-03-08"
    assert fourth.values["attribute"] == "closed"
    assert "不予公开没有写依据" in sentences(fourth)
    assert fourth.can_be_taken


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_csv_in_any_encoding(encoding):
    found = read_register(as_csv([HEAD, *ROWS], encoding=encoding), "登记表.csv")
    check_report(found)
    assert [row.number for row in found.rows] == [2, 3, 4, 5]
    assert found.rows[0].sheet == "登记表.csv"


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_a_csv_parted_otherwise(delimiter):
    check_report(read_register(as_csv([HEAD, *ROWS], delimiter=delimiter), "x.csv"))


def test_a_sheet_with_title_totals_and_notes():
    rows = [
        ["清江市统计局政府信息登记表"],
        ["填报单位：办公室"],
        HEAD,
        *ROWS[:2],
        HEAD,
        *ROWS[2:],
        [],
        ["", "合计", "4件"],
        ["注：本表每季度更新。"],
        [5],
    ]
    found = read(rows, merged=["A1:H1", "A2:H2"])
    check_report(found)
    assert [row.number for row in found.rows] == [4, 5, 7, 8]
    assert [(one.number, one.why) for one in found.skipped] == [
        (1, "表头上面的文字。"),
        (2, "表头上面的文字。"),
        (6, "重复的表头。"),
        (10, "合计行。"),
        (11, "表下面的说明。"),
        (12, "只有一格有字，不是一条信息。"),
    ]
    assert found.skipped[0].text == "清江市统计局政府信息登记表"
    assert [(one.letter, one.field) for one in found.columns][:3] == [
        ("A", None), ("B", "index_number"), ("C", "title"),
    ]  # fmt: skip
    problem = found.rows[1].problems[0]
    assert (problem.cell, problem.text) == ("D5", "清统发[2026]05号")


def test_merged_headings_over_two_rows_with_ticks():
    rows = [
        ["名称", "文号", "日期", "", "公开属性", "", "", "不公开理由"],
        ["", "", "成文", "发布", "主动公开", "依申请公开", "不予公开", ""],
        ["甲通知", "清统发〔2026〕1号", "2026-03-05", "2026-03-06", "√", "", "", ""],
        ["乙通知", "清统发〔2026〕2号", "2026-03-05", "2026-03-04", "", "√", "", ""],
        ["丙通知", "清统发〔2026〕3号", "2026-03-05", "", "√", "√", "", ""],
        ["丁通知", "清统发〔2026〕6号", "2026-03-05", "", "", "", "", ""],
    ]
    merged = ["A1:A2", "B1:B2", "C1:D1", "E1:G1", "H1:H2"]
    for found in (read(rows, merged=merged), read_register(as_csv(rows), "x.csv")):
        assert [row.values.get("attribute") for row in found.rows] == [
            "proactive", "on_request", None, None,
        ]  # fmt: skip
        assert [row.values.get("published_on") for row in found.rows[:2]] == [
            "2026-03-06", "2026-03-04",
        ]  # fmt: skip
        assert "发布日期早于成文日期" in sentences(found.rows[1])
        assert "几种公开属性都打了勾" in sentences(found.rows[2])
        assert "没有勾选公开属性" in sentences(found.rows[3])
        assert [one.field for one in found.columns] == [
            "title", "number", "formed_on", "published_on", *["attribute"] * 3, "ground",
        ]  # fmt: skip


def test_a_group_merged_downwards_speaks_for_each_row():
    rows = [
        ["主题分类", "标题", "文号"],
        ["统计", "甲", "清统发〔2026〕1号"],
        ["", "乙", "清统发〔2026〕2号"],
    ]
    found = read(rows, merged=["A2:A3"])
    assert [row.values["topic"] for row in found.rows] == ["统计", "统计"]


def test_days_as_sheets_keep_them():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["标题", "成文日期", "发布日期", "有效期至"])
    sheet.append(["甲", date(2026, 3, 5), 46087, "长期有效"])
    sheet["B2"].number_format = 'm"月"d"日"'
    found = read_register(saved(book), "x.xlsx")
    assert found.rows[0].values == {
        "title": "甲", "formed_on": "2026-03-05", "published_on": "2026-03-06",
    }  # fmt: skip
    assert found.rows[0].problems == ()


def test_every_sheet_is_read_or_told():
    book = openpyxl.Workbook()
    book.active.append(["说明", "请逐条填写"])
    for year in (2025, 2026):
        sheet = book.create_sheet(f"{year}年")
        sheet.append(["标题", "文号"])
        sheet.append(["甲", "清统发〔2026〕1号"])
    found = read_register(saved(book), "x.xlsx")
    assert [(row.sheet, row.number) for row in found.rows] == [("2025年", 2), ("2026年", 2)]
    assert "名称和发文字号与“2025年”第2行相同" in sentences(found.rows[1])
    assert [(one.sheet, one.number) for one in found.skipped] == [("Sheet", 0)]


CELLS = [
    ("formed_on", "２０２６年３月５日", "2026-03-05", ""),
    ("formed_on", "二〇二六年三月五日", "2026-03-05", ""),
    ("formed_on", "2026/3/5 10:20:00", "2026-03-05", ""),
    ("formed_on", "2026年3月", "", "只有年月"),
    ("formed_on", "26.3.5", "", "不是日期"),
    ("formed_on", "20260230", "", "没有“20260230”这一天"),
    ("attribute", "□主动公开 ☑依申请公开", "on_request", ""),
    ("attribute", "是", "proactive", ""),
    ("attribute", "免予公开", "closed", ""),
    ("attribute", "待定", "", "不认识公开属性"),
    ("validity", "已废止", "repealed", ""),
    ("validity", "不详", "", "不认识效力"),
    ("number", "清统发2026-4", "清统发2026-4", "不是发文字号"),
    ("title", "关于做好\n统计工作的通知", "关于做好统计工作的通知", ""),
    ("title", "长" * 301, "", "超过300字"),
    ("abstract", "#REF!", "", "公式出错"),
    ("secrecy", "机密", "机密", "国家秘密"),
    ("secrecy", "非密", "非密", ""),
]


@pytest.mark.parametrize(("kind", "text", "value", "trouble"), CELLS)
def test_one_cell(kind, text, value, trouble):
    found = read_cell(kind, text)
    assert found.value == value
    assert trouble in found.trouble
    assert bool(trouble) == bool(found.trouble)


def test_every_field_has_headings_and_a_name():
    assert set(NAMES.values()) == set(FIELDS)
    for kind, name in FIELDS.items():
        assert name == "不公开依据" or NAMES[name] == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (as_csv([["甲", "乙"], ["1", "2"]]), "no_register"),
        (as_csv([["成文日期", "发布日期"], ["2026-03-05", "2026-03-05"]]), "no_register"),
        (b"%PDF-1.7", "not_a_document"),
        (
            zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}),
            "not_a_document",
        ),
        (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a"}), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "old_format"),
        ("标题,文号\n".encode() + b'"' + b"x" * 200_000, "damaged"),
    ],
)
def test_what_is_no_register_is_refused_in_words(data, code):
    with pytest.raises(Unreadable) as caught:
        read_register(data, "x")
    assert caught.value.code == code
    assert caught.value.sentence.endswith("。")


def test_hostile_merges_rows_and_columns_are_bounded():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>标题</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>文号</t></is></c></row>'
        for n in range(1, 3_000)
    )
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 2_000
    sheet = f"<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    with pytest.raises(Unreadable) as caught:
        read_register(_book(sheet), "x")
    assert caught.value.code == "too_large"
    far = (
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>'
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>'
    )
    with pytest.raises(Unreadable) as caught:
        read_register(_book(f"<worksheet><sheetData>{far}</sheetData></worksheet>"), "x")
    assert caught.value.code == "no_register"


def _book(sheet: str) -> bytes:
    """Return the workbook of the library with this for its sheet."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx([["x"]]))) as book,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in book.namelist():
            out.writestr(name, sheet if name.endswith("sheet1.xml") else book.read(name))
    return target.getvalue()


def test_too_many_rows_are_refused():
    rows = b"a,b\n" * 50_001
    with pytest.raises(Unreadable) as caught:
        read_register("标题,文号\n".encode() + rows, "x")
    assert "分成几份" in caught.value.sentence


WORDS = st.sampled_from(
    [
        "",
        "标题",
        "文号",
        "成文日期",
        "合计",
        "注：",
        "√",
        "主动公开",
        "2026-02-30",
        "甲通知",
        "公开属性",
        "/",
        "1",
    ]
) | st.text(max_size=6)


@given(st.lists(st.lists(WORDS, max_size=6), max_size=12))
def test_every_row_of_any_sheet_is_a_record_or_told(table):
    table = [["标题", "文号", "成文日期"], *table]
    data = as_csv(table)
    try:
        found = read_register(data, "x")
    except Unreadable:
        return
    (first, *_) = sorted(
        {*range(1, len(table) + 1)} - {r.number for r in (*found.rows, *found.skipped)}
    )
    told = {one.number for one in (*found.rows, *found.skipped)}
    for number, row in enumerate(table, 1):
        if number not in told and any(cell.strip() for cell in row):
            assert number - first in (0, 1), "only the one or two rows of headings are neither"
    for row in found.rows:
        for problem in row.problems:
            assert problem.sentence.endswith("。")
