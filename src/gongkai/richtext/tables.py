"""A table's cells brought into a full grid: merges within it, no gaps. Knows no tree."""

from __future__ import annotations

from gongkai.richtext.nodes import Cell, Paragraph, Table

MAX_COLUMNS = 100
MAX_ROWS = 5_000


def squared(rows: list[list[Cell]], caption: str) -> Table | None:
    """Return the table with every place of its grid filled once; None if it has no cell."""
    rows = rows[:MAX_ROWS]
    taken: dict[tuple[int, int], bool] = {}
    for y, row in enumerate(rows):
        x, kept = 0, []
        for cell in row:
            while (x, y) in taken:
                x += 1
            if x >= MAX_COLUMNS:
                break
            cell.rowspan = max(1, min(cell.rowspan, len(rows) - y))
            cell.colspan = _room(taken, x, y, max(1, min(cell.colspan, MAX_COLUMNS - x)))
            _take(taken, x, y, cell)
            kept.append(cell)
            x += cell.colspan
        row[:] = kept
    width = max((x for x, _ in taken), default=-1) + 1
    if not width:
        return None
    for y, row in enumerate(rows):
        _fill(taken, row, y, width)
    return Table(_shortened(rows), caption)


def _room(taken: dict[tuple[int, int], bool], x: int, y: int, wanted: int) -> int:
    span = 1
    while span < wanted and (x + span, y) not in taken:
        span += 1
    return span


def _take(taken: dict[tuple[int, int], bool], x: int, y: int, cell: Cell) -> None:
    for below in range(cell.rowspan):
        places = [(x + right, y + below) for right in range(cell.colspan)]
        if any(place in taken for place in places):
            cell.rowspan = below
            return
        taken.update(dict.fromkeys(places, True))


def _fill(taken: dict[tuple[int, int], bool], row: list[Cell], y: int, width: int) -> None:
    """Put empty cells where the row has gaps; they come at its end, as browsers show them."""
    header = bool(row) and all(cell.header for cell in row)
    for x in range(width):
        if (x, y) not in taken:
            taken[x, y] = True
            row.append(Cell(header, []))


def _shortened(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Take off rows that hold no cell of their own, and what merges over them."""
    empty = {y for y, row in enumerate(rows) if not row}
    if not empty:
        return rows
    for y, row in enumerate(rows):
        for cell in row:
            cell.rowspan -= len(empty & set(range(y, y + cell.rowspan)))
    return [row for row in rows if row]


def words(table: Table) -> list[Paragraph]:
    """Return the paragraphs of all cells: a table inside a cell is only layout."""
    cells = (cell for row in table.rows for cell in row)
    return [block for cell in cells for block in cell.blocks if isinstance(block, Paragraph)]
