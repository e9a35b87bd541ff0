"""Where in the source the words of an element stand; decides nothing about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gongkai.reading.clean import Line
from gongkai.reading.elements.values import Found
from gongkai.reading.folded import fold
from gongkai.reading.header import words
from gongkai.reading.header.frame import Frame
from gongkai.reading.opening import Opened

_DAYS = (re.compile(words.DAY), re.compile(words.PLAIN_DAY))


def lines_of(opened: Opened, kind: str) -> list[Line]:
    """Return the lines, or the cells of a table of data fields, that say an element."""
    header = opened.header
    if kind in header.at:
        return [opened.prose[index] for index in header.at[kind]]
    data = header.data
    cells = data.at.get(kind, ()) if data else ()
    return [line for index in cells if (line := opened.layout.data_cells[index])]


def said(opened: Opened, kind: str) -> str | None:
    """Return what data lines, or else a table of data fields, say of an element."""
    frames: Iterable[Frame | None] = (opened.header.frame, opened.header.data)
    values = (getattr(frame, kind) for frame in frames if frame)
    return next((value for value in values if value), None)


def part(line: Line, first: int, last: int, value: str | None = None, *doubts: str) -> Found:
    """Return a stretch of a line as an element, by its own words where no value is given."""
    last = first + len(line.text[first:last].rstrip())
    text = line.text[first:last]
    return Found(text if value is None else value, text, *line.span(first, last), doubts)


def whole(lines: Sequence[Line], value: str, *doubts: str) -> Found:
    """Return an element that all these lines say together; without any it has no place."""
    if not lines:
        return Found(value, value, doubts=doubts)
    text = "\n".join(line.text for line in lines)
    return Found(value, text, lines[0].span()[0], lines[-1].span()[1], doubts)


def named(lines: Sequence[Line], value: str, *doubts: str) -> Found:
    """Return an element where its words stand in one of the lines; spaces in them do not count."""
    sought = fold(value, lines=False).text
    for line in lines:
        folded = fold(line.text, lines=False)
        at = folded.text.find(sought)
        if at >= 0 and sought:
            first, last = folded.span(at, at + len(sought))
            return part(line, first, last, value, *doubts)
    return whole(lines, value, *doubts)


def day(lines: Sequence[Line], value: str, *doubts: str) -> Found:
    """Return a day where one of the lines gives it, in whatever numerals."""
    for line in lines:
        for first, last, iso in days_in(line.text):
            if iso == value:
                return part(line, first, last, value, *doubts)
    return whole(lines, value, *doubts)


def days_in(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield where a text gives days, and which; None for one that no calendar has."""
    half = text.translate(words.HALF_DIGITS)
    for pattern in _DAYS:
        for match in pattern.finditer(half):
            yield *match.span(), words.iso_day(match)
