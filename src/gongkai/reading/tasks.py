"""Tasks out of clauses and table rows: action, units, deadline, limits, targets, flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gongkai.reading.clauses import Node, sentences
from gongkai.reading.clean import Line
from gongkai.reading.deadlines import find_due, find_limits, read_deadline
from gongkai.reading.labels import find_label
from gongkai.reading.result import Due, Flag, Task
from gongkai.reading.tables import Row
from gongkai.reading.targets import find_targets
from gongkai.reading.units import UnitPhrase, find_units, read_units

NOBODY = UnitPhrase()


def of_clauses(nodes: Sequence[Node], *, year: int | None) -> Iterator[Task]:
    """Propose a task for each lowest clause, and one for each sentence with terms of its own."""
    row = 0
    brackets = {node.path: node.bracket.units for node in nodes if node.bracket}
    for node in nodes:
        if not node.leaf or not node.path or not (node.text or node.title):
            continue
        for task in _of_clause(node, _units_of(node.path, brackets), year):
            row += 1
            yield replace(task, row=row)


def _units_of(path: str, brackets: Mapping[str, UnitPhrase]) -> UnitPhrase | None:
    """Return the units that a clause's bracket names, or the bracket of the clause above it."""
    while path:
        if path in brackets:
            return brackets[path]
        path = path.rpartition("/")[0]
    return None


def _of_clause(node: Node, named: UnitPhrase | None, year: int | None) -> Iterator[Task]:
    units = named or NOBODY
    own = list(_own_sentences(node, year))
    whole = "。".join(filter(None, [node.title, node.text])).replace("。。", "。")
    single = len(list(_sentences(node))) <= 1
    due = _bracket_due(node, year) or find_due(node.text, year=year, weak=single)
    if named is None and single:
        units = find_units(whole) or NOBODY
    start, end = node.start, node.end
    yield _task(whole, node.path, units, due, (start, end), node.where)
    if not single:
        for line, phrase, sentence_due in own:
            yield _task(
                line.text,
                node.path,
                phrase or units,
                sentence_due,
                line.span(),
                line.block.where,
            )


def _bracket_due(node: Node, year: int | None) -> Due | None:
    text = node.bracket.due_text if node.bracket else None
    return read_deadline(text, year=year) if text else None


def _sentences(node: Node) -> Iterator[Line]:
    for line in node.words:
        yield from (s for s in sentences(line) if s.text.strip("。；; "))


def _own_sentences(
    node: Node, year: int | None
) -> Iterator[tuple[Line, UnitPhrase | None, Due | None]]:
    """Yield each sentence with a unit, deadline, cadence or limit of its own."""
    for line in _sentences(node):
        due = find_due(line.text, year=year)
        units = find_units(line.text)
        if due or units or find_limits(line.text):
            yield line, units, due


def _task(
    text: str,
    clause: str,
    units: UnitPhrase,
    due: Due | None,
    span: tuple[int, int],
    where: str | None,
) -> Task:
    text = text.strip()
    return Task(
        row=0,
        clause=clause,
        text=text,
        lead=units.lead,
        support=units.support,
        due=due,
        limits=tuple(x for x in find_limits(text) if due is None or x.text != due.text),
        targets=tuple(find_targets(text)),
        flags=_flags(units, due),
        start=span[0],
        end=span[1],
        where=where,
    )


def _flags(units: UnitPhrase, due: Due | None, *more: Flag) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    if not units.lead and not units.support:
        flags.append("no-unit")
    if units.vague:
        flags.append("vague-set")
    if due is None:
        flags.append("no-deadline")
    return tuple(dict.fromkeys([*flags, *more]))


# -- tables ------------------------------------------------------------------------------------


def of_rows(rows: Iterable[tuple[str, Row]], *, year: int | None) -> Iterator[Task]:
    """Propose a task for each numbered row, with the path of the group it stands under."""
    above: Task | None = None
    for path, row in rows:
        task = _of_row(path, row, year)
        if "empty-cells" in task.flags and above is not None:
            task = _offer(task, above)
        yield task
        if not task.inherited:
            above = task


def _of_row(path: str, row: Row, year: int | None) -> Task:
    text, clause = _requirement(row, path)
    units = _units(row)
    due = read_deadline(row.due.text, year=year) if row.due.text else None
    if due is None and "due" not in row.columns:
        due = find_due(text, year=year, weak=True)
    span = _span(row)
    more: list[Flag] = []
    if _has_empty(row):
        more.append("empty-cells")
    if row.guessed:
        more.append("guessed")
    return Task(
        row=row.number,
        clause=clause,
        text=text,
        lead=units.lead,
        support=units.support,
        due=due,
        limits=tuple(find_limits(text)),
        targets=tuple(find_targets(text)),
        superior=row.note.text.replace("\n", "") or None,
        flags=_flags(units, due, *more),
        start=span[0],
        end=span[1],
        where=row.requirement.lines[0].block.where if row.requirement.lines else None,
    )


def _requirement(row: Row, path: str) -> tuple[str, str]:
    """Return a row's requirement without its label, and its clause with it."""
    text = row.requirement.text
    label = find_label(text)
    if label is None or label.rank < 3 or "\n" in text:
        return text, path
    return text[label.length :].strip(), f"{path}/{label.text}".lstrip("/")


def _units(row: Row) -> UnitPhrase:
    """Put lead, support and plain unit cells together."""
    lead, support, plain = (
        read_units(cell.text) if cell.text else NOBODY
        for cell in (row.lead, row.support, row.units)
    )
    if not row.lead.text and not row.support.text:
        return plain
    leads = (*lead.lead, *lead.support) or plain.lead
    others = (*plain.lead, *plain.support) if row.lead.text else plain.support
    helpers = [*support.lead, *support.support, *others]
    return UnitPhrase(
        tuple(dict.fromkeys(leads)),
        tuple(u for u in dict.fromkeys(helpers) if u not in leads),
        lead.vague or support.vague or plain.vague,
    )


def _has_empty(row: Row) -> bool:
    named = row.units.text or row.lead.text or row.support.text
    asks = row.columns & {"units", "lead", "support"}
    return bool((asks and not named) or ("due" in row.columns and not row.due.text))


def _span(row: Row) -> tuple[int, int]:
    spans = [line.span() for line in row.lines]
    if not spans:
        return 0, 0
    first = row.requirement.lines[0].span() if row.requirement.lines else spans[0]
    return first[0], max(max(end for _, end in spans if end >= first[0]), first[1])


def _offer(task: Task, above: Task) -> Task:
    """Offer the units and time of the row above for cells that are empty; nothing is filled in."""
    offered: dict[str, Any] = {}
    if not task.lead and not task.support:
        offered |= {"lead": list(above.lead), "support": list(above.support)}
    if task.due is None and above.due is not None:
        offered["due"] = above.due
    flags: tuple[Flag, ...] = (*task.flags, "inherited") if offered else task.flags
    return replace(task, inherited=offered, flags=flags)
