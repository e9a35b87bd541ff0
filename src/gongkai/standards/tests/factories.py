"""Catalogues for tests: tables in the national columns, read and taken through the actions."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from gongkai.standards import actions
from gongkai.standards.models import Catalogue, Item

ABOVE = ["序号", "公开事项", None, "公开内容\n（要素）", "公开依据", "公开时限", "公开主体"]
ABOVE += ["公开渠道和载体", "公开对象", None, "公开方式", None, "公开层级", None]
BELOW = [None, "一级事项", "二级事项", *[None] * 5, "全社会", "特定群体", "主动", "依申请公开"]
BELOW += ["县级", "乡级"]
FIELD = "义务教育"


def line(number: int, first: str, second: str, **how: Any) -> list[Any]:
    """A row of the table; ``how`` changes cells."""
    cells = {
        "content": f"{second}的内容",
        "basis": "《政府信息公开条例》",
        "limit": "20个工作日内",
        "publisher": "教育行政部门",
        "channels": "■政府网站 □政府公报\n■两微一端",
        "all": "√",
        "group": None,
        "open": "√",
        "asked": None,
        "county": "√",
        "town": None,
    }
    return [number, first, second, *{**cells, **how}.values()]


TABLE = [
    line(1, "政策文件", "法律法规"),
    line(2, None, "部门规章", group="学生家长", all=None),
    line(3, "教育概况", "学校名录", limit="及时公开"),
]


def workbook(lines: Sequence[Sequence[Any]] = TABLE, title: str = "义务教育标准目录") -> bytes:
    """Return a workbook as ministries publish it: a title, two rows of headings, merged cells."""
    book = Workbook()
    page: Any = book.active
    for row in ([title], ABOVE, BELOW, *lines):
        page.append(list(row))
    page.merge_cells("B2:C2")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(side: Any, lines: Sequence[Sequence[Any]] = TABLE, **how: Any) -> Catalogue:
    """Read a catalogue in."""
    usual = {
        "body": side.body,
        "actor": side.openness_office,
        "field": FIELD,
        "upload": workbook(lines),
        "name": "义务教育目录.xlsx",
    }
    return actions.read_catalogue(**{**usual, **how})


def taken(side: Any, lines: Sequence[Sequence[Any]] = TABLE) -> Catalogue:
    """Read a catalogue in and put it in force."""
    found = read(side, lines)
    return actions.take_catalogue(found, actor=side.openness_office, expected=found.version)


def assigned(side: Any, catalogue: Catalogue, *orders: int) -> list[Item]:
    """Assign items to the section."""
    items = list(catalogue.items.select_related("matter").filter(order__in=orders))
    actions.assign_items(catalogue, actor=side.openness_office, items=items, units=[side.section])
    return items
