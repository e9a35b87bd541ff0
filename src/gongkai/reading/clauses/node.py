"""A clause in the making and how its words part into heading, text and unit bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.reading.clean import Line, join
from gongkai.reading.deadlines import find_due, find_limits
from gongkai.reading.labels import Label
from gongkai.reading.result import Clause
from gongkai.reading.units import Bracket, find_brackets, find_units, split_bracket

HEADING_LENGTH = 45
"""A first sentence up to this long, with more behind it, is the clause's heading."""
_PART_HEADING_LENGTH = 60
_COLON = re.compile(r"[^，。；：:,;\n“”]{2,16}(?<!如下)(?<!包括)(?<!其中)[:：]\s*(?=\S)")
_WIDE_GAP = re.compile(r"[^，。；：:,;\n ]{2,20}(?:\u3000| {2,})\s*(?=\S)")
_EDGE = "。；;：:，,、.！!?？ \n"
_OPEN, _CLOSE = "“（(《【「", "”）)》】」"
_LONGEST_QUOTE = 160


@dataclass(frozen=True, eq=False)
class Stretch:
    """Words of a clause up to a bracket that names who does them."""

    line: Line
    bracket: Bracket | None


@dataclass(eq=False)
class Node:
    """A clause while it is put together: its label, its place in the tree, its words."""

    path: str
    label: Label | None = None
    parent: Node | None = None
    lines: list[Line] = field(default_factory=list)
    level: int | None = None
    """The outline level the file gives a heading without a label."""
    heading: Line | None = None
    body: Line | None = None
    bracket: Bracket | None = None
    """The bracket at its end, which speaks of all its words."""
    stretches: tuple[Stretch, ...] = ()
    """Its words, where brackets inside it speak of a part each."""
    is_leaf: bool = True
    is_group: bool = False
    """A group of a table: its rows are the tasks."""
    start: int = 0
    end: int = 0
    where: str | None = None

    def take(self, line: Line) -> None:
        """Add words of its own."""
        self.lines.append(line)
        self.end = max(self.end, line.span()[1])

    @property
    def title(self) -> str:
        """Its heading without stops at its ends."""
        return self.heading.text.strip(_EDGE) if self.heading else ""

    @property
    def words(self) -> str:
        """All its words so far."""
        return "\n".join(line.text for line in self.lines)

    def as_clause(self) -> Clause:
        """Return what the reader says of it."""
        text = self.body.text if self.body else ""
        return Clause(self.path, self.title, text, self.start, self.end, self.where)

    def settle(self) -> None:
        """Part its words into heading, text and the brackets that name units."""
        own = [line for line in self.lines if line.text]
        if not own:
            return
        if not self.path:
            self.body = join(own)
            return
        parts = _stretches(join(own))
        if len(parts) == 2 and parts[1].bracket is None and _is_mere_heading(parts[0].line.text):
            self.heading, self.bracket = parts[0].line, parts[0].bracket
            self.body = parts[1].line
            return
        self.bracket = parts[-1].bracket if len(parts) == 1 else None
        cut = self._heading_end(parts[0].line.text, more=len(parts) > 1)
        self.heading = parts[0].line.part(0, cut) if cut else self.heading
        parts[0] = Stretch(parts[0].line.part(cut), parts[0].bracket)
        body = join([part.line for part in parts], "")
        self.body = body if body.text else None
        self.stretches = tuple(parts) if len(parts) > 1 else ()

    def _heading_end(self, text: str, *, more: bool) -> int:
        """Return where the heading ends; 0 when the clause has none."""
        if self.heading is not None:
            return 0
        line_end = text.find("\n")
        first_line = text if line_end < 0 else text[:line_end]
        more = more or line_end >= 0 or not self.is_leaf
        if self.label is not None and self.label.style == "条":
            return len(first_line) if more and _is_short(first_line, 30) else 0
        gap = _COLON.match(first_line) or _WIDE_GAP.match(first_line)
        if gap:
            return gap.end()
        stop = next(sentence_ends(first_line), len(first_line))
        if stop == len(first_line):
            return _whole_line(first_line, more=more)
        if not text[stop:].strip():
            return stop if more and not _sets_time(first_line) else 0
        return stop if stop <= HEADING_LENGTH and not _orders(first_line[:stop]) else 0


def _stretches(whole: Line) -> list[Stretch]:
    """Cut a clause's words at the brackets that name units; mostly one stands at the end."""
    _, closing = split_bracket(whole.text)
    brackets = find_brackets(whole.text)
    if closing:
        brackets = [one for one in brackets if one.end <= closing.start] + [closing]
    parts: list[Stretch] = []
    begin = 0
    for one in brackets:
        words = whole.part(begin, begin + len(whole.text[begin : one.start].rstrip(" ，,")))
        if words.text.strip(_EDGE):
            parts.append(Stretch(words, one))
        begin = one.end + len(whole.text[one.end :]) - len(whole.text[one.end :].lstrip(_EDGE))
    rest = whole.part(begin)
    if rest.text.strip(_EDGE) or not parts:
        parts.append(Stretch(rest, brackets[-1] if brackets and not parts else None))
    return parts


def _is_mere_heading(words: str) -> bool:
    """Say whether these words and the bracket behind them head the rest: 启动阶段（2024年8月）。"""
    return words[-1:] not in _EDGE and _is_short(words, _PART_HEADING_LENGTH // 2)


def _whole_line(line: str, *, more: bool) -> int:
    """Say how much of a line that is one sentence is heading: all or nothing."""
    if more and _sets_time(line):
        return 0
    stopped = line.endswith(("。", "；", ";", "，", ",", "！", "：", ":"))
    if more:
        return len(line) if len(line) <= _PART_HEADING_LENGTH and line[-1:] not in "，：:" else 0
    return 0 if stopped or not _is_short(line, HEADING_LENGTH) else len(line)


def _is_short(line: str, longest: int) -> bool:
    return len(line) <= longest and not any(char in "。；;！？" for char in line)


def _orders(sentence: str) -> bool:
    """Say whether a short first sentence sets a time, limit or unit, and so is no mere heading."""
    return _sets_time(sentence) or find_units(sentence) is not None


def _sets_time(sentence: str) -> bool:
    return find_due(sentence, year=2000) is not None or bool(find_limits(sentence))


def sentence_ends(text: str) -> Iterator[int]:
    """Yield where each sentence ends, closing quotes behind its stop included."""
    depth = opened = 0
    for index, char in enumerate(text):
        if char in _OPEN:
            depth, opened = depth + 1, index
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char == "\n":
            depth = 0
            yield index + 1
        elif char in "。！？!?" and (depth == 0 or index - opened > _LONGEST_QUOTE):
            depth = 0
            end = index + 1
            while end < len(text) and text[end] in "”）)」":
                end += 1
            yield end


def sentences(line: Line) -> Iterator[Line]:
    """Yield the sentences of a clause's words, each with its place."""
    begin = 0
    for end in sentence_ends(line.text):
        if line.text[begin:end].strip(_EDGE):
            yield line.part(begin, end)
            begin = end
    if line.text[begin:].strip(_EDGE):
        yield line.part(begin)
