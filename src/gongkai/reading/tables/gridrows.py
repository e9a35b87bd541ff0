"""Rows of tasks from a grid of cells (.html, .docx, .xlsx, .pdf)."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.reading.clean import Line
from gongkai.reading.tables.columns import WORK, Role, printed_number, role_of, roles_of
from gongkai.reading.tables.grid import Cell, Grid
from gongkai.reading.tables.guess import guessed_roles
from gongkai.reading.tables.rows import Groups, Row, is_note

_LONGEST_SECTION = 60


class GridReader:
    """Walks the rows of one grid; ``roles`` are those of the table before, if it goes on."""

    def __init__(self, grid: Grid, groups: Groups, roles: Sequence[Role] | None = None) -> None:
        self.grid = grid
        self.groups = groups
        self.rows: list[Row] = []
        self.guessed = False
        self.roles = list(roles) if roles and len(roles) == grid.width else None
        self._last: dict[int, Cell] = {}
        self._above: tuple[Cell | None, Cell | None] = (None, None)

    def read(self) -> list[Row]:
        """Return the rows of tasks; none when the table is something else."""
        heads = {row: roles for row in range(self.grid.height) if (roles := self._heads(row))}
        if not heads and self.roles is None:
            self.roles = guessed_roles([self.grid.texts(row) for row in range(self.grid.height)])
            self.guessed = self.roles is not None
        skip_to = 0
        for row in range(self.grid.height):
            if row in heads:
                self.roles, skip_to = heads[row]
            if row >= skip_to and self.roles and row not in heads:
                self._row(row)
        return self.rows

    def goes_on(self, roles: Sequence[Role]) -> bool:
        """Say whether the grid goes on with a table of these columns: no heads, or the same."""
        heads = next(
            (h for row in range(min(self.grid.height, 3)) if (h := self._heads(row))), None
        )
        return list(roles) == heads[0] if heads else len(roles) == self.grid.width

    def _heads(self, row: int) -> tuple[list[Role], int] | None:
        """Return the roles that a row of heads gives, and the first row below the heads."""
        texts = self.grid.texts(row)
        if len({id(cell) for cell in self.grid.row(row) if cell and cell.text}) < 2:
            return None
        roles = roles_of(texts)
        below = self._second_heads(row)
        if below is not None:
            roles = roles_of(below) or roles
        if roles is None:
            return None
        deepest = max((cell.row + cell.rowspan for cell in self.grid.row(row) if cell), default=row)
        return roles, max(row + 1 + (below is not None), min(deepest, row + 3))

    def _second_heads(self, row: int) -> list[str] | None:
        """Return the heads of two rows as one: 责任分工 over 牵头单位 and 配合单位."""
        if row + 1 >= self.grid.height:
            return None
        upper, lower = self.grid.row(row), self.grid.row(row + 1)
        own = [cell for cell in lower if cell and cell.row == row + 1 and cell.text]
        if not own or not any(cell and cell.colspan > 1 for cell in upper):
            return None
        if not all(role_of(cell.text) for cell in own) or any(printed_number(c.text) for c in own):
            return None
        pairs = zip(upper, lower, strict=True)
        return [(low.text if low and low.text else up.text if up else "") for up, low in pairs]

    # Rows below the heads

    def _row(self, row: int) -> None:
        cells = self.grid.row(row)
        distinct = [cell for cell in dict.fromkeys(cells) if cell is not None and cell.text]
        if not distinct or self._is_section(row, cells, distinct):
            return
        requirement = self._requirement(row, cells)
        if requirement is None:
            return
        number = self._cell(cells, "number")
        if self._goes_on(row, number, requirement):
            self._merge(row, cells)
            return
        self._above = (number, requirement)
        self._add(row, cells, number, requirement)

    def _is_section(self, row: int, cells: Sequence[Cell | None], distinct: Sequence[Cell]) -> bool:
        """Take a row that is one cell: a group's heading, or a note below the table."""
        only = distinct[0]
        if len(distinct) > 1 or only.row != row or printed_number(only.text) is not None:
            return False
        if is_note(only.text):
            return True
        text_col = self._column("text")
        whole = only.colspan >= max(2, self.grid.width - 1)
        if (only.col == text_col and not whole) or len(only.text) > _LONGEST_SECTION:
            return whole and only.colspan == self.grid.width  # a paragraph in the table: no task
        self._last.clear()
        self.groups.open(only.line, -1)
        return True

    def _column(self, role: Role) -> int | None:
        assert self.roles is not None  # noqa: S101 - rows are read only below heads
        return self.roles.index(role) if role in self.roles else None

    def _cell(self, cells: Sequence[Cell | None], role: Role) -> Cell | None:
        col = self._column(role)
        return cells[col] if col is not None else None

    def _requirement(self, row: int, cells: Sequence[Cell | None]) -> Cell | None:
        """Return the cell that says what is to be done; the last group's where that is empty."""
        own = self._cell(cells, "text")
        if own and own.text:
            return own
        begun = [cell for cell in self._work(cells) if cell.row == row]
        return begun[-1] if begun else None

    def _work(self, cells: Sequence[Cell | None]) -> list[Cell]:
        assert self.roles is not None  # noqa: S101 - rows are read only below heads
        found = [
            cell
            for cell, role in zip(cells, self.roles, strict=True)
            if cell and cell.text and role in WORK
        ]
        return list(dict.fromkeys(found))

    def _goes_on(self, row: int, number: Cell | None, requirement: Cell) -> bool:
        """Say whether number and requirement are the merged ones of the row above."""
        if not self.rows or self._above[1] is not requirement or requirement.row == row:
            return False
        return number is None or number is self._above[0] or not number.text

    def _merge(self, row: int, cells: Sequence[Cell | None]) -> None:
        for role, line in self._lines(cells, only_from=row):
            if role not in WORK and role != "number":
                self.rows[-1].cells.setdefault(role, []).append(line)

    def _lines(self, cells: Sequence[Cell | None], only_from: int = 0) -> list[tuple[Role, Line]]:
        assert self.roles is not None  # noqa: S101 - rows are read only below heads
        seen: dict[Cell, Role] = {}
        for cell, role in zip(cells, self.roles, strict=True):
            if cell and cell not in seen and cell.row >= only_from:
                seen[cell] = role
        return [(role, cell.line) for cell, role in seen.items()]

    def _add(
        self, row: int, cells: Sequence[Cell | None], number: Cell | None, requirement: Cell
    ) -> None:
        assert self.roles is not None  # noqa: S101 - rows are read only below heads
        by_role: dict[Role, list[Line]] = {}
        for role, line in self._lines(cells):
            if role not in WORK:
                by_role.setdefault(role, []).append(line)
        by_role["text"] = [requirement.line]
        printed = printed_number(number.text) if number else None
        missing = number is not None and printed is None and bool(self.rows)
        self.rows.append(
            Row(
                printed,
                by_role,
                frozenset(self.roles) - {""},
                node=self.groups.under(self._groups(cells, requirement)),
                guessed=self.guessed or missing,
                table=self.grid.table,
            )
        )

    def _groups(self, cells: Sequence[Cell | None], requirement: Cell) -> list[tuple[Line, int]]:
        """Return the group cells left of the requirement; a blank one goes on from above."""
        assert self.roles is not None  # noqa: S101 - rows are read only below heads
        found: list[Cell] = []
        for col, role in enumerate(self.roles):
            cell = cells[col]
            if role not in WORK or cell is requirement or col >= requirement.col:
                continue
            if cell and cell.text:
                if self._last.get(col) is not cell:
                    self._last = {at: one for at, one in self._last.items() if at < col}
                self._last[col] = cell
            found += [self._last[col]] if col in self._last else []
        return [(cell.line, cell.col) for cell in dict.fromkeys(found)]
