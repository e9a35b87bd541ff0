"""Finds tables that lost their grid and reads those with bars behind each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.reading.clean import Line, join
from gongkai.reading.tables.barecells import FIRST_HEADS, bare_cells
from gongkai.reading.tables.columns import printed_number, role_of, roles_of, settle
from gongkai.reading.tables.flattened import FEWEST_HEADS, Flat, row_begins, with_group
from gongkai.reading.tables.guess import Place
from gongkai.reading.tables.rowlines import BAR, WIDE, cells_of, row_lines

_NO_CELL = re.compile(r"附\s*件\s*\d*|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[^|。]{3,60}[:：]")
"""A line that no cell is: a letter ends or another begins here."""
_FARTHEST = 12
"""So many lines without a bar may stand inside a cell."""
_ENOUGH = 0.8


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
    if BAR.search(line.text):
        after = _cluster_end(lines, index)
        flat = _barred(lines, index, after)
    elif WIDE.search(line.text):
        flat = _tabbed(lines, index)
    elif role_of(line.text) in FIRST_HEADS:
        flat = bare_cells(lines, index)
    return flat, flat.last + 1 if flat else after


# Rows of their own lines


def _tabbed(lines: Sequence[Line], index: int) -> Flat | None:
    head = cells_of(lines[index], WIDE)
    roles = roles_of([place.line.text for place in head])
    if roles is None or len(roles) < FEWEST_HEADS:
        return None
    return row_lines(lines, index, len(lines), roles, WIDE)


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
    head = [cell.line.text for cell in cells_of(lines[index], BAR)]
    roles = roles_of(head)
    if roles is not None and len(roles) >= FEWEST_HEADS:
        return row_lines(lines, index, end, roles, BAR)
    return _of_tokens(_tokens(lines, index, end))


def _cluster_end(lines: Sequence[Line], index: int) -> int:
    last = index
    for at in range(index, len(lines)):
        text = lines[at].text
        if at - last > _FARTHEST or lines[at].block.kind == "cell" or _NO_CELL.fullmatch(text):
            break
        if BAR.search(lines[at].text):
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
        for match in BAR.finditer(line.text):
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
        with_group(roles, width),
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
        if len(named) >= FEWEST_HEADS and roles_of(named) is not None:
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


def _chunks(tokens: Sequence[_Token], width: int) -> list[list[_Token]] | None:
    """Return rows of equal width, when nearly every one then begins with its number."""
    rows = [list(tokens[at : at + width]) for at in range(0, len(tokens), width)]
    good = sum(printed_number(row[0].text) is not None or _is_head_row(row) for row in rows)
    return rows if rows and good >= _ENOUGH * len(rows) else None


def _is_head_row(row: Sequence[_Token]) -> bool:
    return roles_of([token.text for token in row if token.text]) is not None


def _numbered(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Yield rows that begin with the number that comes next; what repeats the heads is left out."""
    begins = row_begins(lambda at: tokens[at].text, 0, len(tokens))
    for begin, end in zip(begins, [*begins[1:], len(tokens)], strict=False):
        row = list(tokens[begin:end])
        heads = [at for at, token in enumerate(row) if role_of(token.text) == "number"]
        yield row[: heads[0]] if heads else row
