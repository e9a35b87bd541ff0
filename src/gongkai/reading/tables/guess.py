"""Roles of columns, and places of cells, by what stands in them where no head tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.reading.clean import Line
from gongkai.reading.tables.columns import Role, looks, printed_number

_SAMPLE = 40
_FEWEST_CELLS = 3
_FEWEST_ROWS = 2
_MOST = 0.7
_SKIP: dict[Role, float] = {"text": -6.0, "group": 0.0, "number": -1.0}
"""What it costs to leave a column empty; a row without a requirement is none."""
_SKIP_OTHER = -0.4
_SECOND_GROUP = -0.8
_OWN_PLACE = 1.0
_MOST_SURPLUS = 4


def guessed_roles(rows: Sequence[Sequence[str]]) -> list[Role] | None:
    """Guess the columns of a table without heads; None unless numbers, units and times show."""
    sample = [row for row in rows if sum(bool(text) for text in row) >= _FEWEST_CELLS][:_SAMPLE]
    if len(sample) < _FEWEST_ROWS:
        return None
    columns = [[row[index] for row in sample if row[index]] for index in range(len(sample[0]))]
    roles = [_guessed(index, texts) for index, texts in enumerate(columns)]
    if not roles or roles[0] != "number" or not {"units", "due"} <= set(roles):
        return None
    open_columns = [index for index, role in enumerate(roles) if role == ""]
    if not open_columns:
        return None
    longest = max(open_columns, key=lambda index: sum(map(len, columns[index])))
    for index in open_columns:
        roles[index] = "text" if index == longest else "group" if index < longest else "remark"
    return roles


def _guessed(index: int, texts: Sequence[str]) -> Role:
    if not texts:
        return "remark"
    if index == 0 and _share(texts, lambda text: printed_number(text) is not None) > _MOST:
        return "number"
    if _share(texts, lambda text: looks("due", text) > 0) > _MOST:
        return "due"
    return "units" if _share(texts, lambda text: looks("units", text) > 0) > _MOST else ""


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts)


@dataclass(frozen=True)
class Place:
    """A cell's text and the column it stood in as printed, counted from 0."""

    line: Line
    col: int


@dataclass(frozen=True)
class _Way:
    score: float
    last: int = -1
    taken: tuple[int, ...] = ()


def align(cells: Sequence[Place], roles: Sequence[Role], *, placed: bool) -> tuple[list[int], bool]:
    """Say for each cell of a row, merged cells lost, in which column it stands.

    The cells keep their order; what stands in them decides, and the column they are printed in
    where that can be trusted (``placed``). The second value tells whether a cell stands where
    it does not look right.
    """
    if len(cells) > len(roles) + _MOST_SURPLUS:
        return [min(cell.col, len(roles) - 1) for cell in cells], True
    ways = [_Way(0.0)]
    fits = [[looks(role, cell.line.text) for role in roles] for cell in cells]
    for cell, fit in zip(cells, fits, strict=True):
        best: dict[int, _Way] = {}
        for way in ways:
            for col in range(max(way.last, 0), len(roles)):
                grown = _grown(
                    way, col, fit[col] + _OWN_PLACE * (placed and col == cell.col), roles
                )
                if grown and (col not in best or best[col].score < grown.score):
                    best[col] = grown
        ways = list(best.values())
    ended = [(way.score + _skipped(roles, way.last + 1, len(roles)), way.taken) for way in ways]
    if not ended:  # more cells than columns
        return [min(cell.col, len(roles) - 1) for cell in cells], True
    taken = max(ended)[1]
    return list(taken), any(fit[col] < 0 for fit, col in zip(fits, taken, strict=True))


def _grown(way: _Way, col: int, gain: float, roles: Sequence[Role]) -> _Way | None:
    if col == way.last:
        if roles[col] != "group":
            return None
        return _Way(way.score + gain + _SECOND_GROUP, col, (*way.taken, col))
    cost = _skipped(roles, way.last + 1, col)
    return _Way(way.score + gain + cost, col, (*way.taken, col))


def _skipped(roles: Sequence[Role], first: int, last: int) -> float:
    return sum(_SKIP.get(role, _SKIP_OTHER) for role in roles[first:last])
