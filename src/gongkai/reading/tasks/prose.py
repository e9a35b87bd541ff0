"""Tasks from running text: one a lowest clause, one more for each sentence of its own (ADR 26)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.clauses import Node, sentences
from gongkai.reading.clean import Line
from gongkai.reading.deadlines import find_due, find_limits, read_deadline
from gongkai.reading.result import Due, Limit, Task
from gongkai.reading.targets import find_targets
from gongkai.reading.tasks.parts import NOBODY, flags_of
from gongkai.reading.units import UnitPhrase, find_units

_CADENCES = frozenset(("monthly", "quarterly", "half-yearly", "yearly"))
_BARE_REST = 8
"""A sentence that says so little beside its cadence (每年不少于1次，并公开) is about its clause."""
_WORDS = re.compile(r"\w")


@dataclass(frozen=True, eq=False)
class _Sentence:
    """A sentence with what it says of itself."""

    line: Line
    due: Due | None
    limits: tuple[Limit, ...]
    units: UnitPhrase | None

    def is_own(self, frame: _Frame) -> bool:
        """Say whether it has a unit, time, cadence or limit that is not its clause's."""
        if self.due is not None:
            return True
        if self.limits and frame.due is None:
            return True
        units = self.units
        return (
            units is not None
            and set(units.lead) - {*frame.units.lead, *frame.units.support} != set()
        )

    def is_bare_cadence(self) -> bool:
        """Say whether it is nothing but how often: that is said of the whole clause."""
        if self.due is None or self.due.kind not in _CADENCES:
            return False
        rest = self.line.text.replace(self.due.text, "", 1)
        return len(_WORDS.findall(rest)) <= _BARE_REST


@dataclass(frozen=True)
class _Frame:
    """What a clause's bracket, or that of a clause above it, says for all its words."""

    units: UnitPhrase
    due: Due | None


def tasks_of_node(node: Node, *, year: int | None, numbered: bool, table: bool) -> Iterator[Task]:
    """Yield the tasks of a clause; their ``row`` is given by the caller.

    Words outside clauses give a task only for a time or limit where the document has clauses
    (``numbered``), and none where it has a table of tasks (``table``): there they are its letter.
    """
    if table and not node.path:
        return
    frame = _frame_of(node, year)
    found = [_sentence(line, year) for line in sentences(node.body)] if node.body else []
    if node.path and node.is_leaf:
        yield from _of_leaf(node, found, frame, year)
        return
    for sentence in found:
        if sentence.is_own(frame) and (node.path or not numbered or _has_time(sentence)):
            yield _of_sentence(node, sentence, frame)


def _has_time(sentence: _Sentence) -> bool:
    return sentence.due is not None or bool(sentence.limits)


def _frame_of(node: Node, year: int | None) -> _Frame:
    units, due = NOBODY, None
    above: Node | None = node
    while above is not None and not (due and units.lead):
        bracket = above.bracket
        if bracket is not None and not (units.lead or units.support):
            units = bracket.units
        if bracket is not None and due is None and bracket.due_text:
            due = read_deadline(bracket.due_text, year=year)
        above = above.parent
    return _Frame(units, due)


def _sentence(line: Line, year: int | None) -> _Sentence:
    text = line.text
    return _Sentence(line, find_due(text, year=year), tuple(find_limits(text)), find_units(text))


def _of_leaf(node: Node, found: list[_Sentence], frame: _Frame, year: int | None) -> Iterator[Task]:
    """Yield the clause's task, without what its sentences of their own say, and then theirs."""
    own = [one for one in found if len(found) > 1 and one.is_own(frame)]
    own = [one for one in own if not one.is_bare_cadence()]
    rest = [one for one in found if one not in own]
    line = _whole(node)
    if line is None:
        return
    units = frame.units if frame.units.lead or frame.units.support else _units_of(rest)
    due = (
        frame.due
        or next((one.due for one in rest if one.due), None)
        or _weak_due(node, found, year)
    )
    start, end = node.start, node.end
    yield Task(
        row=0,
        clause=node.path,
        text=line.text,
        lead=units.lead,
        support=units.support,
        due=due,
        limits=tuple(limit for one in rest for limit in one.limits),
        targets=tuple(target for one in rest for target in find_targets(one.line.text)),
        flags=flags_of(units, due),
        start=start,
        end=end,
        where=node.where,
    )
    for sentence in own:
        yield _of_sentence(node, sentence, frame)


def _whole(node: Node) -> Line | None:
    """Return heading and words as they stand: one stretch of the source."""
    heading, body = node.heading, node.body
    if heading is None or body is None:
        return body or heading
    glue = "" if heading.text.endswith(("。", "：", ":", "；", "！", "？")) else "\n"
    text = heading.text + glue + body.text
    at = [*heading.at, *[heading.to[-1]] * len(glue), *body.at]
    to = [*heading.to, *[heading.to[-1]] * len(glue), *body.to]
    return Line(text, at, to, heading.block)


def _units_of(rest: list[_Sentence]) -> UnitPhrase:
    return next((one.units for one in rest if one.units), NOBODY)


def _weak_due(node: Node, found: list[_Sentence], year: int | None) -> Due | None:
    """Find 及时 or 长期 of a clause that is one sentence, or whose heading is one."""
    if len(found) > 1:
        return None
    text = found[0].line.text if found else node.heading.text if node.heading else ""
    return find_due(text, year=year, weak=True)


def _of_sentence(node: Node, sentence: _Sentence, frame: _Frame) -> Task:
    units = sentence.units or frame.units
    due = sentence.due or frame.due
    start, end = sentence.line.span()
    return Task(
        row=0,
        clause=node.path,
        text=sentence.line.text,
        lead=units.lead,
        support=units.support,
        due=due,
        limits=sentence.limits,
        targets=tuple(find_targets(sentence.line.text)),
        flags=flags_of(units, due),
        start=start,
        end=end,
        where=node.where,
    )
