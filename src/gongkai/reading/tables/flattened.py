"""A table that lost its grid, as columns and rows of cells, and where its rows begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.reading.tables.columns import Role, printed_number
from gongkai.reading.tables.guess import Place

FEWEST_HEADS = 3
_LONGEST_NUMBER = 8
_SHORTEST_ROW, _LONGEST_ROW = 2, 60
_FARTHEST_JUMP = 4


@dataclass(frozen=True, eq=False)
class Flat:
    """A flattened table: its lines, the roles of its columns, the cells of its rows."""

    first: int
    last: int
    """Index of its last line."""
    roles: list[Role]
    rows: list[list[Place]]
    width: int = 0
    """Columns as printed where merged cells of a row are lost and the row is filled up behind;
    0 where each row is a line of its own."""

    def keeps_places(self, row: Sequence[Place]) -> bool:
        """Say whether the row's cells stand in their printed columns."""
        return not self.width or (bool(row) and row[-1].col == self.width - 1)


def with_group(roles: list[Role], width: int) -> list[Role]:
    """Give a table with more columns than heads a group column left of the requirement."""
    if "group" in roles or width == len(roles) or "text" not in roles:
        return roles
    place = roles.index("text")
    return [*roles[:place], "group", *roles[place:]]


def row_begins(text_at: Callable[[int], str], start: int, stop: int) -> list[int]:
    """Return where rows begin: at the number that comes next; a few may be left out."""

    def number_at(at: int) -> int | None:
        text = text_at(at)
        return printed_number(text) if 0 < len(text) <= _LONGEST_NUMBER else None

    def comes(number: int, at: int) -> bool:
        return any(number_at(b) == number for b in range(at + 1, min(at + _LONGEST_ROW, stop)))

    begins: list[int] = []
    last = 0
    for at in range(start, stop):
        if begins and at - begins[-1] > _LONGEST_ROW:
            break
        number = number_at(at)
        if number is None or (begins and (at - begins[-1] < _SHORTEST_ROW or number <= last)):
            continue
        if begins and number > last + 1 and comes(last + 1, at):
            continue
        if not begins or number <= last + _FARTHEST_JUMP:
            begins.append(at)
            last = number
    return begins
