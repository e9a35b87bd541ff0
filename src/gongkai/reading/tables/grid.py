"""A table as a grid of cells, merged ones once, from blocks that carry their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.reading.clean import Line


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell; a merged cell is one, with its reach."""

    line: Line
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1

    @property
    def text(self) -> str:
        """The cell's words."""
        return self.line.text


@dataclass(eq=False)
class Grid:
    """A table: who covers which place."""

    table: int
    cells: list[Cell]
    height: int = 0
    width: int = 0
    _at: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in self.cells:
            self.height = max(self.height, cell.row + cell.rowspan)
            self.width = max(self.width, cell.col + cell.colspan)
            for row in range(cell.row, cell.row + cell.rowspan):
                for col in range(cell.col, cell.col + cell.colspan):
                    self._at.setdefault((row, col), cell)

    def row(self, row: int) -> list[Cell | None]:
        """Return who covers each place of a row."""
        return [self._at.get((row, col)) for col in range(self.width)]

    def texts(self, row: int) -> list[str]:
        """Return the words at each place of a row; a merged cell's at every place it covers."""
        return [cell.text if cell else "" for cell in self.row(row)]


def grid_of(lines: Sequence[Line]) -> Grid:
    """Return the grid of the cells of one table."""
    cells = [
        Cell(line, line.block.row or 0, line.block.col or 0, line.block.rowspan, line.block.colspan)
        for line in lines
    ]
    return Grid(lines[0].block.table or 0, cells)
