"""Tables that lost their grid: one cell a line, bars between cells, or tabs; finds their rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.reading.clean import Line, join
from gongkai.reading.tables.columns import Role, printed_number, role_of, roles_of, settle
from gongkai.reading.tables.guess import Place

_BAR = re.compile(r"[|｜]")
_WIDE = re.compile(r"\t+|\u3000{1,}| {2,}")
_NO_CELL = re.compile(r"附\s*件\s*\d*|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[^|。]{3,60}[:：]")
"""A line that no cell is: a letter ends or another begins here."""
_RULE = re.compile(r"[\s|｜:+-]*-{2,}[\s|｜:+-]*")
_FARTHEST = 12
"""So many lines without a bar may stand inside a cell."""
_FEWEST_HEADS = 3
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
    elif role_of(line.text) == "number":
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
    rows: list[list[Place]] = []
    last = index
    for at in range(index + 1, end):
        if cut is _BAR and _RULE.fullmatch(lines[at].text):
            last = at
            continue
        cells = _cells(lines[at], cut)
        filled = [cell for cell in cells if cell.line.text]
        if not cut.search(lines[at].text) and not (filled and rows and cut is _BAR):
            break
        if cut.search(lines[at].text):
            rows.append(filled)
        else:
            rows[-1][-1:] = [Place(join([rows[-1][-1].line, lines[at]]), rows[-1][-1].col)]
        last = at
    return Flat(index, last, roles, [row for row in rows if row])


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
    begins = _row_begins([token.text for token in tokens])
    for begin, end in zip(begins, [*begins[1:], len(tokens)], strict=False):
        row = list(tokens[begin:end])
        heads = [at for at, token in enumerate(row) if role_of(token.text) == "number"]
        yield row[: heads[0]] if heads else row


def _row_begins(texts: Sequence[str]) -> list[int]:
    begins: list[int] = []
    awaited = None
    for at, text in enumerate(texts):
        number = printed_number(text) if text else None
        if number is not None and (awaited is None or number == awaited):
            begins.append(at)
            awaited = number + 1
    return begins


# One cell a line, nothing between


def _bare(lines: Sequence[Line], index: int) -> Flat | None:
    end = index
    while end < len(lines) and role_of(lines[end].text) and end - index < 16:
        end += 1
    roles = roles_of([line.text for line in lines[index:end]])
    if roles is None or len(roles) < _FEWEST_HEADS:
        return None
    texts = [line.text if len(line.text) < _LONGEST_CELL_LINE else "" for line in lines[end:]]
    begins = [end + at for at in _row_begins(texts)]
    if len(begins) < 2 or begins[0] != end:
        return None
    usual = Counter(b - a for a, b in pairwise(begins)).most_common(1)[0][0]
    last = min(begins[-1] + max(usual, len(roles)) - 1, len(lines) - 1)
    rows = []
    for begin, stop in zip(begins, [*begins[1:], last + 1], strict=True):
        row = [line for line in lines[begin:stop] if role_of(line.text) != "number"]
        rows.append([Place(line, col) for col, line in enumerate(row)])
    return Flat(index, last, _with_group(roles, len(roles) + 1), rows, len(roles))
