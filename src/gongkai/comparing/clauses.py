"""Two versions of a policy clause by clause: what stayed, changed, came, went and moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.comparing.aligning import Item, Step, align
from gongkai.comparing.runs import Run, runs
from gongkai.reading.clauses import Body, build
from gongkai.reading.clean import Line
from gongkai.reading.labels import find_label
from gongkai.reading.opening import Opened, open_up
from gongkai.reading.source import Source

Kind = Literal["same", "renumbered", "changed", "moved", "added", "removed"]

_ARTICLE = "条"


@dataclass(frozen=True)
class Part:
    """A clause, a paragraph under none, or a row of a table, with its words and its place.

    ``path`` is the clause's as everywhere in the reader ("第三条", "二/(一)"), ``label`` the last
    of it; both empty for what bears no number. ``start``, ``end``: in the source's text.
    """

    text: str
    path: str = ""
    label: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Pair:
    """A clause of the old version and what it became; ``left`` and ``right`` are its words.

    ``moved`` stands among other neighbours now, its words perhaps changed as well; ``renumbered``
    kept its words and its place and bears another number.
    """

    kind: Kind
    old: Part | None
    new: Part | None
    left: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()


def compare_clauses(old: Sequence[Part], new: Sequence[Part]) -> tuple[Pair, ...]:
    """Compare two versions, in the order of the new one; what was taken out stands at its place.

    Clauses answer to each other by their words, not by their numbers, so that one put in the
    middle does not make all behind it look changed (C7).
    """
    steps = align([_item(part) for part in old], [_item(part) for part in new])
    return tuple(_pair(step, old, new) for step in steps)


def _item(part: Part) -> Item:
    return Item(part.text, part.path)


def _pair(step: Step, old: Sequence[Part], new: Sequence[Part]) -> Pair:
    was = old[step.old] if step.old is not None else None
    now = new[step.new] if step.new is not None else None
    if was is None or now is None:
        if was is not None:
            return Pair("removed", was, None, (Run("deleted", was.text),))
        assert now is not None  # noqa: S101 - a step has one side at least
        return Pair("added", None, now, (), (Run("inserted", now.text),))
    left, right = runs(was.text, now.text)
    return Pair(_kind(was, now, moved=step.moved), was, now, left, right)


def _kind(was: Part, now: Part, *, moved: bool) -> Kind:
    if moved:
        return "moved"
    if was.text != now.text:
        return "changed"
    return "same" if was.label == now.label else "renumbered"


# From a document to its parts


def parts_of(source: Source) -> tuple[Part, ...]:
    """Return the clauses of a document, its head, signature and imprint left out.

    Paragraphs under an article (第三条) belong to it; each other paragraph without a number and
    each row of a table is a part of its own.
    """
    opened = open_up(source)
    parts = [*_prose(opened), *_tables(opened)]
    return tuple(sorted(parts, key=lambda part: part.start))


def _prose(opened: Opened) -> Iterator[Part]:
    header = opened.header
    paths = _paths(opened)
    part: Part | None = None
    article = False
    for index, line in enumerate(opened.prose):
        if index in header.used:
            continue
        start, end = line.span()
        label = find_label(line.text)
        if label is None and article and part and index not in header.inner:
            part = Part(f"{part.text}\n{line.text}", part.path, part.label, part.start, end)
            continue
        if part:
            yield part
        article = label is not None and label.style == _ARTICLE
        words = line.text[label.length :].strip() if label else line.text
        name = label.text if label else ""
        part = Part(words, paths.get(start, name) if label else "", name, start, end)
    if part:
        yield part


def _paths(opened: Opened) -> dict[int, str]:
    """Return the path of each clause by where it begins."""
    header = opened.header
    tree = build(Body(opened.prose, header.used, header.inner, header.begins))
    return {node.start: node.path for node in reversed(tree.nodes) if node.path}


def _tables(opened: Opened) -> Iterator[Part]:
    rows: dict[tuple[int, int], list[Line]] = {}
    for number, line in enumerate(opened.layout.cells()):
        block = line.block
        # A flattened table has no rows that are known: each cell is a part of its own.
        known = block.table is not None and block.row is not None
        key = (block.table or 0, block.row or 0) if known else (-1, number)
        rows.setdefault(key, []).append(line)
    for cells in rows.values():
        text = " | ".join(cell.text for cell in cells)
        yield Part(text, start=cells[0].span()[0], end=cells[-1].span()[1])
