"""Rows of tasks from a flattened table: each cell's column by its order and its words."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.reading.clean import Line
from gongkai.reading.tables.columns import Role, printed_number, roles_of
from gongkai.reading.tables.flattened import Flat
from gongkai.reading.tables.guess import Place, align
from gongkai.reading.tables.rows import Groups, Row, is_note

_LONGEST_SECTION = 60


def rows_of_flat(flat: Flat, groups: Groups, table: int) -> list[Row]:
    """Return the rows of tasks; merged cells are lost, so a row stands under the last group."""
    rows: list[Row] = []
    for cells in flat.rows:
        if roles_of([cell.line.text for cell in cells]) is not None:
            continue  # the heads again, on the next page
        if len(cells) == 1 and printed_number(cells[0].line.text) is None:
            _lone_cell(cells[0].line, groups)
            continue
        row = _row(cells, flat, groups, table)
        if row is not None:
            rows.append(row)
    return rows


def _lone_cell(line: Line, groups: Groups) -> None:
    if len(line.text) <= _LONGEST_SECTION and not is_note(line.text):
        groups.open(line, -1)


def _row(cells: Sequence[Place], flat: Flat, groups: Groups, table: int) -> Row | None:
    roles = flat.roles
    columns, doubtful = align(cells, roles, placed=flat.keeps_places(cells))
    by_role: dict[Role, list[Line]] = {}
    depth = 0
    for cell, col in zip(cells, columns, strict=True):
        if roles[col] == "group":
            groups.open(cell.line, depth)
            depth += 1
        else:
            by_role.setdefault(roles[col], []).append(cell.line)
    if "text" not in by_role:
        return None
    number = by_role.get("number", [])
    printed = printed_number(number[0].text) if number else None
    return Row(
        printed,
        by_role,
        frozenset(roles) - {""},
        node=groups.current(),
        guessed=doubtful or ("number" in roles and printed is None),
        table=table,
    )
