"""Of which points of its checklist an interpretation speaks, each with the words that show it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.reading.clauses import sentences
from gongkai.reading.clean import Line
from gongkai.reading.coverage.words import (
    ANSWER,
    HEADINGS,
    POINTS,
    QUESTION,
    SENTENCES,
    Point,
)
from gongkai.reading.labels import find_label
from gongkai.reading.opening import Opened, open_up
from gongkai.reading.source import Source

__all__ = ["POINTS", "Coverage", "Point", "Shown", "coverage"]

_HEADING = 45
_LONGEST_SENTENCE = 400
_FEWEST = 12
"""So few letters under a heading say nothing of its matter."""


@dataclass(frozen=True)
class Shown:
    """A point that the material speaks of, and the heading or sentence that shows it.

    ``is_thin``: its heading has next to nothing under it.
    """

    point: Point
    by: Literal["heading", "sentence"]
    text: str
    start: int
    end: int
    is_thin: bool = False


@dataclass(frozen=True)
class Coverage:
    """The points that were found, in the order of the checklist."""

    shown: tuple[Shown, ...]

    @property
    def missing(self) -> tuple[Point, ...]:
        """The points of which nothing was found."""
        there = {one.point for one in self.shown}
        return tuple(point for point in POINTS if point not in there)


@dataclass(frozen=True, eq=False)
class _Head:
    line: Line
    index: int
    style: str


def coverage(source: Source) -> Coverage:
    """Say which points of the checklist a material covers (regulation 6.2).

    A heading (a question of an interview is one) goes before a sentence, one with words under it
    before one without. Nothing is judged: what is not found may be said in words unknown here.
    """
    opened = open_up(source)
    lines = _lines(opened)
    heads = [head for index, line in enumerate(lines) if (head := _head(line, index))]
    shown: dict[Point, Shown] = {}
    for one in _by_heading(lines, heads):
        before = shown.get(one.point)
        if before is None or (before.is_thin and not one.is_thin):
            shown[one.point] = one
    at = {head.index for head in heads}
    body = [line for index, line in enumerate(lines) if index not in at]
    for one in _by_sentence([*body, *opened.layout.cells()]):
        before = shown.get(one.point)
        if before is None or before.is_thin:
            shown[one.point] = one
    return Coverage(tuple(shown[point] for point in POINTS if point in shown))


def _lines(opened: Opened) -> list[Line]:
    """Return the lines without those of the title, whose words stand for no content."""
    title = set(opened.header.at.get("title", ()))
    return [line for index, line in enumerate(opened.prose) if index not in title]


def _head(line: Line, index: int) -> _Head | None:
    text = line.text
    label = find_label(text)
    words = text[label.length :].strip() if label else text
    if len(words) > _HEADING or ANSWER.match(words):
        return None
    if QUESTION.search(words):
        return _Head(line, index, label.style if label else "问")
    if "。" in words or words.endswith(("：", ":", "；", "，")) or re.search(r"[:：]\S", words):
        return None
    if label:
        return _Head(line, index, label.style)
    return _Head(line, index, "") if line.block.level or len(words) <= _HEADING // 2 else None


def _by_heading(lines: Sequence[Line], heads: Sequence[_Head]) -> Iterator[Shown]:
    sizes = [0]
    for line in lines:
        sizes.append(sizes[-1] + len(line.text))
    same: dict[str, list[int]] = {}
    for head in heads:
        same.setdefault(head.style, []).append(head.index)
    for head in heads:
        places = same[head.style]
        following = bisect_right(places, head.index)
        last = places[following] if following < len(places) else len(lines)
        under = sizes[last] - sizes[head.index + 1]
        for point, pattern in HEADINGS.items():
            if pattern.search(head.line.text):
                span = head.line.span()
                yield Shown(point, "heading", head.line.text, *span, is_thin=under < _FEWEST)


def _by_sentence(lines: Sequence[Line]) -> Iterator[Shown]:
    found: set[Point] = set()
    for line in lines:
        for one in sentences(line):
            text = one.text[:_LONGEST_SENTENCE]
            for point, pattern in SENTENCES.items():
                if point not in found and pattern.search(text):
                    found.add(point)
                    yield Shown(point, "sentence", text, *one.span(0, len(text)))
        if len(found) == len(SENTENCES):
            return
