"""One table over several pages: repeated heads left out, broken rows and merges joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.reading.formats.draft import Cell, check_cells
from gongkai.reading.formats.pdf.page import TableText

_NEAR = 5.0
"""Points within which rulings of two pages are one."""
_ROW_NUMBER = re.compile(r"\d{1,4}[.、．]?$")


@dataclass
class RunningTable:
    """A table in the making, with the vertical rulings of all its pages."""

    edges: list[float]
    rows: int = 0
    cells: list[Cell] = field(default_factory=list)
    _head: list[tuple[str, ...]] = field(default_factory=list)
    _bottom: dict[int, Cell] = field(default_factory=dict)
    _merging: set[int] = field(default_factory=set)
    """Columns with merged rows: an empty cell at the top of a page goes on with the one above."""
    _firsts: int = 0
    _numbered: int = 0

    def takes(self, item: TableText) -> bool:
        """Tell whether the table may be this one going on: as many columns, or the same rulings.

        A page on which all rows merge two columns shows one ruling less than the others.
        """
        if len(item.edges) == len(self.edges):
            return True
        few, many = sorted((item.edges, self.edges), key=len)
        ends_fit = abs(few[0] - many[0]) < _NEAR and abs(few[-1] - many[-1]) < _NEAR
        return ends_fit and all(min(abs(one - edge) for one in many) < _NEAR for edge in few)

    def add(self, item: TableText, page: int) -> None:
        """Append what stands on the page."""
        first = self._repeated_head(item) if self.rows else 0
        where = f"第{page}页"
        place = self._places(item.edges)
        cells = []
        for one in item.cells:
            if one.row >= first:
                left, right = place[one.col], place[one.col + one.colspan]
                cells.append(
                    Cell(one.row - first, left, one.text, one.rowspan, right - left, where)
                )
        if not self.rows:
            self._head = [_row_of(item, row) for row in range(min(item.rows, 4))]
        broken = self._is_broken([cell for cell in cells if cell.row == 0])
        kept = [cell for cell in cells if not self._joins(cell, broken)]
        for cell in kept:
            cell.row += self.rows - broken
        self.rows += item.rows - first - broken
        self.cells += kept
        check_cells(len(self.cells))
        self._note(kept)

    def _places(self, edges: list[float]) -> list[int]:
        """Return the column at which each of the page's rulings stands; new rulings are let in."""
        if len(edges) == len(self.edges):
            return [*range(len(edges))]
        union = [*self.edges]
        union += [edge for edge in edges if min(abs(edge - one) for one in union) >= _NEAR]
        union.sort()
        if len(union) > len(self.edges):
            self._let_in(union)
        return [_nearest(union, edge) for edge in edges]

    def _let_in(self, union: list[float]) -> None:
        place = [_nearest(union, edge) for edge in self.edges]
        for cell in self.cells:
            cell.colspan = place[cell.col + cell.colspan] - place[cell.col]
            cell.col = place[cell.col]
        self.edges = union
        self._bottom = {cell.col: cell for cell in self._bottom.values()}
        self._merging = {place[col] for col in self._merging}

    def _is_broken(self, top: list[Cell]) -> bool:
        """Tell whether the page's first row is the rest of the row above: it has no number."""
        if not top or self._numbered * 2 < self._firsts or not self._numbered:
            return False
        number = min(top, key=lambda cell: cell.col)
        if number.col or number.text or not any(cell.text for cell in top):
            return False
        return all(self._above(cell) for cell in top)

    def _above(self, cell: Cell) -> Cell | None:
        above = self._bottom.get(cell.col)
        return above if above is not None and above.colspan == cell.colspan else None

    def _joins(self, cell: Cell, broken: bool) -> bool:
        """Join the cell to the one above, when it is the rest of it, and tell so."""
        above = self._above(cell) if cell.row == 0 else None
        if above is None:
            return False
        merged = not cell.text and (cell.rowspan > 1 or cell.col in self._merging)
        if not (broken or merged):
            return False
        above.text += cell.text
        above.rowspan += cell.rowspan - broken
        return True

    def _note(self, kept: list[Cell]) -> None:
        reaching = [*self._bottom.values(), *kept]
        self._bottom = {cell.col: cell for cell in reaching if cell.row + cell.rowspan >= self.rows}
        self._merging |= {cell.col for cell in kept if cell.rowspan > 1}
        firsts = [cell for cell in kept if cell.col == 0]
        self._firsts += len(firsts)
        self._numbered += sum(bool(_ROW_NUMBER.match(cell.text)) for cell in firsts)

    def _repeated_head(self, item: TableText) -> int:
        """Count the rows at the top that repeat the head of the first page."""
        first = 0
        limit = min(len(self._head), item.rows - 1)
        while (
            first < limit and any(self._head[first]) and self._head[first] == _row_of(item, first)
        ):
            first += 1
        return first


def _nearest(edges: list[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))


def _row_of(item: TableText, row: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in item.cells if cell.row == row)
