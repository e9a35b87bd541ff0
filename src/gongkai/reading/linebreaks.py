"""Gives a text the lines it was written in: lost line breaks come back, those of a page go.

A page copied into one field often arrives as one line, with a space wherever a line ended; a
scanned or mailed one is broken at its right edge, in the middle of a word. Decides by spaces,
widths and labels that count on; the words themselves are not changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from gongkai.reading.clean import Line, join
from gongkai.reading.labels import find_item, find_label

_SPACE = re.compile(r"[^\S\t\n]+")
_STOPS = "。；;！？：:"
_ENDS = "。；;！？：:.!?）)】〕〉》"
_FEWEST = 4
"""Fewer characters than this beside a space, and it only spaces a word: 通 知."""
_SHORTEST = 120
_LOWEST_RANK = 6.0
_NARROWEST, _WIDEST = 36, 120
"""A page's right edge stands between these columns, a Chinese character taking two."""
_SLACK = 4
"""A full line may end so many columns early: a number or a stop did not fit in."""
_FEWEST_BROKEN = 3
_SHARE_BROKEN = 0.7
_LONG = 0.6
"""What is shorter than this share of the widest line is a heading, and tells nothing."""
_CENTRED = 8


def restored(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a document as they were written."""
    whole = _unwrapped(lines)
    return [part for line in whole for part in parted(line)]


# Lines broken at the right edge of a page


def _unwrapped(lines: Sequence[Line]) -> list[Line]:
    edge = _edge([line for line in lines if line.block.kind == "line"])
    if edge is None:
        return list(lines)
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _goes_on(runs[-1][-1], line, edge):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [join(run, "") for run in runs]


def _edge(lines: Sequence[Line]) -> int | None:
    """Return the column where the page breaks its lines; None where lines end as they like."""
    widest = max((_columns(line) for line in lines), default=0)
    if not _NARROWEST <= widest <= _WIDEST:
        return None
    open_ended = [_columns(line) for line in lines if _is_open(line)]
    long = [columns for columns in open_ended if columns >= _LONG * widest]
    full = [columns for columns in long if columns >= widest - _SLACK]
    if len(full) < _FEWEST_BROKEN or len(full) < _SHARE_BROKEN * len(long):
        return None
    return widest


def _is_open(line: Line) -> bool:
    """Say whether a line stops without a stop: inside a sentence, or it is a heading."""
    written = line.block.content
    centred = len(written) - len(written.lstrip()) > _CENTRED
    return not centred and line.text[-1:] not in _ENDS and "|" not in line.text


def _columns(line: Line) -> int:
    written = line.block.content.rstrip()
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in written)


def _goes_on(before: Line, line: Line, edge: int) -> bool:
    if before.block.kind != "line" or line.block.kind != "line":
        return False
    if _columns(before) < edge - _SLACK or line.block.start - before.block.end > 2:
        return False
    indented = line.block.content[:1].isspace()
    return not indented and find_label(line.text) is None and find_item(line.text) is None


# One line that was many


def parted(line: Line) -> Iterator[Line]:
    """Yield the lines that a long line was before its breaks were lost, else itself."""
    cuts = _cuts(line.text) if len(line.text) >= _SHORTEST else []
    for begin, end in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
        part = line.part(begin, end)
        if part.text:
            yield part


def _cuts(text: str) -> list[int]:
    """Return where the lines began; none where no labels show that there were lines."""
    if "\t" in text or "|" in text or "｜" in text:
        return []  # the row of a table
    places = [found.end() for found in _SPACE.finditer(text)]
    if not _counts_on(text, places):
        return []
    cuts: list[int] = []
    for index, place in enumerate(places):
        following = places[index + 1] if index + 1 < len(places) else len(text)
        if _begins_line(text, cuts[-1] if cuts else 0, place, following):
            cuts.append(place)
    return cuts


def _counts_on(text: str, places: list[int]) -> bool:
    """Say whether two labels of one style follow each other, each behind a space."""
    last: dict[str, int] = {}
    for place in places:
        label = find_label(text, place)
        if label is None or label.rank > _LOWEST_RANK:
            continue
        if label.number > 1 and last.get(label.style) == label.number - 1:
            return True
        last[label.style] = label.number
    return False


def _begins_line(text: str, begin: int, place: int, following: int) -> bool:
    before = text[begin:place].rstrip()
    if find_label(text, place) or before.endswith(tuple(_STOPS)):
        return True
    behind = text[place:following].rstrip()
    if before[-1:].isascii() or behind[:1].isascii():
        return len(before) >= _FEWEST and len(behind) >= 2 * _FEWEST and behind[0].isdigit()
    return len(before) >= _FEWEST and len(behind) >= _FEWEST
