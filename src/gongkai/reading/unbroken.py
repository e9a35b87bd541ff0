"""Long lines whose line breaks were lost in copying are cut where their lines began.

A page copied into one field often arrives as one line, with a space wherever a line ended.
Decides by spaces and by labels that count on; the words themselves are not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.reading.clean import Line
from gongkai.reading.labels import find_label

_SPACE = re.compile(r"[^\S\t\n]+")
_STOPS = "。；;！？：:"
_FEWEST = 4
"""Fewer characters than this beside a space, and it only spaces a word: 通 知."""
_SHORTEST = 120
_LOWEST_RANK = 6.0


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
