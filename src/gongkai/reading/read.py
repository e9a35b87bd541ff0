"""The reader's one door: ``read`` a source and return all that was found. Opens no files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gongkai.kernel.chinese import fold
from gongkai.reading import clauses, tables
from gongkai.reading.citations import find_citations
from gongkai.reading.clauses import Body, Node
from gongkai.reading.clean import Line
from gongkai.reading.deadlines import impossible_dates
from gongkai.reading.figures import find_figures
from gongkai.reading.header import Header
from gongkai.reading.opening import open_up
from gongkai.reading.result import Citation, Figure, Reading
from gongkai.reading.source import Progress, Source
from gongkai.reading.tasks import find_tasks

__all__ = ["read"]


def read(source: Source, *, progress: Progress | None = None) -> Reading:
    """Read a document: head, clauses, tasks, citations and figures.

    ``progress`` is called with what is done and the total, in characters, the text gone
    through twice; never with less than before.
    """
    steps = _Steps(progress, len(source.text))
    opened = open_up(source, steps.first)
    layout, header = opened.layout, opened.header
    found = tables.Tables(layout)
    body = Body(layout.prose, header.used, header.inner, header.begins)
    nodes = [node for node in clauses.build(body, found.at_line).nodes if node.path or node.body]
    nodes.sort(key=lambda node: node.start)
    tasks = find_tasks(nodes, found.rows, year=header.year, title=header.title, step=steps.second)
    words = [*_words(nodes), *found.lines()]
    reading = Reading(
        title=header.title,
        issuer=header.issuer,
        number=header.number,
        date=header.date,
        published=header.published,
        year=header.year,
        addressees=header.addressees,
        attachments=header.attachments,
        citations=_citations([*words, *_head(layout.prose, header)], header),
        clauses=tuple(node.as_clause() for node in nodes),
        tasks=tuple(tasks),
        figures=_figures(words),
        flags=_flags(words, bool(tasks)),
    )
    steps.second(len(source.text))
    return reading


class _Steps:
    """Tells how far the reading has come, the text gone through twice; never goes back."""

    def __init__(self, progress: Progress | None, length: int) -> None:
        self._progress = progress
        self._length = max(length, 1)
        self._done = -1

    def first(self, position: int) -> None:
        """The text is cleaned up to here."""
        self._tell(position)

    def second(self, position: int) -> None:
        """The tasks are found up to here."""
        self._tell(self._length + position)

    def _tell(self, done: int) -> None:
        if self._progress and done > self._done:
            self._done = done
            self._progress(min(done, 2 * self._length), 2 * self._length)


def _words(nodes: Iterable[Node]) -> Iterator[Line]:
    for node in nodes:
        yield from (line for line in (node.heading, *node.lines) if line is not None and line.text)


def _head(prose: Sequence[Line], header: Header) -> Iterator[Line]:
    yield from (prose[index] for index in sorted(header.used))


def _citations(lines: Iterable[Line], header: Header) -> tuple[Citation, ...]:
    """Return each document named, once, in the order of the text, the document itself left out."""
    found: dict[tuple[str, str | None], Citation] = {}
    for line in sorted(lines, key=lambda line: line.span()[0]):
        for one in find_citations(line.text):
            start, end = line.span(one.start, one.end)
            if header.is_own(one.title, one.number):
                continue
            found.setdefault((fold(one.title), one.number), replace(one, start=start, end=end))
    numbered = {title for title, number in found if number}
    return tuple(one for (title, number), one in found.items() if number or title not in numbered)


def _figures(lines: Iterable[Line]) -> tuple[Figure, ...]:
    found = []
    for line in lines:
        for one in find_figures(line.text):
            start, end = line.span(one.start, one.end)
            found.append(replace(one, start=start, end=end, where=line.block.where))
    return tuple(sorted(set(found), key=lambda one: (one.start, one.end)))


def _flags(lines: Iterable[Line], tasks: bool) -> tuple[str, ...]:
    impossible = any(impossible_dates(line.text) for line in lines)
    return tuple(
        flag for flag, holds in (("impossible-date", impossible), ("no-tasks", not tasks)) if holds
    )
