"""The rows of a table of tasks: which cell is requirement, unit, time, and under which group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.reading.clauses import Tree, heading_label
from gongkai.reading.clauses.node import Node
from gongkai.reading.clauses.pieces import Piece
from gongkai.reading.clean import Line, join
from gongkai.reading.labels import find_label
from gongkai.reading.tables.columns import Role

_NOTE_STARTS = ("注", "备注", "说明", "填表", "合计", "总计", "制表", "附注")


@dataclass(eq=False)
class Row:
    """One row of tasks, its cells by what they hold."""

    number: int | None
    cells: dict[Role, list[Line]]
    columns: frozenset[Role]
    """Which of the roles the table has at all."""
    node: Node | None = None
    guessed: bool = False
    table: int = 0

    def text(self, *roles: Role) -> str:
        """Return the words of the cells of these roles, a line a cell."""
        found = [line.text for role in roles for line in self.cells.get(role, ()) if line.text]
        return "\n".join(dict.fromkeys(found))

    @property
    def requirement(self) -> Line | None:
        """What is to be done."""
        lines = [line for line in self.cells.get("text", ()) if line.text]
        return join(lines) if lines else None

    def span(self) -> tuple[int, int]:
        """Return the place in the source from the requirement to the row's last own cell."""
        first = self.requirement
        start = first.span()[0] if first else 0
        ends = [line.span()[1] for lines in self.cells.values() for line in lines if line.text]
        own = [end for end in ends if end >= start]
        return start, max(own, default=start)


@dataclass
class Groups:
    """The groups of one table: which are open, and which clause each row stands under."""

    tree: Tree
    base: Node | None = None
    """The clause of the text in which the table stands, if its groups have no own labels."""
    _open: list[Node] = field(default_factory=list)
    _last: list[Node] = field(default_factory=list)
    _of_cell: dict[int, list[Node]] = field(default_factory=dict)
    _known: dict[tuple[str, str], Node] = field(default_factory=dict)

    def open(self, line: Line, col: int) -> None:
        """Take a group that holds for the rows below, until another takes its place."""
        for piece in pieces_of_group(line, col):
            self._open = self._placed(self._open, piece)
        self._last = self._open

    def under(self, cells: Sequence[tuple[Line, int]]) -> Node | None:
        """Return the group of a row that these cells cover, from left to right."""
        stack = self._open
        for place, (line, col) in enumerate(cells):
            known = self._of_cell.get(id(line))
            if known is None:
                known = stack if place else self._above(line)
                for piece in pieces_of_group(line, col):
                    known = self._placed(known, piece)
                self._of_cell[id(line)] = known
                self._last = known
            stack = known
        return stack[-1] if stack else self.base

    def _above(self, line: Line) -> list[Node]:
        """Return what a group in the first column goes on from: （二） stands under 三 above it."""
        numbered = all(node.label and node.label.number for node in self._last[len(self._open) :])
        return self._last if numbered and find_label(line.text) else self._open

    def current(self) -> Node | None:
        """Return the group that is open."""
        return self._open[-1] if self._open else self.base

    def _placed(self, stack: list[Node], piece: Piece) -> list[Node]:
        label = piece.label
        if label is None:
            return stack
        kept = _kept(stack, piece)
        parent = kept[-1] if kept else None
        path = f"{parent.path}/{label.text}" if parent else label.text
        heading = piece.line.text
        node = self._known.get((path, _plain(heading)))
        if node is None:
            node = Node(path, label, parent, heading=piece.line, is_group=True)
            node.start, node.end = piece.begin, max(piece.begin + 1, piece.line.span()[1])
            node.where = piece.line.block.where
            self._known[path, _plain(heading)] = node
            self.tree.nodes.append(node)
        return [*kept, node]


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _kept(stack: list[Node], piece: Piece) -> list[Node]:
    label = piece.label
    assert label is not None  # noqa: S101 - the caller has looked
    for index, node in enumerate(stack):
        if node.label is not None and node.label.style == label.style:
            return stack[:index]
    kept = list(stack)
    while kept and (top := kept[-1].label) is not None and top.number and top.rank > label.rank:
        kept.pop()
    return kept


def pieces_of_group(line: Line, col: int) -> Iterator[Piece]:
    """Cut a group's cell at its labels: 三、强化公开 (一)围绕发展 are two groups.

    A group without a label is told from others by its column.
    """
    begins = [0, *_labels_inside(line.text)]
    for begin, end in zip(begins, [*begins[1:], len(line.text)], strict=True):
        part = line.part(begin, end)
        if not part.text:
            continue
        label = find_label(part.text)
        if label is None:
            label = heading_label(part.text, f"col{col}", 4.6)
            yield Piece(part, part.at[0], label)
        else:
            yield Piece(part.part(label.length), part.at[0], label)


def _labels_inside(text: str) -> Iterator[int]:
    first = find_label(text)
    rank = first.rank if first else 0.0
    for index, char in enumerate(text):
        if not char.isspace() or index + 1 >= len(text):
            continue
        label = find_label(text, index + 1)
        if label is not None and label.rank > rank and label.length < len(text) - index - 1:
            rank = label.rank
            yield index + 1


def is_note(text: str) -> bool:
    """Say whether a row that is one cell only remarks on the table."""
    return text.startswith(_NOTE_STARTS) and len(text) > 0
