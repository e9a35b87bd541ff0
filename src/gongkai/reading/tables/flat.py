"""Tables that lost their grid: one cell a line, bars between cells, or tabs; finds their rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.reading.clean import Line, join
from gongkai.reading.labels import find_label
from gongkai.reading.tables.columns import (
    WHO,
    Role,
    looks,
    printed_number,
    role_of,
    roles_of,
    settle,
)
from gongkai.reading.tables.guess import Place

_BAR = re.compile(r"[|｜]")
_WIDE = re.compile(r"\t+|\u3000{1,}| {2,}")
_NO_CELL = re.compile(r"附\s*件\s*\d*|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[^|。]{3,60}[:：]")
"""A line that no cell is: a letter ends or another begins here."""
_RULE = re.compile(r"[\s|｜:+-]*-{2,}[\s|｜:+-]*")
_FARTHEST = 12
"""So many lines without a bar may stand inside a cell."""
_FEWEST_HEADS = 3
_MOST_HEADS = 16
_FIRST_HEADS = ("number", "group", "text")
_FEWEST_ROWS = 2
_LONGEST_NUMBER = 8
_SHORTEST_ROW, _LONGEST_ROW = 2, 60
_FARTHEST_JUMP = 4
_LONGEST_SECTION = 60
_LONGEST_CELL_LINE = 700
_ENOUGH = 0.8


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


def find_flat(lines: Sequence[Line]) -> Iterator[Flat]:
    """Yield the flattened tables among the lines of a text, in order."""
    index = 0
    while index < len(lines):
        flat, index = _at(lines, index)
        if flat is not None:
            yield flat


def _at(lines: Sequence[Line], index: int) -> tuple[Flat | None, int]:
    """Return the table that begins at a line, if one does, and the line to go on with."""
    line = lines[index]
    flat, after = None, index + 1
    if line.block.kind == "cell":
        return None, after
    if _BAR.search(line.text):
        after = _cluster_end(lines, index)
        flat = _barred(lines, index, after)
    elif _WIDE.search(line.text):
        flat = _tabbed(lines, index)
    elif role_of(line.text) in _FIRST_HEADS:
        flat = _bare(lines, index)
    return flat, flat.last + 1 if flat else after


# Rows of their own lines


def _tabbed(lines: Sequence[Line], index: int) -> Flat | None:
    head = _cells(lines[index], _WIDE)
    roles = roles_of([place.line.text for place in head])
    if roles is None or len(roles) < _FEWEST_HEADS:
        return None
    return _row_lines(lines, index, len(lines), roles, _WIDE)


def _row_lines(
    lines: Sequence[Line], index: int, end: int, roles: list[Role], cut: re.Pattern[str]
) -> Flat:
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
        if self.cut is _BAR and _RULE.fullmatch(line.text):
            return True
        if not self.cut.search(line.text):
            return self._without_cut(line, below)
        cells = _cells(line, self.cut)
        heads = roles_of([cell.line.text for cell in cells])
        if heads is not None and heads != self.roles:
            return False  # another table
        if heads is None and self._goes_on(cells):
            self._join(cells)
        else:
            self.rows.append(cells)
        self._closed = self.cut is not _BAR or line.text.endswith(("|", "｜"))
        return True

    def _without_cut(self, line: Line, below: Line | None) -> bool:
        """Take the heading of a section, or the rest of a cell broken over lines."""
        following = below is not None and self._is_row(below)
        labelled = find_label(line.text) is not None
        if following and len(line.text) <= _LONGEST_SECTION and (labelled or self.cut is _WIDE):
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
        return roles_of([cell.line.text for cell in _cells(line, self.cut)]) is None

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


def _cells(line: Line, cut: re.Pattern[str]) -> list[Place]:
    begins, ends = [0], []
    for match in cut.finditer(line.text):
        ends.append(match.start())
        begins.append(match.end())
    parts = [line.part(a, b) for a, b in zip(begins, [*ends, len(line.text)], strict=True)]
    if cut is _BAR and not parts[0].text:
        parts = parts[1:]
    if cut is _BAR and parts and not parts[-1].text:
        parts = parts[:-1]
    return [Place(part, col) for col, part in enumerate(parts)]


# One cell a line, bars between


@dataclass(frozen=True, eq=False)
class _Token:
    line: Line
    first: int
    last: int
    """Indexes of the lines it stands in."""

    @property
    def text(self) -> str:
        return self.line.text


def _barred(lines: Sequence[Line], index: int, end: int) -> Flat | None:
    head = [cell.line.text for cell in _cells(lines[index], _BAR)]
    roles = roles_of(head)
    if roles is not None and len(roles) >= _FEWEST_HEADS:
        return _row_lines(lines, index, end, roles, _BAR)
    return _of_tokens(_tokens(lines, index, end))


def _cluster_end(lines: Sequence[Line], index: int) -> int:
    last = index
    for at in range(index, len(lines)):
        text = lines[at].text
        if at - last > _FARTHEST or lines[at].block.kind == "cell" or _NO_CELL.fullmatch(text):
            break
        if _BAR.search(lines[at].text):
            last = at
    return last + 1


def _tokens(lines: Sequence[Line], index: int, end: int) -> list[_Token]:
    """Cut the lines at their bars; a cell without a bar goes on in the next line."""
    tokens: list[_Token] = []
    waiting: list[Line] = []
    first = index
    for at in range(index, end):
        line = lines[at]
        begin = 0
        for match in _BAR.finditer(line.text):
            parts = [*waiting, line.part(begin, match.start())]
            parts = [part for part in parts if part.text] or parts[-1:]
            tokens.append(_Token(join(parts), first if waiting else at, at))
            waiting, begin, first = [], match.end(), at
        rest = line.part(begin)
        if rest.text:
            first = first if waiting else at
            waiting.append(rest)
    return tokens


def _of_tokens(tokens: Sequence[_Token]) -> Flat | None:
    head = _head_of(tokens)
    if head is None:
        return None
    begin, width = head
    heads = tokens[begin : begin + width]
    named = [token.text for token in heads if token.text]
    roles = settle([role_of(text) for text in named])
    below = tokens[begin + width :]
    rows = _chunks(below, width)
    if rows is None:
        rows = list(_numbered(below))
    if not rows:
        return None
    last = max(token.last for row in rows for token in row)
    trailing = [token.last for token in below if not token.text and token.last <= last + 1]
    return Flat(
        heads[0].first,
        max([last, *trailing]),
        _with_group(roles, width),
        [
            [Place(token.line, col) for col, token in enumerate(row) if token.text]
            for row in rows
            if any(token.text for token in row)
        ],
        width,
    )


def _head_of(tokens: Sequence[_Token]) -> tuple[int, int] | None:
    """Return where the heads begin and how many columns there are, empty ones included."""
    begin = 0
    while begin < len(tokens):
        end = _heads_end(tokens, begin)
        named = [token.text for token in tokens[begin:end] if token.text]
        if len(named) >= _FEWEST_HEADS and roles_of(named) is not None:
            return begin, end - begin
        begin = max(end, begin + 1)
    return None


def _heads_end(tokens: Sequence[_Token], begin: int) -> int:
    """Return where the heads that begin here end; ``begin`` itself where none does."""
    end = begin
    while end < len(tokens) and (
        role_of(tokens[end].text) or (end > begin and not tokens[end].text)
    ):
        if end > begin and role_of(tokens[end].text) == "number":
            break
        end += 1
    return end


def _with_group(roles: list[Role], width: int) -> list[Role]:
    """Give a table with more columns than heads a group column left of the requirement."""
    if "group" in roles or width == len(roles) or "text" not in roles:
        return roles
    place = roles.index("text")
    return [*roles[:place], "group", *roles[place:]]


def _chunks(tokens: Sequence[_Token], width: int) -> list[list[_Token]] | None:
    """Return rows of equal width, when nearly every one then begins with its number."""
    rows = [list(tokens[at : at + width]) for at in range(0, len(tokens), width)]
    good = sum(printed_number(row[0].text) is not None or _is_head_row(row) for row in rows)
    return rows if rows and good >= _ENOUGH * len(rows) else None


def _is_head_row(row: Sequence[_Token]) -> bool:
    return roles_of([token.text for token in row if token.text]) is not None


def _numbered(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Yield rows that begin with the number that comes next; what repeats the heads is left out."""
    begins = _row_begins(lambda at: tokens[at].text, 0, len(tokens))
    for begin, end in zip(begins, [*begins[1:], len(tokens)], strict=False):
        row = list(tokens[begin:end])
        heads = [at for at, token in enumerate(row) if role_of(token.text) == "number"]
        yield row[: heads[0]] if heads else row


def _row_begins(text_at: Callable[[int], str], start: int, stop: int) -> list[int]:
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


# One cell a line, nothing between


def _bare(lines: Sequence[Line], index: int) -> Flat | None:
    end = index
    while end < len(lines) and end - index < _MOST_HEADS:
        role = role_of(lines[end].text)
        if not role or (role == "number" and end > index):
            break
        end += 1
    if end - index < _FEWEST_HEADS:
        return None
    if role_of(lines[index].text) == "number":
        return _bare_numbered(lines, index, end)
    return _bare_counted(lines, index, end)


def _bare_numbered(lines: Sequence[Line], index: int, end: int) -> Flat | None:
    """Read rows that begin with their number; an empty cell left no line."""
    roles = roles_of([line.text for line in lines[index:end]])
    if roles is None or end >= len(lines) or printed_number(lines[end].text) is None:
        return None
    begins = _row_begins(lambda at: lines[at].text, end, len(lines))
    if len(begins) < _FEWEST_ROWS:
        return None
    usual = Counter(b - a for a, b in pairwise(begins)).most_common(1)[0][0]
    last = min(begins[-1] + max(usual, len(roles)) - 1, len(lines) - 1)
    rows = []
    for begin, stop in zip(begins, [*begins[1:], last + 1], strict=True):
        row = [line for line in lines[begin:stop] if role_of(line.text) != "number"]
        rows.append([Place(line, col) for col, line in enumerate(row)])
    return Flat(index, last, _with_group(roles, len(roles) + 1), rows, len(roles))


def _bare_counted(lines: Sequence[Line], index: int, end: int) -> Flat | None:
    """Read rows without number; the heads end where the cells below look like what they hold."""
    for first in range(end, index + _FEWEST_HEADS - 1, -1):
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
