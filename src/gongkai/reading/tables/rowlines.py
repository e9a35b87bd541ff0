"""Flattened tables with a line for each row, cut by bars, tabs or wide spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.reading.clean import Line, join
from gongkai.reading.labels import find_label
from gongkai.reading.tables.columns import Role, printed_number, roles_of
from gongkai.reading.tables.flattened import Flat
from gongkai.reading.tables.guess import Place

BAR = re.compile(r"[|｜]")
WIDE = re.compile(r"\t+|\u3000{1,}| {2,}")
_RULE = re.compile(r"[\s|｜:+-]*-{2,}[\s|｜:+-]*")
_LONGEST_SECTION = 60


def row_lines(
    lines: Sequence[Line], index: int, end: int, roles: list[Role], cut: re.Pattern[str]
) -> Flat:
    """Read the rows below the heads at ``index`` until a line is none of the table."""
    found = _RowLines(roles, cut)
    last = index
    for at in range(index + 1, end):
        if not found.take(lines[at], lines[at + 1] if at + 1 < end else None):
            break
        last = at
    rows = [[cell for cell in row if cell.line.text] for row in found.rows]
    return Flat(index, last, roles, [row for row in rows if row])


class _RowLines:
    """The rows of a table with a line for each; between bars a cell may go on in the next line."""

    def __init__(self, roles: list[Role], cut: re.Pattern[str]) -> None:
        self.roles, self.cut = roles, cut
        self.rows: list[list[Place]] = []
        self._closed = True

    def take(self, line: Line, below: Line | None) -> bool:
        """Take a line; False where it is no longer one of the table."""
        if self.cut is BAR and _RULE.fullmatch(line.text):
            return True
        if not self.cut.search(line.text):
            return self._without_cut(line, below)
        cells = cells_of(line, self.cut)
        heads = roles_of([cell.line.text for cell in cells])
        if heads is not None and heads != self.roles:
            return False  # another table
        if heads is None and self._goes_on(cells):
            self._join(cells)
        else:
            self.rows.append(cells)
        self._closed = self.cut is not BAR or line.text.endswith(("|", "｜"))
        return True

    def _without_cut(self, line: Line, below: Line | None) -> bool:
        """Take the heading of a section, or the rest of a cell broken over lines."""
        following = below is not None and self._is_row(below)
        labelled = find_label(line.text) is not None
        if following and len(line.text) <= _LONGEST_SECTION and (labelled or self.cut is WIDE):
            self.rows.append([Place(line, 0)])
            self._closed = True
            return True
        if self._closed or not self.rows or not (following or self._open()):
            return False
        self._join([Place(line, 0)])
        return True

    def _is_row(self, line: Line) -> bool:
        if not self.cut.search(line.text):
            return False
        return roles_of([cell.line.text for cell in cells_of(line, self.cut)]) is None

    def _open(self) -> bool:
        return len(self.rows[-1]) < len(self.roles)

    def _goes_on(self, cells: Sequence[Place]) -> bool:
        """Say whether the line above broke off inside a cell: a short row, then no number."""
        if self._closed or not self.rows or "number" not in self.roles or not cells:
            return False
        first = cells[0].line.text
        if not first or printed_number(first) is not None:
            return False
        return len(self.rows[-1]) + len(cells) - 1 <= len(self.roles)

    def _join(self, cells: Sequence[Place]) -> None:
        last = self.rows[-1].pop()
        self.rows[-1].append(Place(join([last.line, cells[0].line]), last.col))
        self.rows[-1] += [Place(cell.line, last.col + cell.col) for cell in cells[1:]]


def cells_of(line: Line, cut: re.Pattern[str]) -> list[Place]:
    """Return the cells of a line, the borders at its ends left out."""
    begins, ends = [0], []
    for match in cut.finditer(line.text):
        ends.append(match.start())
        begins.append(match.end())
    parts = [line.part(a, b) for a, b in zip(begins, [*ends, len(line.text)], strict=True)]
    if cut is BAR and not parts[0].text:
        parts = parts[1:]
    if cut is BAR and parts and not parts[-1].text:
        parts = parts[:-1]
    return [Place(part, col) for col, part in enumerate(parts)]
