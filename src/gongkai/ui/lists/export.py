"""Writes a list to CSV or XLSX, in chunks, with the rows of the list and nothing else."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from gongkai.kernel import clock
from gongkai.ui.lists.columns import Column

LIMIT = 20_000
CHUNK = 1_000
# What a spreadsheet takes for the beginning of a formula (also after spaces and full-width).
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
Value = str | int | float | date | datetime | None


def harmless(value: Value) -> Value:
    """Keep a text from being run as a formula when a spreadsheet opens the CSV."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def cut(limit: int) -> str:
    """Return the sentence for a list that is longer than a file may be."""
    return f"只导出了前{limit:,}条。请用筛选缩小范围后分次导出。"


def lines(columns: Sequence[Column], rows: QuerySet[Any], limit: int) -> Iterator[list[Value]]:
    """Yield head, rows and, when rows were left out, a sentence that says so."""
    yield [column.head for column in columns]
    for n, row in enumerate(rows[: limit + 1].iterator(chunk_size=CHUNK)):
        if n == limit:
            yield [cut(limit)]
            return
        yield [column.export(row) for column in columns]


class _Line:
    """A file that hands back what was written to it."""

    def write(self, text: str) -> str:
        return text


def _csv_value(value: Value) -> Value:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else harmless(value)


def _csv_text(table: Iterable[list[Value]]) -> Iterator[bytes]:
    writer = csv.writer(_Line())
    yield b"\xef\xbb\xbf"  # without it, spreadsheets here read UTF-8 as GBK
    for line in table:
        yield cast(str, writer.writerow([_csv_value(v) for v in line])).encode()


def as_csv(name: str, table: Iterable[list[Value]]) -> StreamingHttpResponse:
    """Stream a table as CSV (UTF-8 with BOM)."""
    response = StreamingHttpResponse(_csv_text(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _named(name, "csv")
    return response


def as_xlsx(name: str, table: Iterable[list[Value]]) -> FileResponse:
    """Stream a table as XLSX; it is written to a temporary file first, row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_CONTROL.sub("", re.sub(r"[\[\]:*?/\\]", "", name))[:31])
    sheet.freeze_panes = "A2"
    filled = iter(table)
    head = next(filled)
    for i in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(i)].width = 42 if i == 1 else 18
    sheet.append([_xlsx_cell(sheet, v) for v in head])
    for line in filled:
        sheet.append([_xlsx_cell(sheet, v) for v in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115  # FileResponse closes it
    book.save(file)
    file.seek(0)
    return FileResponse(
        file,
        headers={
            "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Content-Disposition": _named(name, "xlsx"),
        },
    )


def _xlsx_cell(sheet: Any, value: Value) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_CONTROL.sub("", value)[:32_767])
    cell.data_type = "s"  # text stays text, whatever sign it begins with
    return cell


def _named(name: str, ending: str) -> str:
    full = f"{name}-{clock.today():%Y%m%d}.{ending}"
    return content_disposition_header(as_attachment=True, filename=full) or ""


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}


def export(
    ending: str, name: str, columns: Sequence[Column], rows: QuerySet[Any], limit: int
) -> HttpResponseBase:
    """Answer with a file of at most ``limit`` rows."""
    return WRITERS[ending](name, lines(columns, rows, limit))
