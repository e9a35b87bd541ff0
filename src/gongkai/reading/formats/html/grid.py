"""Tables of a page while they are read: where each cell stands, and whether it is a layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.reading.blocks import BlockKind
from gongkai.reading.formats.draft import check_cells
from gongkai.reading.formats.html.flow import Flow
from gongkai.reading.limits import MAX_COLUMNS


@dataclass
class Paragraph:
    """A finished paragraph of the page."""

    flow: Flow
    kind: BlockKind = "para"
    level: int | None = None
    tag: str = ""
    clutter: bool = False


@dataclass
class HtmlCell:
    """A cell with all that stands in it, in order."""

    row: int
    col: int
    rowspan: int
    colspan: int
    start: int
    tag: str = ""
    clutter: bool = False
    items: list[Paragraph | Grid] = field(default_factory=list)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the cell's paragraphs, those of tables inside it too."""
        for item in self.items:
            if isinstance(item, Paragraph):
                yield item
            else:
                yield from item.paragraphs()


@dataclass
class Grid:
    """A table; merged cells are resolved as the cells come in."""

    presentation: bool = False
    cells: list[HtmlCell] = field(default_factory=list)
    rows: int = 0
    area: int = 0
    _col: int = 0
    _taken: dict[int, int] = field(default_factory=dict)

    def open_row(self) -> None:
        """Begin the next row."""
        self.rows += 1
        self._col = 0

    def open_cell(self, start: int, rowspan: int, colspan: int) -> HtmlCell:
        """Place a cell in the first free column of the row, which begins if none has."""
        if not self.rows:
            self.open_row()
        row = self.rows - 1
        while self._taken.get(self._col, 0) > row:
            self._col += 1
        colspan = self._free(row, max(1, min(colspan, MAX_COLUMNS - self._col)))
        cell = HtmlCell(row, self._col, rowspan, colspan, start)
        for col in range(self._col, self._col + colspan):
            self._taken[col] = row + rowspan
        self._col += colspan
        self.area += colspan
        check_cells(self.area)
        self.cells.append(cell)
        return cell

    def _free(self, row: int, colspan: int) -> int:
        """Return how many columns a cell gets before one that a row span holds."""
        columns = range(self._col + 1, self._col + colspan)
        held = next((col for col in columns if self._taken.get(col, 0) > row), None)
        return colspan if held is None else held - self._col

    def finish(self) -> None:
        """Cut row spans that reach below the last row."""
        for cell in self.cells:
            cell.rowspan = min(cell.rowspan, self.rows - cell.row)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield everything in the table in reading order."""
        for cell in self.cells:
            yield from cell.paragraphs()

    def is_layout(self) -> bool:
        """Tell whether the table only places things: one row or column, or a page inside it."""
        if self.presentation or len({cell.row for cell in self.cells}) < 2:
            return True
        if len({cell.col for cell in self.cells}) < 2:
            return True
        inner = (item for cell in self.cells for item in cell.items if isinstance(item, Grid))
        return any(not grid.is_layout() for grid in inner) or self._holds_a_page()

    def _holds_a_page(self) -> bool:
        if len(self.cells) > 12:
            return False
        texts = [list(cell.paragraphs()) for cell in self.cells]
        sizes = [sum(len(one.flow.at) for one in cell) for cell in texts]
        largest = max(range(len(sizes)), key=sizes.__getitem__)
        return len(texts[largest]) >= 8 and sizes[largest] > 0.6 * sum(sizes)
