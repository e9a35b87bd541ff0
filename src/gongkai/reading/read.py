"""The reader's second step: ``Source`` → ``Reading``; puts the parts together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gongkai.reading import clauses, tables, tasks
from gongkai.reading.blocks import Source
from gongkai.reading.citations import find_citations
from gongkai.reading.clauses import Node
from gongkai.reading.clean import Line, clean, is_traditional, lines
from gongkai.reading.figures import find_figures
from gongkai.reading.header import Header, read_header
from gongkai.reading.result import Citation, Clause, Figure, Reading, Task
from gongkai.reading.tables import Row

Progress = Callable[[int, int], None]
STEPS = 5


def read(source: Source, *, progress: Progress | None = None) -> Reading:
    """Read clauses, tasks, citations and figures out of a source.

    ``progress`` is called with steps done and steps in all. Time grows with the length of the
    text, memory too.
    """
    step = _Steps(progress)
    every = lines(source)
    step()
    prose, flat, grids = _part(every)
    step()
    meta = [clean(b, traditional=is_traditional(source.text)) for b in source.meta]
    header = read_header(prose, meta)
    step()
    nodes = clauses.build([line for i, line in enumerate(prose) if i not in header.used])
    rows = [row for group in (*grids, flat) for row in group]
    groups, numbered = _under_groups(rows)
    found = list(tasks.of_rows(numbered, year=header.year))
    if not found:
        found = list(tasks.of_clauses(nodes, year=header.year))
    step()
    reading = _reading(header, [*nodes, *groups], found, every)
    step()
    return reading


class _Steps:
    """Counts the steps done."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0

    def __call__(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, STEPS)


def _part(every: Sequence[Line]) -> tuple[list[Line], list[Row], list[list[Row]]]:
    """Part the running text from the tables of tasks, whether grids or flattened."""
    cells = tables.grids(every)
    by_table = {number: tables.rows_of_grid(grid) for number, grid in cells.items()}
    works = {number for number, rows in by_table.items() if rows}
    prose = [line for line in every if line.block.table not in works and line.text]
    flat = tables.flattened(prose)
    if flat is not None:
        prose = prose[: flat.first] + prose[flat.last + 1 :]
    prose = [line for line in prose if line.text.strip("| ")]
    rows = flat.rows if flat is not None else []
    return prose, rows, [by_table[number] for number in sorted(works)]


def _under_groups(rows: Sequence[Row]) -> tuple[list[Node], list[tuple[str, Row]]]:
    """Give each row the path of the groups it stands under; each group is a clause once.

    A heading that is printed again on a new page, or after a merged cell, opens nothing.
    """
    nodes: dict[str, Node] = {}
    stack: list[tuple[float, str]] = []
    placed: list[tuple[str, Row]] = []
    for row in rows:
        for group in tables.split_groups(row.groups):
            stack = [(rank, path) for rank, path in stack if rank < group.rank]
            path = "/".join(filter(None, [stack[-1][1] if stack else "", group.label]))
            stack.append((group.rank, path))
            if path not in nodes:
                nodes[path] = _group_node(path, group)
        placed.append((stack[-1][1] if stack else "", row))
    return list(nodes.values()), placed


def _group_node(path: str, group: tables.Group) -> Node:
    start, end = group.heading.span()
    where = group.heading.block.where
    return Node(path, group.rank, heading=group.heading, start=start, end=end, where=where)


def _reading(
    header: Header, nodes: Sequence[Node], found: Sequence[Task], every: Sequence[Line]
) -> Reading:
    return Reading(
        title=header.title,
        issuer=header.issuer,
        number=header.number,
        date=header.date,
        published=header.published,
        year=header.year,
        addressees=header.addressees,
        attachments=header.attachments,
        citations=tuple(_citations(every, header)),
        clauses=tuple(_clause(node) for node in sorted(nodes, key=lambda n: n.start)),
        tasks=tuple(found),
        figures=tuple(_figures(every)),
    )


def _clause(node: Node) -> Clause:
    return Clause(node.path, node.title, node.text, node.start, node.end, node.where)


def _citations(every: Sequence[Line], header: Header) -> Iterator[Citation]:
    """Each document that is cited, once, with its number where any place gives it."""
    found: dict[str, Citation] = {}
    for line in every:
        for cited in find_citations(line.text):
            start, end = line.span(cited.start, cited.end)
            key = cited.title or cited.number or ""
            known = found.get(key)
            if known is None or (known.number is None and cited.number):
                found[key] = Citation(cited.title, cited.number, start, end)
    own = {header.title, header.number}
    yield from (c for c in found.values() if c.title not in own and c.number not in own - {None})


def _figures(every: Sequence[Line]) -> Iterator[Figure]:
    for line in every:
        for figure in find_figures(line.text):
            start, end = line.span(figure.start, figure.end)
            yield Figure(
                figure.kind,
                figure.text,
                figure.stated,
                figure.computed,
                figure.agrees,
                start,
                end,
                line.block.where,
            )
