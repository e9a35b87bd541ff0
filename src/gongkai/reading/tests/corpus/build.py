"""Builds Word and Excel files from plain data, so that a corpus keeps no binaries."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from gongkai.reading.tests.builders import raw_docx, saved

LEFT, ABOVE = "<", "^"  # a cell that is merged with the one to its left, or above it


def built(data: dict[str, Any], kind: str) -> bytes:
    """Return the file that the data describes."""
    return {"docx": as_docx, "xlsx": as_xlsx}[kind](data)


def as_docx(data: dict[str, Any]) -> bytes:
    """Return a .docx of paragraphs, items of automatic lists, and tables."""
    body = "".join(_block(block) for block in data["blocks"])
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(data.get("numbering", []))
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    return raw_docx(body, **({"numbering": numbering} if levels else {}))


def _block(block: Any) -> str:
    if isinstance(block, str):
        return _paragraph(block)
    if "table" in block:
        return _table(block["table"])
    numbered = f'<w:ilvl w:val="{block.get("depth", 0)}"/><w:numId w:val="1"/>'
    return _paragraph(block["item"], f"<w:numPr>{numbered}</w:numPr>")


def _paragraph(text: str, properties: str = "") -> str:
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{runs}</w:r></w:p>"


def _table(rows: list[list[str]]) -> str:
    return "<w:tbl>" + "".join(_row(rows, number) for number in range(len(rows))) + "</w:tbl>"


def _row(rows: list[list[str]], number: int) -> str:
    cells, row = [], rows[number]
    below = rows[number + 1] if number + 1 < len(rows) else []
    for col, text in enumerate(row):
        if text == LEFT:
            continue
        wide = 1
        while col + wide < len(row) and row[col + wide] == LEFT:
            wide += 1
        properties = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
        if text == ABOVE:
            properties += "<w:vMerge/>"
        elif col < len(below) and below[col] == ABOVE:
            properties += '<w:vMerge w:val="restart"/>'
        words = "" if text == ABOVE else text
        cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(words)}</w:tc>")
    return f"<w:tr>{''.join(cells)}</w:tr>"


def as_xlsx(data: dict[str, Any]) -> bytes:
    """Return an .xlsx with these sheets; numbers stay numbers, "" is an empty cell."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in data["sheets"].items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell in (LEFT, ABOVE, "") else cell for cell in row])
        for top, left, bottom, right in _merged(rows):
            sheet.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    found = saved(book)
    assert io.BytesIO(found).read(2) == b"PK"
    return found


def _merged(rows: list[list[Any]]) -> list[tuple[int, int, int, int]]:
    """Return (top, left, bottom, right) of each merged cell."""
    found = []
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell in (LEFT, ABOVE):
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left : left + 1] == [ABOVE]:
                bottom += 1
            if (right, bottom) != (left, top):
                found.append((top, left, bottom, right))
    return found
