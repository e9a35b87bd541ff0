"""Flattened tables with one cell a line and nothing between the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gongkai.reading.clean import Line
from gongkai.reading.tables.columns import WHO, Role, looks, printed_number, role_of, roles_of
from gongkai.reading.tables.flattened import FEWEST_HEADS, Flat, row_begins, with_group
from gongkai.reading.tables.guess import Place

FIRST_HEADS = ("number", "group", "text")
_MOST_HEADS = 16
_FEWEST_ROWS = 2
_LONGEST_CELL_LINE = 700


def bare_cells(lines: Sequence[Line], index: int) -> Flat | None:
    """Read the table whose heads begin at a line; None when there is none."""
    end = index
    while end < len(lines) and end - index < _MOST_HEADS:
        role = role_of(lines[end].text)
        if not role or (role == "number" and end > index):
            break
        end += 1
    if end - index < FEWEST_HEADS:
        return None
    if role_of(lines[index].text) == "number":
        return _bare_numbered(lines, index, end)
    return _bare_counted(lines, index, end)


def _bare_numbered(lines: Sequence[Line], index: int, end: int) -> Flat | None:
    """Read rows that begin with their number; an empty cell left no line."""
    roles = roles_of([line.text for line in lines[index:end]])
    if roles is None or end >= len(lines) or printed_number(lines[end].text) is None:
        return None
    begins = row_begins(lambda at: lines[at].text, end, len(lines))
    if len(begins) < _FEWEST_ROWS:
        return None
    usual = Counter(b - a for a, b in pairwise(begins)).most_common(1)[0][0]
    last = min(begins[-1] + max(usual, len(roles)) - 1, len(lines) - 1)
    rows = []
    for begin, stop in zip(begins, [*begins[1:], last + 1], strict=True):
        row = [line for line in lines[begin:stop] if role_of(line.text) != "number"]
        rows.append([Place(line, col) for col, line in enumerate(row)])
    return Flat(index, last, with_group(roles, len(roles) + 1), rows, len(roles))


def _bare_counted(lines: Sequence[Line], index: int, end: int) -> Flat | None:
    """Read rows without number; the heads end where the cells below look like what they hold."""
    for first in range(end, index + FEWEST_HEADS - 1, -1):
        roles = roles_of([line.text for line in lines[index:first]])
        rows = list(_fitting(lines, first, roles)) if roles else []
        if roles and len(rows) >= _FEWEST_ROWS:
            last = first + len(rows) * len(roles) - 1
            return Flat(index, last, roles, rows)
    return None


def _fitting(lines: Sequence[Line], first: int, roles: Sequence[Role]) -> Iterator[list[Place]]:
    for at in range(first, len(lines) - len(roles) + 1, len(roles)):
        row = lines[at : at + len(roles)]
        if not all(_looks_right(role, line) for role, line in zip(roles, row, strict=True)):
            return
        yield [Place(line, col) for col, line in enumerate(row)]


def _looks_right(role: Role, line: Line) -> bool:
    known = role in WHO or role in ("due", "text", "group")
    return len(line.text) < _LONGEST_CELL_LINE and (not known or looks(role, line.text) > 0)
