"""Fill-in sheets of the demo's year: one was taken, one came back, one is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO

from openpyxl import load_workbook

from gongkai.demo.city import City
from gongkai.outbox import api as outbox
from gongkai.progress import api as progress
from gongkai.sheets import api as sheets

FIRST = 4
"""The row of the workbook in which the first task stands."""

SAID = (
    ("已完成信息梳理，正在网站栏目补充公开。", "历史数据分散，补录较慢", "下月底前补齐"),
    ("已按季度更新，内容经分管领导审核。", "", "继续按季度更新"),
    ("宣传折页已印发到各收费站和办事窗口。", "", ""),
    ("完成目录清单初稿，报局办公室审核。", "部分事项公开层级待明确", "审核后公布"),
)
STORY = (
    (75, "send", ("运管处",)),
    (66, "return", ("运管处",)),
    (62, "take", ("运管处",)),
    (20, "send", ("水路中心", "农村办")),
    (16, "note", ("水路中心",)),
    (11, "return", ("水路中心",)),
)
"""So many days before the demo's day: what is done with the sheets of which units."""


def go_on(city: City, *, day: date, until: date) -> None:
    """Do what the story says of the days since the last one that was worked."""
    before = day - timedelta(days=4 if day.weekday() == 1 else 3)
    for days, verb, names in STORY:
        if before < until - timedelta(days=days) <= day:
            if verb == "send":
                _send(city, names, due_on=day + timedelta(days=10))
            else:
                for name in names:
                    _go_on(city, name, verb)
            outbox.drain()


def _send(city: City, names: Sequence[str], *, due_on: date) -> None:
    sheets.send_sheets(
        body=city.bureau,
        units=[city.units[name] for name in names],
        actor=city.people["zhoumin"],
        due_on=due_on,
        note="只填本单位承担的部分，没有进展的项可以空着。",
    )


def _go_on(city: City, name: str, verb: str) -> None:
    zhou = city.people["zhoumin"]
    sheet = sheets.Sheet.objects.filter(unit=city.units[name]).latest("pk")
    if verb == "note":  # so that one row of what comes back stands against something newer
        said = progress.Said(sheet.rows.get(order=1).task, "电话核实：统一文书已启用。")
        progress.key_in_progress([said], unit=sheet.unit, actor=zhou)
        return
    if verb == "return":
        sheets.return_sheet(
            sheet,
            actor=zhou,
            upload=_filled(sheet),
            name=f"{name}填报表.xlsx",
            expected=sheet.version,
        )
        return
    asked = {
        one.row.pk: one.before.pk if one.before else 0
        for one in sheets.differences(sheet)
        if not one.closed
    }
    sheets.take_rows(sheet, actor=zhou, asked=asked, expected=sheet.version)


def _filled(sheet: sheets.Sheet) -> bytes:
    """Fill the workbook in as somebody at the unit would."""
    book = load_workbook(BytesIO(sheets.workbook_of(sheet)))
    page = book.worksheets[0]
    for row, said in zip(range(FIRST, FIRST + sheet.size), SAID, strict=False):
        for column, text in enumerate(said, start=5):
            page.cell(row, column).value = text or None
    page.cell(FIRST, 8).value = "是"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
