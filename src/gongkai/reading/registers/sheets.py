"""Bytes of a register → cells by row and column; merged cells filled, nothing understood."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.reading.blocks import Unreadable
from gongkai.reading.formats.draft import check_cells, check_characters
from gongkai.reading.formats.signature import kind_of
from gongkai.reading.formats.text import decode
from gongkai.reading.formats.xlsx import Sheet, read_cells
from gongkai.reading.limits import MAX_BYTES, MAX_COLUMNS, MAX_REGISTER_CELLS, MAX_REGISTER_ROWS
from gongkai.reading.source import too_large

_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE = 20

Cells = dict[int, str]
"""The cells of one row that hold something, by column from 0."""


@dataclass
class Grid:
    """A sheet: its rows by their number from 1, cells merged downwards or sideways filled."""

    name: str
    rows: dict[int, Cells] = field(default_factory=dict)
    filled: set[tuple[int, int]] = field(default_factory=set)
    """Places of rows (from 1) that hold what a merged cell above or beside them says."""


def grids(data: bytes) -> Iterator[Grid]:
    """Yield the sheets of an .xlsx, or the one of a .csv in UTF-8, UTF-16 or GB18030.

    Raises ``Unreadable`` for all else and for more than a register ever held.
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    if not data.strip(b" \t\r\n\x00"):
        raise Unreadable("empty", "文件是空的，请确认选的是登记表。")
    kind = kind_of(data)
    if kind == "xlsx":
        for name, sheet in read_cells(data):
            yield _checked(_of_sheet(name, sheet))
    elif kind == "text":
        yield _checked(_of_csv(decode(data)))
    else:
        raise Unreadable("not_a_document", "登记表要用 .xlsx 或 .csv，请另存后再上传。")


def _checked(grid: Grid) -> Grid:
    if len(grid.rows) > MAX_REGISTER_ROWS:
        most = MAX_REGISTER_ROWS // 10_000
        raise Unreadable("too_large", f"登记表超过{most}万行，请按年份分成几份再导入。")
    return grid


def _of_sheet(name: str, sheet: Sheet) -> Grid:
    grid = Grid(name)
    for (row, col), text in sorted(sheet.texts.items()):
        grid.rows.setdefault(row + 1, {})[col] = text
    numbers = sorted(grid.rows)
    looked_at = 0
    for top, left, bottom, right in sheet.merged:
        words = sheet.texts.get((top, left), "")
        right = min(right, MAX_COLUMNS - 1)
        inside = numbers[bisect_left(numbers, top + 1) : bisect_right(numbers, bottom + 1)]
        looked_at += len(inside) * max(0, right - left + 1)
        check_cells(
            looked_at // 4, MAX_REGISTER_CELLS
        )  # honest merges never overlap, so they stay below
        for row in inside if words else ():
            for col in range(left, right + 1):
                if col not in grid.rows[row]:
                    grid.rows[row][col] = words
                    grid.filled.add((row, col))
    return grid


def _of_csv(text: str) -> Grid:
    check_characters(len(text))
    grid = Grid("")
    cells = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=_separator(text)), 1):
            kept = {col: cell.strip() for col, cell in enumerate(row[:MAX_COLUMNS]) if cell.strip()}
            cells += len(kept)
            check_cells(cells, MAX_REGISTER_CELLS)
            if kept:
                grid.rows[number] = kept
    except csv.Error as error:
        raise Unreadable("damaged", "文件不是完整的 .csv 表格，请重新导出。") from error
    return grid


def _separator(text: str) -> str:
    """Return what parts the cells: the sign that stands most often in the first lines."""
    head = "\n".join(text[:100_000].split("\n")[:_SAMPLE])
    return max(_SEPARATORS, key=head.count)
