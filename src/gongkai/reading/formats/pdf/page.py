"""The characters and rulings of one page → lines of text and grids. Knows no other page."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

_MAX_EDGES = 4000
"""Rulings on one page above which it is a map or drawing, in which no table is looked for."""
SNAP = 3.0
"""Points within which two rulings are one."""
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d]")

LABEL = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[条章节]|[①-⑳]|附件"
)
"""With these a new paragraph begins, however full the line before is."""
_WORD = re.compile(r"[!-~\u00a1-\u024f]+")
"""What no printer breaks: letters, digits and their half-width punctuation."""

Box = tuple[float, float, float, float]


@dataclass
class Glyph:
    """One printed character; positions in points from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass
class Line:
    """One printed line outside the tables."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass
class GridCell:
    """One cell of a ruled table."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str


@dataclass
class TableText:
    """A ruled table of the page; ``edges`` are its vertical rulings from left to right."""

    top: float
    bottom: float
    edges: list[float]
    rows: int
    cells: list[GridCell]


@dataclass
class PageText:
    """What stands on one page."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[TableText] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the page as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> PageText:
        """Return the page from its plain values."""
        tables = [
            TableText(**{**table, "cells": [GridCell(**cell) for cell in table["cells"]]})
            for table in data["tables"]
        ]
        lines = [Line(**line) for line in data["lines"]]
        return cls(data["number"], data["width"], data["height"], lines, tables)


def text_of_page(page: Any, number: int) -> PageText:
    """Read a page as the .pdf library gives it."""
    glyphs = [*_glyphs(page.chars)]
    found = PageText(number, float(page.width), float(page.height))
    rest = glyphs
    for boxes in _ruled(page):
        table, rest = table_of(boxes, rest)
        if table:
            found.tables.append(table)
    found.lines = lines_of(rest)
    found.tables.sort(key=lambda table: table.top)
    return found


def _glyphs(chars: Iterable[dict[str, Any]]) -> Iterable[Glyph]:
    for char in chars:
        across, up = char["matrix"][:2]
        if abs(up) > 0.1 * abs(across):
            continue  # a watermark or a side note set at an angle
        text = _UNKNOWN.sub("\ufffd", char["text"])
        # Fonts often name a character by the radical that looks like it.
        text = "".join(
            unicodedata.normalize("NFKC", one) if "\u2e80" <= one <= "\u2fdf" else one
            for one in text
            if one >= " " and not "\ud800" <= one <= "\udfff"
        )
        if text:
            yield Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"])


def _ruled(page: Any) -> list[list[Box]]:
    if len(page.edges) > _MAX_EDGES:
        return []
    return [table.cells for table in page.find_tables()]


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Group characters into printed lines, from top to bottom."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.middle):
        height = glyph.bottom - glyph.top
        if groups and glyph.middle - groups[-1][0].middle < 0.5 * max(height, 1.0):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    lines = (_line(group) for group in groups)
    return [line for line in lines if line.text]


def _line(glyphs: list[Glyph]) -> Line:
    glyphs = _undoubled(sorted(glyphs, key=lambda one: one.x0))
    printed = [glyph for glyph in glyphs if glyph.text.strip()] or glyphs
    text, before = "", None
    for glyph in glyphs:
        if before is not None and _is_gap(before, glyph):
            text += " "
        text += glyph.text
        before = glyph
    heights = sorted(glyph.bottom - glyph.top for glyph in printed)
    return Line(
        re.sub(r" {2,}", " ", text).strip(),
        printed[0].x0,
        max(glyph.x1 for glyph in printed),
        min(glyph.top for glyph in printed),
        max(glyph.bottom for glyph in printed),
        heights[len(heights) // 2],
    )


def _undoubled(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out characters printed twice, a little shifted, to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        near = 0.3 * (glyph.x1 - glyph.x0)
        if any(one.text == glyph.text and glyph.x0 - one.x0 < near for one in kept[-3:]):
            continue
        kept.append(glyph)
    return kept


def _is_gap(before: Glyph, after: Glyph) -> bool:
    if before.text.isspace() or after.text.isspace():
        return False
    chinese = _CHINESE.match(before.text[-1]) or _CHINESE.match(after.text[0])
    return after.x0 - before.x1 > (0.8 if chinese else 0.2) * (after.bottom - after.top)


def table_of(boxes: list[Box], glyphs: list[Glyph]) -> tuple[TableText | None, list[Glyph]]:
    """Return the table with its text, and the characters outside it."""
    xs = snapped(x for box in boxes for x in (box[0], box[2]))
    ys = snapped(y for box in boxes for y in (box[1], box[3]))
    if len(xs) < 3 or len(ys) < 3:
        return None, glyphs  # a frame around text
    owners: dict[tuple[int, int], int] = {}
    spans = []
    for index, box in enumerate(boxes):
        left, right = _index(xs, box[0]), _index(xs, box[2])
        top, bottom = _index(ys, box[1]), _index(ys, box[3])
        spans.append((top, left, max(1, bottom - top), max(1, right - left)))
        for row in range(top, bottom):
            owners.update({(row, col): index for col in range(left, right)})
    inside: dict[int, list[Glyph]] = {}
    outside = []
    for glyph in glyphs:
        row = bisect_right(ys, glyph.middle) - 1
        owner = owners.get((row, bisect_right(xs, (glyph.x0 + glyph.x1) / 2) - 1))
        if owner is None:
            outside.append(glyph)
        else:
            inside.setdefault(owner, []).append(glyph)
    cells = [
        GridCell(*span, _cell_text(inside.get(index, []), boxes[index][2]))
        for index, span in enumerate(spans)
    ]
    return TableText(ys[0], ys[-1], xs, len(ys) - 1, cells), outside


def snapped(values: Iterable[float]) -> list[float]:
    """Return the places in order, those nearer than ``SNAP`` points to one another as one."""
    places: list[float] = []
    for value in sorted(set(values)):
        if not places or value - places[-1] > SNAP:
            places.append(value)
    return places


def _index(edges: list[float], value: float) -> int:
    return max(0, bisect_right(edges, value + 0.01) - 1)


def _cell_text(glyphs: list[Glyph], right: float) -> str:
    """Return the cell's text; a line runs on when the next one's first word had no room in it."""
    text, end = "", right
    for line in lines_of(glyphs):
        word = _WORD.match(line.text)
        room = 0.5 * line.size * len(word[0]) if word else line.size
        fits = end + room < right - 1.2 * line.size or LABEL.match(line.text)
        text += ("\n" if fits else "") + line.text if text else line.text
        end = line.x1
    return text
