"""From the lines of a document's body to its clauses; knows nothing of tasks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.reading.clauses.node import HEADING_LENGTH, Node, sentences
from gongkai.reading.clauses.pieces import FIELD_LINE, Piece, bare_headings, item_lines, pieces
from gongkai.reading.clean import Line, join
from gongkai.reading.labels import Label, find_label

__all__ = ["Body", "Node", "Tree", "build", "heading_label", "sentences"]

_CLOSING = re.compile(
    r"(?:各级|各部门|各单位|各地|各区|各县|各乡|各镇|各科室|各处室|各股室|请各|请|望|希|附件|此件|以上|特此|专此"
    r"|本(?:方案|要点|办法|意见|规定|细则|通知|分工)|未尽事宜|联系人|注[:：])"
)
_LONGEST_NAME = 40
_FEWEST_LEAVES = 2


def heading_label(text: str, style: str, rank: float) -> Label:
    """Return the label of a heading without number: its own words, without stops and slashes."""
    name = re.sub(r"\s+", "", text).strip("。；;：:，,、").replace("/", "／")
    return Label(name[:_LONGEST_NAME], style, rank, 0, 0)


@dataclass
class Body:
    """The body of a document as the header leaves it."""

    lines: Sequence[Line]
    skipped: frozenset[int] = frozenset()
    inner: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Lines that head an attached paper: index of the first → all."""
    begins: frozenset[int] = frozenset()
    """Lines that close what stands above them: a signature, 附件1."""


class Tree:
    """The clauses found so far and which of them are open."""

    def __init__(self, order: Sequence[tuple[str, int]] = ()) -> None:
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self._order = order
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, (style, _) in enumerate(order):
            self._places[style].append(place)
        self._place = 0

    def clear(self) -> None:
        """Close all clauses: the paper ends or another begins."""
        self.stack = []

    def preamble(self, line: Line | None, heading: Line | None = None) -> Node:
        """Add words that stand under no label."""
        last = self.nodes[-1] if self.nodes else None
        if last is None or last.path or heading is not None:
            first = heading or line
            assert first is not None  # noqa: S101 - one of both is always given
            start, end = first.span()
            last = Node("", heading=heading, start=start, end=end, where=first.block.where)
            self.nodes.append(last)
        if line is not None:
            last.take(line)
        return last

    def open(self, piece: Piece, level: int | None = None) -> Node:
        """Open the clause that begins with the piece, under what is still open above it."""
        label = piece.label
        assert label is not None  # noqa: S101 - the caller has looked
        self._close_for(label, level, inline=piece.inline)
        if not piece.inline and label.number:
            self._place += 1
        parent = self.stack[-1] if self.stack else None
        path = f"{parent.path}/{label.text}" if parent else label.text
        node = Node(path, label, parent, level=level, where=piece.line.block.where)
        node.start = piece.begin
        node.end = max(piece.begin + 1, piece.line.span()[1])
        if piece.line.text:
            node.take(piece.line)
        if parent is not None:
            parent.is_leaf = False
        self.nodes.append(node)
        self.stack.append(node)
        return node

    def _close_for(self, label: Label, level: int | None, *, inline: bool) -> None:
        """Close what the new label does not stand under."""
        for index, node in enumerate(self.stack):
            if node.label is not None and node.label.style == label.style:
                del self.stack[index:]
                return
        if label.style.startswith("h"):
            self._close_headings(level)
            return
        while self.stack and self._stands_above(label, level, self.stack[-1]):
            self.stack.pop()

    def _close_headings(self, level: int | None) -> None:
        while self.stack:
            top = self.stack[-1]
            if top.level is not None and level is not None and top.level < level:
                return
            if level is None and top.label is not None and top.label.rank <= _BARE_RANK:
                return
            self.stack.pop()

    def _stands_above(self, label: Label, level: int | None, top: Node) -> bool:
        """Say whether the new label closes ``top``: by rank, but not where its numbers go on."""
        if top.label is None:
            return True
        if top.label.number == 0:
            return level is not None and top.level is not None and top.level >= level
        if top.label.rank < label.rank:
            return False
        return not self._goes_on(top.label)

    def _goes_on(self, label: Label) -> bool:
        """Say whether the numbers of a label's style go on further below, without a new start."""
        places = self._places.get(label.style, [])
        following = bisect_right(places, self._place)
        if following >= len(places):
            return False
        return self._order[places[following]][1] == label.number + 1


_BARE_RANK = 4.0


def build(
    body: Body,
    at_line: Callable[[int, Tree], None] = lambda index, tree: None,
) -> Tree:
    """Build the clauses of a body in order; ``at_line`` may add tables before a line.

    Paragraphs without a label belong to the clause above, but for closing words behind the last
    clause, which stand alone, as the words before the first do.
    """
    builder = _Builder(body)
    for index, line in enumerate(body.lines):
        at_line(index, builder.tree)
        builder.line(index, line)
    at_line(len(body.lines), builder.tree)
    for node in builder.tree.nodes:
        node.settle()
    return builder.tree


class _Builder:
    def __init__(self, body: Body) -> None:
        self.body = body
        self._within = {index for run in body.inner.values() for index in run}
        self._items = item_lines(body.lines)
        self._bare = bare_headings(body.lines, lambda i: i in body.skipped or i in self._within)
        order = [
            (label.style, label.number)
            for index, line in enumerate(body.lines)
            if index not in body.skipped and (label := find_label(line.text))
        ]
        self.tree = Tree(order)
        self._last = self._last_labelled()
        self._runs_on = False

    def _last_labelled(self) -> int:
        labelled = (
            index
            for index, line in enumerate(self.body.lines)
            if index not in self.body.skipped
            and index not in self._within
            and (find_label(line.text) or index in self._items or self._heading_level(index))
        )
        return max(labelled, default=-1)

    def _heading_level(self, index: int) -> int | None:
        """Return 1 or more where the line is a heading without number, else None."""
        block = self.body.lines[index].block
        if block.kind == "heading" and block.level and len(self.body.lines[index].text) <= 80:
            return block.level
        return 9 if index in self._bare else None

    def line(self, index: int, line: Line) -> None:
        if index in self.body.begins:
            self.tree.clear()
        if index in self.body.inner:
            self.tree.clear()
            run = [self.body.lines[one] for one in self.body.inner[index]]
            self.tree.preamble(None, heading=join(run, ""))
        if index in self.body.skipped or index in self._within:
            return
        level = self._heading_level(index)
        for piece in pieces(line, item=index in self._items):
            if piece.label is not None:
                self.tree.open(piece, line.block.level)
            elif piece.back_to is not None:
                self._behind_run(piece, piece.back_to)
            elif level is not None:
                self._heading(piece, None if index in self._bare else level)
            else:
                self._words(index, piece.line)

    def _heading(self, piece: Piece, level: int | None) -> None:
        style = f"h{level}" if level else "h"
        label = heading_label(piece.line.text, style, _BARE_RANK + 0.5)
        node = self.tree.open(Piece(piece.line, piece.begin, label), level)
        node.lines, node.heading = [], piece.line

    def _behind_run(self, piece: Piece, style: str) -> None:
        stack = self.tree.stack
        while stack and (label := stack.pop().label) and label.style != style:
            pass
        if stack:
            stack[-1].take(piece.line)
        else:
            self.tree.preamble(piece.line)

    def _words(self, index: int, line: Line) -> None:
        nodes, is_field = self.tree.nodes, bool(FIELD_LINE.match(line.text))
        behind = index > self._last and not self._is_bare_part()
        if not nodes or not nodes[-1].path or not self.tree.stack:
            self.tree.preamble(line)
        elif behind and not is_field and (self._closes() or _CLOSING.match(line.text)):
            self.tree.clear()
            self.tree.preamble(line)
        else:
            self._runs_on = self._runs_on or not is_field
            self.tree.stack[-1].take(line)

    def _is_bare_part(self) -> bool:
        """Say whether the last clause has nothing but its heading: 三、强化保障."""
        top = self.tree.stack[-1] if self.tree.stack else None
        if top is None or not top.is_leaf or len(top.lines) != 1:
            return False
        heading = top.lines[0].text
        return len(heading) <= HEADING_LENGTH and not any(stop in heading for stop in "。；：")

    def _closes(self) -> bool:
        """Say whether words behind the last clause are not its own: no clause had a second line."""
        leaves = [node for node in self.tree.nodes if node.path and node.is_leaf]
        bodies = [node for node in leaves if any("。" in line.text for line in node.lines)]
        return not self._runs_on and len(bodies) >= _FEWEST_LEAVES and leaves[-1] in bodies
