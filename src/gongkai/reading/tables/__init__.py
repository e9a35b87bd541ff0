"""Finds the tables of a document and reads the rows of those that give tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.reading.clauses import Tree
from gongkai.reading.clean import Line
from gongkai.reading.header import fields_of_cells
from gongkai.reading.header.frame import Frame
from gongkai.reading.tables.columns import Role
from gongkai.reading.tables.flat import find_flat
from gongkai.reading.tables.flatrows import rows_of_flat
from gongkai.reading.tables.flattened import Flat
from gongkai.reading.tables.grid import Grid, grid_of
from gongkai.reading.tables.gridrows import GridReader
from gongkai.reading.tables.rows import Groups, Row

__all__ = ["Layout", "Row", "Tables", "lay_out"]

_SAYS_WHAT = re.compile(r"。.*。|[)）]\s*。?$", re.S)
"""A clause above a table that is more than its heading is a task of its own."""
_DATA_ROWS = 30


@dataclass
class Layout:
    """A document's lines without those of tables, and before which line each table stands."""

    prose: list[Line] = field(default_factory=list)
    tables: dict[int, list[Grid | Flat]] = field(default_factory=dict)
    data: Frame | None = None
    """What a table of data fields (索引号, 发文机关 …) says."""
    data_cells: list[Line | None] = field(default_factory=list)
    """The cells of that table row by row, as its places count them."""

    def cells(self) -> Iterator[Line]:
        """Yield the cells of the tables that hold words, but for that of data fields."""
        for table in (one for some in self.tables.values() for one in some):
            if isinstance(table, Flat):
                yield from (place.line for row in table.rows for place in row if place.line.text)
            else:
                yield from (cell.line for cell in table.cells if cell.text)


def lay_out(lines: Sequence[Line]) -> Layout:
    """Part the lines of a document into text and tables."""
    layout = Layout()
    flats = {flat.first: flat for flat in find_flat(lines)}
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.block.table is not None:
            last = _table_end(lines, index)
            _take_grid(layout, grid_of(lines[index:last]))
            index = last
        elif index in flats:
            layout.tables.setdefault(len(layout.prose), []).append(flats[index])
            index = flats[index].last + 1
        else:
            line = _without_bars(line)
            layout.prose += [line] if line.text else []
            index += 1
    return layout


def _without_bars(line: Line) -> Line:
    """Return the line without borders of cells at its end."""
    end = len(line.text.rstrip("|｜ \t\n"))
    return line.part(0, end) if end < len(line.text) else line


def _table_end(lines: Sequence[Line], index: int) -> int:
    table = lines[index].block.table
    while index < len(lines) and lines[index].block.table == table:
        index += 1
    return index


def _take_grid(layout: Layout, grid: Grid) -> None:
    if grid.height <= _DATA_ROWS and layout.data is None:
        layout.data = fields_of_cells([grid.texts(row) for row in range(grid.height)])
        if layout.data is not None:
            rows = range(grid.height)
            layout.data_cells = [
                cell.line if cell else None for row in rows for cell in grid.row(row)
            ]
            return
    layout.tables.setdefault(len(layout.prose), []).append(grid)


@dataclass(frozen=True, eq=False)
class _Before:
    """The table of tasks before: where it stands, its columns and its groups."""

    index: int
    roles: list[Role]
    groups: Groups


@dataclass
class Tables:
    """Reads the tables as the clauses are built, so that each knows where it stands."""

    layout: Layout
    rows: list[Row] = field(default_factory=list)
    other: list[Line] = field(default_factory=list)
    """Cells of tables that give no tasks."""
    _count: int = 0
    _before: _Before | None = None

    def at_line(self, index: int, tree: Tree) -> None:
        """Read the tables that stand before a line of the text."""
        for table in self.layout.tables.get(index, ()):
            base = tree.stack[-1] if tree.stack else None
            rows = self._read(table, index, Groups(tree, base))
            self.rows += rows
            if rows and base is not None and not _SAYS_WHAT.search(base.words):
                base.is_leaf = False  # 三、任务分工 only heads the table

    def _read(self, table: Grid | Flat, index: int, groups: Groups) -> list[Row]:
        self._count += 1
        if isinstance(table, Flat):
            return _placed(rows_of_flat(table, groups, self._count))
        before = self._before
        reader = GridReader(table, groups, before.roles if before else None)
        if before and before.index == index and reader.goes_on(before.roles):
            reader.groups = before.groups  # the same table on the next page
            self._count -= 1
        rows = reader.read()
        for row in rows:
            row.table = self._count
        if rows and reader.roles:
            self._before = _Before(index, reader.roles, reader.groups)
        else:
            self.other += [cell.line for cell in table.cells if cell.text]
        return _placed(rows)

    def lines(self) -> Iterator[Line]:
        """Yield every line of every table, for what is looked for in all words."""
        yield from self.other
        for row in self.rows:
            for lines in row.cells.values():
                yield from lines


def _placed(rows: list[Row]) -> list[Row]:
    """Let each group reach to the end of its last row."""
    for row in rows:
        end, node = row.span()[1], row.node
        while node is not None and node.is_group:
            node.end = max(node.end, end)
            node = node.parent
    return rows
