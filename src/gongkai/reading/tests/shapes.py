"""Puts paragraphs and a grid into .html, .docx, .xlsx and .pdf, to compare their readings."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, field

from gongkai.reading.tests.builders import saved

Cells = dict[tuple[int, int], tuple[int, int, str]]
"""(row, col) → (rowspan, colspan, text); each place of the grid is covered once."""


@dataclass
class Shape:
    """A document as paragraphs, one grid (or none) and paragraphs after it."""

    before: list[str]
    cells: Cells = field(default_factory=dict)
    after: list[str] = field(default_factory=list)

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        rows = max((row + span[0] for (row, _), span in self.cells.items()), default=0)
        cols = max((col + span[1] for (_, col), span in self.cells.items()), default=0)
        return rows, cols


def to_html(shape: Shape) -> bytes:
    """Return a page with a real table."""
    parts = ["<html><head><meta charset=utf-8></head><body>"]
    parts += [f"<p>{html.escape(line)}</p>" for line in shape.before]
    rows, _ = shape.size
    if rows:
        parts.append("<table>")
        for row in range(rows):
            parts.append("<tr>")
            for (_, _), (down, right, text) in _row(shape, row):
                parts.append(f"<td rowspan={down} colspan={right}>{html.escape(text)}</td>")
        parts.append("</table>")
    parts += [f"<p>{html.escape(line)}</p>" for line in shape.after]
    return "\n".join(parts).encode()


def to_docx(shape: Shape) -> bytes:
    """Return a Word file with a real table."""
    import docx

    document = docx.Document()
    for line in shape.before:
        document.add_paragraph(line)
    if shape.cells:
        table = document.add_table(*shape.size)
        grid = [row.cells for row in table.rows]
        for (row, col), (down, right, text) in shape.cells.items():
            grid[row][col].merge(grid[row + down - 1][col + right - 1]).text = text
    for line in shape.after:
        document.add_paragraph(line)
    return saved(document)


def to_xlsx(shape: Shape) -> bytes:
    """Return a sheet: paragraphs in merged rows over and under the table."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet, (rows, cols) = book.active, shape.size
    first = len(shape.before) + 1
    for number, line in enumerate(shape.before, 1):
        sheet.cell(number, 1, line)
        if cols > 1:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=cols)
    for (row, col), (down, right, text) in shape.cells.items():
        value = int(text) if text.isdigit() else text or None
        sheet.cell(first + row, col + 1, value)
        if down > 1 or right > 1:
            sheet.merge_cells(
                start_row=first + row,
                end_row=first + row + down - 1,
                start_column=col + 1,
                end_column=col + right,
            )
    for number, line in enumerate(shape.after, first + rows):
        sheet.cell(number, 1, line)
    return saved(book)


def to_pdf(shape: Shape) -> bytes:
    """Return a printed file with a ruled table; long cells and tables break over pages."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    set_in = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    body = ParagraphStyle("body", fontSize=14, leading=24, firstLineIndent=28, **set_in)
    small = ParagraphStyle("cell", fontSize=9, leading=12, **set_in)
    story = [Paragraph(html.escape(line), body) for line in shape.before]
    for number, page in enumerate(_pages(shape)):
        rows, cols = page.size
        texts = [[Paragraph("", small)] * cols for _ in range(rows)]
        spans = []
        for (row, col), (down, right, text) in page.cells.items():
            texts[row][col] = Paragraph(html.escape(text), small)
            spans.append(("SPAN", (col, row), (col + right - 1, row + down - 1)))
        table = Table(texts, colWidths=[35, *_widths(shape)])
        table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans])
        story += [PageBreak(), table] if number else [table]
    story += [Paragraph(html.escape(line), body) for line in shape.after]
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=landscape(A4)).build(story)
    return target.getvalue()


FORMATS = {"html": to_html, "docx": to_docx, "xlsx": to_xlsx, "pdf": to_pdf}


def shape_of_lines(text: str) -> Shape:
    """Return plain text as one paragraph a line; spaces between characters stay."""
    return Shape([line.strip() for line in text.splitlines() if line.strip()])


def shape_of_bars(text: str) -> Shape:
    """Return the copied table of a division-of-work page, one cell a line and bars, as a grid.

    Columns: number, part, sub-part, requirement, units, time, remarks; what stands merged in the
    printed table is merged again.
    """
    head, _, rest = text.partition("1 |\n")
    titles = [cell.strip() for cell in head[head.index("序號") :].split("|") if cell.strip()]
    shape = Shape(
        [line.strip() for line in head[: head.index("序號")].splitlines() if line.strip()]
    )
    shape.cells = {(0, 0): (1, 1, titles[0]), (0, 1): (1, 2, titles[1])}
    shape.cells.update({(0, col): (1, 1, title) for col, title in enumerate(titles[2:], 3)})
    parts = re.split(r"(?m)^(\d{1,2}) \|$", "1 |\n" + rest)[2::2]
    part = sub = (0, 0)
    for row, cells in enumerate(parts, 1):
        texts = [cell.strip() for cell in cells.split("|")]
        texts = [cell for cell in texts if cell and not cell.startswith("分享到")]
        new = bool(re.match("[一二三四五六七八九]、|[(（]", texts[0]))
        shape.cells[row, 0] = (1, 1, str(row))
        if new:
            part = (row, 1)
            shape.cells[part] = (1, 1 if len(texts) > 5 else 2, texts.pop(0))
        else:
            shape.cells[part] = _longer(shape.cells[part])
        if shape.cells[part][1] == 1 and len(texts) > 4:
            sub = (row, 2)
            shape.cells[sub] = (1, 1, texts.pop(0))
        elif shape.cells[part][1] == 1:
            shape.cells[sub] = _longer(shape.cells[sub])
        for col in range(4):
            shape.cells[row, 3 + col] = (1, 1, texts[col] if col < len(texts) else "")
    return shape


def _longer(cell: tuple[int, int, str]) -> tuple[int, int, str]:
    return cell[0] + 1, cell[1], cell[2]


def _widths(shape: Shape) -> list[float]:
    """Give each column but the first its share of the page by the length of its texts."""
    lengths = [20.0] * shape.size[1]
    for (_, col), (_, right, text) in shape.cells.items():
        for inner in range(col, col + right):
            lengths[inner] += len(text) / right
    shares = [length**0.5 for length in lengths[1:]]
    return [640 * share / sum(shares) for share in shares]


def _row(shape: Shape, row: int):
    return sorted(item for item in shape.cells.items() if item[0][0] == row)


def _pages(shape: Shape, rows: int = 7) -> list[Shape]:
    """Cut the grid as a printer does: head repeated, what is merged over the break printed once."""
    pages = []
    for first in range(1, shape.size[0], rows):
        page = Shape([])
        for (row, col), (down, right, text) in shape.cells.items():
            top, end = max(row, first), min(row + down, first + rows)
            if row == 0:
                page.cells[row, col] = (down, right, text)
            elif top < end:
                seen = text if row >= first else ""
                page.cells[top - first + 1, col] = (end - top, right, seen)
        pages.append(page)
    return pages
