"""From cleaned lines to a tree of clauses; knows nothing of tasks and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.reading.clean import Line
from gongkai.reading.labels import Label, enumeration, find_label
from gongkai.reading.units import Bracket, split_bracket

HEADING_LENGTH = 45
"""A first sentence up to this long, with more behind it, is the clause's heading."""

_ENDS = "。；;！!？?"
_CLOSING = re.compile(
    r"^(?:各级|各部门|各单位|各地|各区|各县|各科室|各处室|请各|本(?:方案|要点|办法|意见|规定|细则)"
    r"|以上|特此|附件|此件|联系人|抄送)"
)


@dataclass
class Node:
    """A clause while it is put together: its label, its words line by line, its place."""

    path: str
    rank: float
    heading: Line | None = None
    words: list[Line] = field(default_factory=list)
    bracket: Bracket | None = None
    bracket_line: Line | None = None
    leaf: bool = True
    start: int = 0
    end: int = 0
    where: str | None = None

    @property
    def text(self) -> str:
        """Its own words, a line a paragraph."""
        return "\n".join(line.text for line in self.words if line.text)

    @property
    def title(self) -> str:
        """Its heading without punctuation at the end."""
        return self.heading.text.rstrip("。；;：:，, ") if self.heading else ""


def build(lines: Sequence[Line]) -> list[Node]:
    """Build the clauses of a document's body, in order; words before the first are one node.

    Paragraphs without a label belong to the clause above, but for closing words after the last
    clause, which stand alone.
    """
    nodes: list[Node] = []
    stack: list[Node] = []
    last_label = _last_labelled(lines)
    for i, line in enumerate(lines):
        label = _label_of(line)
        if label is None:
            closing = i > last_label >= 0 and bool(_CLOSING.match(line.text))
            if not nodes or closing or (nodes[-1].path == "" and i > last_label >= 0):
                _add_preamble(nodes, line)
            else:
                _add_words(nodes[-1], line)
            continue
        while stack and stack[-1].rank >= label.rank:
            stack.pop()
        node = _open(label, line, stack)
        stack.append(node)
        nodes.append(node)
    for node in nodes:
        _take_bracket(node)
    return [each for node in nodes for each in _with_members(node)]


def _with_members(node: Node) -> Iterator[Node]:
    """Yield a clause and, where its words count 一是, 二是 …, each of these as a clause below."""
    yield node
    if not node.leaf or not node.path:
        return
    for i, line in enumerate(node.words):
        found = enumeration(line.text)
        if not found:
            continue
        node.leaf = False
        ends = [at for at, _ in found[1:]] + [len(line.text)]
        node.words[i] = line.part(0, found[0][0])
        for (begin, label), end in zip(found, ends, strict=True):
            yield _member(node, label, line.part(begin, end))


def _member(parent: Node, label: str, line: Line) -> Node:
    start, end = line.span()
    rest = line.part(len(label))
    member = Node(f"{parent.path}/{label}", 6.0, start=start, end=end, where=line.block.where)
    cut = heading_end(rest.text)
    if cut:
        member.heading = rest.part(0, cut)
    if cut < len(rest.text):
        member.words.append(rest.part(cut))
    return member


def _last_labelled(lines: Sequence[Line]) -> int:
    return max((i for i, line in enumerate(lines) if _label_of(line)), default=-1)


def _label_of(line: Line) -> Label | None:
    """Return a line's label; a heading that the file marks as such is one without number."""
    found = find_label(line.text)
    if found is not None:
        return found
    block = line.block
    if block.kind == "heading" and block.level is not None and block.level > 1 and line.text:
        return Label(line.text.rstrip("。：:")[:40], 0.5 + 0.4 * (block.level - 1), 0, 0)
    return None


def _add_preamble(nodes: list[Node], line: Line) -> None:
    start, end = line.span()
    if not nodes or nodes[-1].path:
        nodes.append(Node("", -1.0, start=start, end=end, where=line.block.where))
    _add_words(nodes[-1], line)


def _add_words(node: Node, line: Line) -> None:
    node.words.append(line)
    node.end = max(node.end, line.span()[1])


def _open(label: Label, line: Line, stack: Sequence[Node]) -> Node:
    parent = stack[-1] if stack else None
    if parent is not None:
        parent.leaf = False
    path = f"{parent.path}/{label.text}" if parent else label.text
    start, end = line.span()
    node = Node(path, label.rank, start=start, end=end, where=line.block.where)
    rest = line.part(label.length)
    if label.length == 0:
        node.heading = rest
        return node
    cut = heading_end(rest.text)
    if cut:
        node.heading = rest.part(0, cut)
    if cut < len(rest.text):
        node.words.append(rest.part(cut))
    return node


def heading_end(text: str) -> int:
    """Return where a clause's heading ends in its first line; 0 when it has none.

    A short line without a sentence's end is a heading as a whole, and so is one that is nothing
    but a short sentence behind a number of the first rank; a short first sentence is, when more
    follows. A bracket that names units is no heading.
    """
    ends = [i for i, c in enumerate(text) if c in "。！？!?"]
    if not ends:
        own, bracket = split_bracket(text)
        plain = own.rstrip()
        short = len(plain) <= HEADING_LENGTH and not any(c in _ENDS for c in plain)
        return (len(plain) if bracket else len(text)) if short else 0
    first = ends[0] + 1
    return first if first <= HEADING_LENGTH and _more(text[first:], first, text) else 0


def _more(rest: str, first: int, text: str) -> bool:
    """Say whether something other than a bracket follows, or the line is short as a whole."""
    own, bracket = split_bracket(text)
    if bracket is not None:
        return len(own.strip()) > first
    return bool(rest.strip()) or len(text) <= 24


def _take_bracket(node: Node) -> None:
    """Move the closing bracket that names units out of the clause's words."""
    for line in reversed(node.words):
        if not line.text:
            continue
        _, bracket = split_bracket(line.text)
        if bracket is None:
            return
        node.bracket, node.bracket_line = bracket, line
        node.words[node.words.index(line)] = line.part(0, bracket.start)
        return


def sentences(line: Line) -> Iterator[Line]:
    """Cut a line into sentences; a semicolon parts too, quotes and brackets hold together."""
    begin = depth = 0
    for i, c in enumerate(line.text):
        depth += (c in "（(“「《【") - (c in "）)”」》】")
        if c in "。！？!?；;" and depth <= 0:
            yield line.part(begin, i + 1)
            begin, depth = i + 1, 0
    if line.text[begin:].strip():
        yield line.part(begin)


def paths(nodes: Iterable[Node]) -> set[str]:
    """Return the paths of all labelled clauses."""
    return {node.path for node in nodes if node.path}
