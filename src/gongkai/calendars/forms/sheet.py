"""A year's days from a table file (.csv, .xlsx), each row with what is wrong with it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.core.files.uploadedfile import UploadedFile
from openpyxl import load_workbook

from gongkai.calendars.forms.notice import NoticeForm
from gongkai.calendars.rules import Entry, wrong_entries
from gongkai.calendars.states import Shift

LARGEST = 1_000_000
LARGEST_UNPACKED = 20_000_000
MOST_LINES = 500
WIDTH = 4
HEADS = ("日期", "开始日期", "date", "on")
WORDS = {
    "放假": Shift.OFF,
    "休": Shift.OFF,
    "off": Shift.OFF,
    "上班": Shift.WORK,
    "班": Shift.WORK,
    "work": Shift.WORK,
}


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why."""


class FileForm(NoticeForm):
    """The head of a notice and the file with its days."""

    year = forms.IntegerField(label="年份", min_value=1950, max_value=2200)
    file = forms.FileField(
        label="表格文件",
        help_text="CSV或XLSX，四列：日期、安排（放假或上班）、节日；第一行可以是表头。",
    )
    field_order = ["year", "title", "number", "issued_on", "reason", "file"]


@dataclass(frozen=True)
class Line:
    """A row of the file: its number, what it says, the day it means, what is wrong."""

    number: int
    cells: tuple[str, ...]
    entry: Entry | None
    problems: tuple[str, ...]

    @property
    def text(self) -> str:
        """The row as one line."""
        return "　".join(self.cells)

    @property
    def outcome(self) -> str:
        """What the report says of the row."""
        return "；".join(self.problems) or "可以录入"


def read_sheet(upload: UploadedFile[bytes], year: int) -> list[Line]:
    """Read a table file into lines, each judged; raises ``Unreadable`` for the file as a whole."""
    if upload.size is None or upload.size > LARGEST:
        raise Unreadable("文件超过1MB。放假安排只有几十行，请核对是不是选错了文件。")
    data = upload.read()
    if not data:
        raise Unreadable("文件是空的。")
    name = (upload.name or "").lower()
    if name.endswith(".xlsx"):
        rows = _xlsx_rows(data)
    elif name.endswith(".csv"):
        rows = _csv_rows(data)
    else:
        raise Unreadable("只能导入CSV或XLSX文件。")
    lines = _judged([_line(n, cells) for n, cells in _numbered(rows)], year)
    if not lines:
        raise Unreadable("文件里没有一行数据。")
    return lines


def _numbered(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows that hold something, with their number in the file, without the head."""
    for number, row in enumerate(rows, start=1):
        if number > MOST_LINES:
            raise Unreadable(f"超过{MOST_LINES}行。放假安排只有几十行，请核对。")
        cells = tuple(_text(value) for value in row[:WIDTH])
        is_head = number == 1 and cells and cells[0].lower() in HEADS
        if any(cells) and not is_head:
            yield number, cells


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()


def _csv_rows(data: bytes) -> list[tuple[object, ...]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [tuple(row) for row in csv.reader(io.StringIO(text), strict=True)]
        except csv.Error:
            raise Unreadable("CSV文件的格式有误，请用表格软件另存后再试。") from None
    raise Unreadable("CSV文件的编码认不出，请另存为UTF-8。")


def _xlsx_rows(data: bytes) -> list[tuple[object, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > LARGEST_UNPACKED:
                raise Unreadable("文件解开后太大，请核对是不是选错了文件。")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return list(sheet.iter_rows(max_row=MOST_LINES + 1, max_col=WIDTH, values_only=True))
    except Unreadable:
        raise
    except Exception:  # what a damaged workbook raises is not documented
        raise Unreadable("XLSX文件打不开，可能已损坏或加了密码。") from None


def _line(number: int, cells: tuple[str, ...]) -> Line:
    day, shift, name = (*cells, "", "", "")[:3]
    problems = []
    on = _day(day)
    if on is None:
        problems.append(f"“{day}”不是日期，请写成2027-01-01")
    kind = WORDS.get(shift.lower())
    if kind is None:
        problems.append(f"“{shift}”不是放假或上班")
    if not name:
        problems.append("没有写是哪个节日")
    elif len(name) > 40:
        problems.append("节日名称太长")
    entry = Entry(on, kind, name) if on and kind and not problems else None
    return Line(number, cells, entry, tuple(problems))


def _day(text: str) -> date | None:
    plain = text.replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-")
    parts = plain.rstrip("日").split("-")
    if len(parts) != 3 or not all(p.strip().isascii() and p.strip().isdecimal() for p in parts):
        return None
    try:
        return date(*(int(p) for p in parts))
    except ValueError:
        return None


def _judged(lines: list[Line], year: int) -> list[Line]:
    """Add what is wrong with a day among the others: outside the year, twice, not shifted."""
    whole = [line for line in lines if line.entry]
    entries = [line.entry for line in whole if line.entry]
    wrong: dict[int, list[str]] = {}
    for position, sentence in wrong_entries(year, entries):
        wrong.setdefault(whole[position].number, []).append(sentence.rstrip("。"))
    return [
        Line(n.number, n.cells, n.entry, (*n.problems, *wrong.get(n.number, ()))) for n in lines
    ]
