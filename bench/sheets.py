"""Measures accepting a filled-in table: read, checked, compared, taken; over the bare insert."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

from openpyxl import load_workbook

from bench.binding import insert, left_by, taken_back
from bench.city import City
from bench.measuring import Measure, interleaved
from bench.sides import Side
from gongkai.kernel import clock
from gongkai.organisation.api import Unit
from gongkai.outbox.api import drain
from gongkai.programme import api as programme
from gongkai.sheets import api as sheets

AIM = 10
FIRST = 4
"""The row of the workbook in which the first task stands."""


def measure(side: Side, *, times: int, rows: int) -> Iterator[Measure]:
    """Yield the one measure; both sides of it are rolled back, so that each starts alike."""
    with side.open():
        city = side.marks["city"]
        sheet = _sent(city, rows)
        data = _filled(sheet, rows)
        left, queries = left_by(lambda: _accept(sheet, data, city))
        works = {
            "accept": lambda: taken_back(lambda: _accept(sheet, data, city)),
            "bare": lambda: taken_back(lambda: insert(left)),
        }
        readings = interleaved(works, times)
    n = sum(len(some) for some in left.values())
    baseline = f"bulk_create of the same {n:,} rows in {len(left)} tables; {rows} rows of the table"
    accepted, bare = readings["accept"], readings["bare"]
    yield Measure.of("sheet.accept", accepted, bare, baseline, AIM, queries=queries)


def _sent(city: City, rows: int) -> sheets.Sheet:
    """Bind tasks of one unit and send it the sheet of them."""
    lines = ["清江市交通运输局2026年政务公开填报任务", "清江市交通运输局", "2026年2月27日"]
    lines += ["序号 |", "工作任务 |", "责任部门 |", "完成时间 |", "|"]
    for number in range(1, rows + 1):
        lines += [f"{number} |", f"公开第{number}类填报事项 |", "财务审计科 |", "2026年9月 |", "|"]
    document = programme.receive_document(
        actor=city.office, body=city.bodies[0], upload="\n".join(lines).encode(), name="表.txt"
    )
    drain()
    document.refresh_from_db()
    programme.accept_clear(document, actor=city.office)
    document.refresh_from_db()
    bound = programme.bind(document, actor=city.office, expected=document.version, year=2026)
    part = bound.tasks.get(row=1).parts.select_related("unit").get()
    unit: Unit = part.unit
    (sheet,) = sheets.send_sheets(
        body=city.bodies[0],
        units=[unit],
        actor=city.office,
        due_on=clock.today() + timedelta(days=7),
    )
    return sheet


def _filled(sheet: sheets.Sheet, rows: int) -> bytes:
    """Fill in so many rows; what the unit had before stays empty."""
    book = load_workbook(BytesIO(sheets.workbook_of(sheet)))
    page = book.worksheets[0]
    for number in range(rows):
        page.cell(FIRST + number, 5).value = f"第{number}项已按要求公开，栏目更新到本月。"
        page.cell(FIRST + number, 7).value = "下月复核"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _accept(sheet: sheets.Sheet, data: bytes, city: City) -> None:
    back = sheets.return_sheet(
        sheet, actor=city.office, upload=data, name="填报表.xlsx", expected=sheet.version
    )
    asked = {one.row.pk: one.before.pk if one.before else 0 for one in sheets.differences(back)}
    sheets.take_rows(back, actor=city.office, asked=asked, expected=back.version)
