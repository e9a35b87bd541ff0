"""Tables of .docx as grids with merged cells resolved. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gongkai.reading.blocks import BlockKind
from gongkai.reading.formats.draft import Cell, check_cells
from gongkai.reading.formats.package import Element, child, local, value, whole
from gongkai.reading.limits import MAX_COLUMNS


@dataclass
class Paragraph:
    """A paragraph with the label that its list gives it."""

    text: str
    label: str = ""
    kind: BlockKind = "para"
    level: int | None = None

    @property
    def shown(self) -> str:
        """Label and text as they are seen."""
        return self.label + self.text.lstrip() if self.label else self.text


@dataclass
class GridCell:
    """A cell with what stands in it."""

    row: int
    col: int
    colspan: int
    rowspan: int = 1
    items: list[Paragraph | Grid] = field(default_factory=list)

    def text(self) -> str:
        """Return all text of the cell, tables in it too, one paragraph a line."""
        lines = (
            item.shown.strip() if isinstance(item, Paragraph) else item.text()
            for item in self.items
        )
        return "\n".join(line for line in lines if line)


@dataclass
class Grid:
    """A table of one document body, box or cell."""

    cells: list[GridCell] = field(default_factory=list)

    def text(self) -> str:
        """Return all text of the table, one cell a line."""
        return "\n".join(text for cell in self.cells if (text := cell.text()))

    def is_layout(self) -> bool:
        """Tell whether the table only frames something: one row, one column, or a table in it."""
        if len({cell.row for cell in self.cells}) < 2 or len({c.col for c in self.cells}) < 2:
            return True
        inner = (item for cell in self.cells for item in cell.items if isinstance(item, Grid))
        return any(not grid.is_layout() for grid in inner)

    def plain_cells(self, number: int) -> list[Cell]:
        """Return the cells for a draft; ``number`` is the table's place in the document."""
        return [
            Cell(
                cell.row,
                cell.col,
                cell.text(),
                cell.rowspan,
                cell.colspan,
                f"表{number}第{cell.row + 1}行第{cell.col + 1}列",
            )
            for cell in self.cells
        ]


def grid_of(table: Element, items_of: Callable[[Element], Iterator[Paragraph | Grid]]) -> Grid:
    """Return the table as a grid; rows deleted by a tracked change are left out.

    ``items_of`` reads what stands in a cell.
    """
    grid, above = Grid(), dict[int, GridCell]()
    for row_number, row in enumerate(_rows(table)):
        col = max(0, whole(value(row, "trPr", "gridBefore"), 0))
        merged: dict[int, GridCell] = {}
        for element in _cells(row):
            properties = child(element, "tcPr")
            colspan = max(1, min(whole(value(properties, "gridSpan"), 1), MAX_COLUMNS))
            merge = child(properties, "vMerge")
            restarts = merge is None or value(properties, "vMerge") == "restart"
            cell = above.get(col) if not restarts else None
            if cell is not None:
                cell.rowspan = row_number - cell.row + 1
                cell.items += items_of(element)
            elif value(properties, "hMerge") == "continue" and grid.cells:
                grid.cells[-1].colspan += colspan
            else:
                cell = GridCell(row_number, col, colspan, items=list(items_of(element)))
                grid.cells.append(cell)
                check_cells(len(grid.cells))
            if cell is not None and merge is not None:
                merged[col] = cell
            col += colspan
        above = merged
    return grid


def _rows(table: Element) -> Iterator[Element]:
    for inner in table:
        name = local(inner)
        if name == "tr":
            if child(inner, "trPr", "del") is None:
                yield inner
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _rows(inner)


def _cells(row: Element) -> Iterator[Element]:
    for inner in row:
        name = local(inner)
        if name == "tc":
            yield inner
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _cells(inner)
