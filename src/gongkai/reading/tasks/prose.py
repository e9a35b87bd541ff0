"""Tasks from running text: one a lowest clause, one more for each sentence of its own (ADR 28)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.clauses import Node, sentences
from gongkai.reading.clean import Line, join
from gongkai.reading.deadlines import find_due, find_limits, read_deadline
from gongkai.reading.result import Due, Limit, Target, Task
from gongkai.reading.targets import find_targets
from gongkai.reading.tasks.parts import NOBODY, flags_of
from gongkai.reading.units import Bracket, UnitPhrase, find_units

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

    def within(self, bracket: Bracket | None, year: int | None) -> _Frame:
        """Return the frame with what it leaves open filled from a bracket further out."""
        if bracket is None:
            return self
        units = self.units if self.units.lead or self.units.support else bracket.units
        due = self.due
        if due is None and bracket.due_text:
            due = read_deadline(bracket.due_text, year=year)
        return _Frame(units, due)


def tasks_of_node(node: Node, *, year: int | None, numbered: bool, table: bool) -> Iterator[Task]:
    """Yield the tasks of a clause; their ``row`` is given by the caller.

    Words outside clauses give a task only for a time or limit where the document has clauses
    (``numbered``), and none where it has a table of tasks (``table``): there they are its letter.
    """
    if table and not node.path:
        return
    frame = _frame_of(node, year)
    if node.path and node.is_leaf:
        yield from _of_leaf(node, frame, year)
        return
    found = [_sentence(line, year) for line in sentences(node.body)] if node.body else []
    for sentence in found:
        if sentence.is_own(frame) and (node.path or not numbered or _has_time(sentence)):
            yield _of_sentence(node, sentence, frame)


def task_of_told(node: Node) -> Iterator[Task]:
    """Yield a task without unit, time and targets for a lowest clause that tells what was done."""
    line = _whole(node.heading, node.body)
    if node.path and node.is_leaf and not node.is_group and line and line.text:
        yield Task(
            row=0,
            clause=node.path,
            text=line.text,
            flags=flags_of(NOBODY, None),
            start=node.start,
            end=node.end,
            where=node.where,
        )


def _has_time(sentence: _Sentence) -> bool:
    return sentence.due is not None or bool(sentence.limits)


def _frame_of(node: Node, year: int | None) -> _Frame:
    frame = _Frame(NOBODY, None)
    above: Node | None = node
    while above is not None:
        frame = frame.within(above.bracket, year)
        above = above.parent
    return frame


def _sentence(line: Line, year: int | None) -> _Sentence:
    text = line.text
    return _Sentence(line, find_due(text, year=year), tuple(find_limits(text)), find_units(text))


def _of_leaf(node: Node, frame: _Frame, year: int | None) -> Iterator[Task]:
    """Yield the tasks of a lowest clause: one, or one for each stretch with its own bracket."""
    if not node.stretches:
        yield from _of_stretch(node, node.heading, node.body, frame, year)
        return
    for place, part in enumerate(node.stretches):
        own = _Frame(NOBODY, None).within(part.bracket, year)
        own = _Frame(own.units if own.units.lead else frame.units, own.due or frame.due)
        heading = node.heading if place == 0 else None
        yield from _of_stretch(node, heading, part.line, own, year)


def _of_stretch(
    node: Node, heading: Line | None, body: Line | None, frame: _Frame, year: int | None
) -> Iterator[Task]:
    """Yield the task of these words, without what sentences of their own say, and then theirs."""
    line = _whole(heading, body)
    if line is None or not line.text:
        return
    found = [_sentence(one, year) for one in sentences(body)] if body else []
    own = [one for one in found if len(found) > 1 and one.is_own(frame)]
    own = [one for one in own if not one.is_bare_cadence()]
    rest = [one for one in found if one not in own]
    units = frame.units if frame.units.lead or frame.units.support else _units_of(rest)
    due = frame.due or next((one.due for one in rest if one.due), None)
    due = due or (_weak_due(line, year) if len(found) <= 1 else None)
    yield Task(
        row=0,
        clause=node.path,
        text=line.text,
        lead=units.lead,
        support=units.support,
        due=due,
        limits=tuple(limit for one in rest for limit in one.limits),
        targets=tuple(target for one in rest for target in _targets(one, due)),
        flags=flags_of(units, due),
        start=line.span()[0] if node.stretches else node.start,
        end=line.span()[1] if node.stretches else node.end,
        where=node.where,
    )
    for sentence in own:
        yield _of_sentence(node, sentence, frame)


def _whole(heading: Line | None, body: Line | None) -> Line | None:
    """Return heading and words as they stand: one stretch of the source."""
    if heading is None or body is None or not body.text:
        return heading or body
    stopped = heading.text.endswith(("。", "：", ":", "；", "！", "？"))
    return join([heading, body], "" if stopped else "\n")


def _targets(sentence: _Sentence, due: Due | None) -> list[Target]:
    """Return what is to be reached; how often a year too, where that is not the task's time."""
    counted = sentence.due is not None and sentence.due != due
    return find_targets(sentence.line.text, each_year=counted)


def _units_of(rest: list[_Sentence]) -> UnitPhrase:
    return next((one.units for one in rest if one.units), NOBODY)


def _weak_due(line: Line, year: int | None) -> Due | None:
    """Find 及时 or 长期 in a clause that is one sentence, or in its last one."""
    every = list(sentences(line))
    return find_due(every[-1].text, year=year, weak=True) if every else None


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
        targets=tuple(_targets(sentence, due)),
        flags=flags_of(units, due),
        start=start,
        end=end,
        where=node.where,
    )
