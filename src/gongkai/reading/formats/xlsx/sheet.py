"""One sheet of an .xlsx → title lines, a grid and notes in a draft. Opens no package."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from gongkai.reading.formats.draft import Cell, Draft, check_cells, check_characters
from gongkai.reading.formats.package import (
    Element,
    Stream,
    attribute,
    child,
    drop,
    ends,
    local,
    whole,
)
from gongkai.reading.formats.xlsx.display import day_of, display, plain
from gongkai.reading.limits import MAX_CELLS, MAX_COLUMNS

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_BARE_NUMBER = re.compile(r"[\s\d.、()（）]*$")
_LAST_ROW = 1_048_576


@dataclass(frozen=True)
class Book:
    """What the sheets of one workbook share."""

    strings: list[str]
    formats: list[str]
    since_1904: bool = False
    whole_days: bool = False
    """Days as 2026-03-05 whatever the cell displays of them: for data, not for documents."""
    most_cells: int = MAX_CELLS


@dataclass
class Sheet:
    """The cells that hold something, by row and column from 0, and which areas are merged."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def string_of(item: Element) -> str:
    """Return a rich or plain string; the pinyin that a phonetic run adds is left out."""
    text = ""
    for inner in item:
        if local(inner) == "t":
            text += inner.text or ""
        elif local(inner) == "r":
            text += "".join(one.text or "" for one in inner if local(one) == "t")
    return text


def write_sheet(draft: Draft, name: str, stream: Stream, book: Book) -> None:
    """Write the sheet; one without any text writes nothing."""
    sheet = read_sheet(stream, book)
    if not sheet.texts:
        return
    cells = _grid(sheet, name)
    first, last = _body_rows(cells)
    _paragraphs(draft, [cell for cell in cells if cell.row < first])
    body = [cell for cell in cells if first <= cell.row <= last]
    for cell in body:
        cell.row -= first
    if body:
        draft.table(body)
    _paragraphs(draft, [cell for cell in cells if cell.row > last])


def _paragraphs(draft: Draft, cells: list[Cell]) -> None:
    for cell in cells:
        for line in cell.text.split("\n"):
            if line.strip():
                draft.para(line, where=cell.where)


def read_sheet(stream: Stream, book: Book) -> Sheet:
    """Read the cells of a sheet as they are displayed; raises ``Unreadable`` (too_large)."""
    sheet, row_number, characters = Sheet(), -1, 0
    for element in ends(stream, "row", "mergeCell"):
        if local(element) == "mergeCell":
            area = _area(attribute(element, "ref") or "")
            if area:
                sheet.merged.append(area)
                check_cells(len(sheet.merged))
            continue
        row_number = whole(attribute(element, "r"), row_number + 2) - 1
        characters += _read_row(sheet, element, row_number, book)
        check_characters(characters)
        check_cells(len(sheet.texts), book.most_cells)
        drop(element)
    return sheet


def _read_row(sheet: Sheet, row: Element, number: int, book: Book) -> int:
    characters, col = 0, -1
    for cell in row:
        if local(cell) != "c":
            continue
        place = _place(attribute(cell, "r") or "")
        col = place[1] if place else col + 1
        if not 0 <= col < MAX_COLUMNS or not 0 <= number < _LAST_ROW:
            continue
        text = _text(cell, book)
        if text:
            sheet.texts[number, col] = text
            characters += len(text)
    return characters


def _text(cell: Element, book: Book) -> str:
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _clean(string_of(inline)) if inline is not None else ""
    found = child(cell, "v")
    raw = (found.text or "") if found is not None else ""
    if kind == "s":
        index = whole(raw, -1)
        return _clean(book.strings[index]) if 0 <= index < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
    if kind == "n" and raw:
        return _number(raw, whole(attribute(cell, "s"), 0), book)
    return _clean(raw)


def _number(raw: str, style: int, book: Book) -> str:
    try:
        number = float(raw)
    except ValueError:
        return _clean(raw)
    if number != number or abs(number) > 1e300:
        return raw
    code = book.formats[style] if 0 <= style < len(book.formats) else "General"
    if book.whole_days and (day := day_of(number, code, since_1904=book.since_1904)):
        return day
    return display(number, code, since_1904=book.since_1904) if code != "General" else plain(number)


def _clean(text: str) -> str:
    # Line breaks of a cell are written as one or two characters, or spelled out.
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.match(reference)
    if not match:
        return None
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - 64
    return int(match[2]) - 1, col - 1


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    top, bottom = _place(first), _place(last or first)
    if top is None or bottom is None:
        return None
    return top[0], top[1], max(top[0], bottom[0]), max(top[1], bottom[1])


def _grid(sheet: Sheet, name: str) -> list[Cell]:
    """Return every cell of the used range; wholly empty rows and outer empty columns go."""
    rows = sorted({row for row, _ in sheet.texts})
    first_col = min(col for _, col in sheet.texts)
    last_col = max(col for _, col in sheet.texts)
    shrunk = {row: number for number, row in enumerate(rows)}
    check_cells(len(rows) * (last_col - first_col + 1))
    covered, cells = _covered(sheet, shrunk, rows, last_col)
    for row in rows:
        for col in range(first_col, last_col + 1):
            if (row, col) not in covered:
                cells.append(Cell(row, col, sheet.texts.get((row, col), "")))
    for cell in cells:
        cell.where = f"{name}!{letters(cell.col)}{cell.row + 1}"
        cell.row, cell.col = shrunk[cell.row], cell.col - first_col
    return sorted(cells, key=lambda cell: (cell.row, cell.col))


def _covered(
    sheet: Sheet, shrunk: dict[int, int], rows: list[int], last_col: int
) -> tuple[set[tuple[int, int]], list[Cell]]:
    covered: set[tuple[int, int]] = set()
    cells, looked_at = [], 0
    for top, left, bottom, right in sheet.merged:
        right = min(right, last_col)
        inside = _rows_between(rows, top, bottom)
        if not inside or left > right or inside[0] != top:
            continue
        looked_at += len(inside) * (right - left + 1)
        check_cells(looked_at // 4)  # honest merges never overlap, so they stay below
        area = {(row, col) for row in inside for col in range(left, right + 1)}
        if area & covered:
            continue
        covered |= area
        text = sheet.texts.get((top, left), "")
        cells.append(Cell(top, left, text, len(inside), right - left + 1))
    return covered, cells


def _rows_between(rows: list[int], top: int, bottom: int) -> list[int]:
    return rows[bisect_left(rows, top) : bisect_right(rows, bottom)]


def _body_rows(cells: list[Cell]) -> tuple[int, int]:
    """Return the first and last row of the table itself: rows of several texts between others."""
    filled: dict[int, list[Cell]] = {}
    reach = 0
    for cell in cells:
        filled.setdefault(cell.row, [])
        if cell.text:
            filled[cell.row].append(cell)
    tabular = [row for row, texts in filled.items() if len(texts) > 1]
    if not tabular:
        return len(filled), len(filled)
    for cell in cells:
        if cell.rowspan > 1 and cell.text:
            reach = max(reach, cell.row + cell.rowspan - 1)
    last = max(filled)
    while last > max(*tabular, reach, 0) and _is_note(filled[last]):
        last -= 1
    return min(tabular), last


def _is_note(texts: list[Cell]) -> bool:
    return all(cell.col == 0 and not _BARE_NUMBER.match(cell.text) for cell in texts)


def letters(col: int) -> str:
    """Return the name of a column, counted from 0: 27 is AB."""
    name = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name
