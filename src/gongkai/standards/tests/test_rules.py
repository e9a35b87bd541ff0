"""What is read of a table in the national columns, and how versions differ."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from gongkai.standards.rules import Entry, Row, Unreadable, compare, read, table_of
from gongkai.standards.tests.factories import ABOVE, BELOW, TABLE, line, workbook


def rows(lines=TABLE):
    return read(table_of(workbook(lines), "xlsx"))


def as_csv(lines, encoding="utf-8-sig"):
    out = StringIO()
    writer = csv.writer(out)
    writer.writerows([["目录"], ABOVE, BELOW, *lines])
    return out.getvalue().encode(encoding)


def test_national_columns_with_ticks_and_boxes_are_read():
    first, second, third = rows()
    assert first.line == 4
    assert first.entry == Entry(
        "1",
        "政策文件",
        "法律法规",
        "法律法规的内容",
        "《政府信息公开条例》",
        "20个工作日内",
        "教育行政部门",
        "政府网站、两微一端",
        "全社会",
        "主动",
        "县级",
    )
    assert (second.entry.first, second.entry.audience) == ("政策文件", "特定群体：学生家长")
    assert third.entry.first == "教育概况"
    assert not any(row.why for row in (first, second, third))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_says_the_same(encoding):
    read_rows = read(table_of(as_csv(TABLE, encoding), "csv"))
    assert [row.entry for row in read_rows] == [row.entry for row in rows()]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"second": None}, "缺二级事项。"),
        ({"content": None, "basis": ""}, "缺公开内容、公开依据。"),
        ({"all": None}, "缺公开对象。"),
        ({"all": "×"}, "缺公开对象。"),
        ({"channels": "□政府网站 □公报"}, "缺公开渠道和载体。"),
        ({"content": "=1+1"}, "第4列是公式或错误值"),
        ({"content": "字" * 4001}, "有一格超过4000字"),
        ({"second": "字" * 501}, "事项名称太长"),
        ({"second": "部门规章"}, "与第4行的事项重复。"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(changed, why):
    second = changed.pop("second", "法律法规")
    found = rows([line(1, "政策文件", "部门规章"), line(2, "政策文件", second, **changed)])
    assert found[0].why == ()
    assert any(why in one for one in found[1].why), found[1].why


def test_empty_rows_headings_again_and_notes_say_nothing():
    noise = [[None], ABOVE, BELOW, ["注：以上事项由各校公开"]]
    assert [row.line for row in rows([TABLE[0], *noise, TABLE[2]])] == [4, 9]


def test_audience_and_way_in_one_column_each():
    above = ["序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体"]
    above += ["公开渠道", "公开对象", "公开方式", "公开层级"]
    table = [above, ["1", "甲", "乙", "丙", "丁", "及时", "局", "网站、公报", "全社会", "主动"]]
    table[1].append("县级")
    (row,) = read(table)
    said = (row.entry.audience, row.entry.way, row.entry.level, row.entry.channels)
    assert said == ("全社会", "主动", "县级", "网站、公报")
    assert row.why == ()


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"PK broken", "xlsx", "打不开"),
        (b"", "csv", "表头"),
        (b"\xff\xff\x80", "csv", "编码"),
        ("序号,名称\n1,甲\n".encode(), "csv", "表头"),
    ],
)
def test_what_is_no_catalogue_is_said(data, kind, said):
    with pytest.raises(Unreadable, match=said):
        read(table_of(data, kind))


def test_a_table_without_rows_or_with_too_many_is_said():
    with pytest.raises(Unreadable, match="没有事项"):
        rows([])
    with pytest.raises(Unreadable, match="超过3000行"):
        table_of(as_csv([TABLE[0]] * 3001), "csv")


def test_rows_are_kept_as_they_were():
    for row in rows([*TABLE, line(4, None, "")]):
        assert Row.from_json(row.as_json()) == row


def test_versions_are_compared_by_the_names_of_their_matters():
    before = [row.entry for row in rows()]
    after = [
        row.entry
        for row in rows(
            [
                line(1, "政策 文件", "法律法规"),
                line(2, "教育概况", "学校名录", limit="3个工作日内"),
                line(3, "招生", "招生计划"),
            ]
        )
    ]
    found = compare(before, after)
    assert [entry.second for entry in found.added] == ["招生计划"]
    assert [entry.second for entry in found.gone] == ["部门规章"]
    (change,) = found.changed
    assert change.columns == (("公开时限", "及时公开", "3个工作日内"),)
    assert found.same == 1
