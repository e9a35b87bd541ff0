"""Tables of tasks: grids of the formats that have them, and grids flattened to lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.kernel.chinese import number
from gongkai.reading.clean import Line
from gongkai.reading.deadlines import read_deadline
from gongkai.reading.labels import find_label
from gongkai.reading.units import read_units

_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|序|项次|No\.?)$", re.I)),
    ("support", re.compile(r"配合|协办|参与|协助")),
    ("lead", re.compile(r"牵头|主办|主责")),
    ("due", re.compile(r"时限|时间|期限|节点|进度要求|办结")),
    ("note", re.compile(r"备注|安排|说明")),
    ("units", re.compile(r"责任|单位|部门|科室|处室|承办|落实主体|分工")),
    ("requirement", re.compile(r"要求|措施|内容|标准|举措|做法|目标")),
    ("group", re.compile(r"任务|项目|事项|类别|领域|板块|工作")),
)
HEAD_CELL = 16
"""The longest cell of a table's head, in characters."""

_NUMBERED = re.compile(r"^\d{1,3}$")


@dataclass
class Cell:
    """A cell's words: lines of one or more blocks, in order."""

    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The cell's words, a line a paragraph."""
        return "\n".join(line.text for line in self.lines if line.text).strip()


@dataclass
class Row:
    """A numbered row of a table of tasks, its cells by what they hold."""

    number: int
    groups: list[Line] = field(default_factory=list)
    requirement: Cell = field(default_factory=Cell)
    lead: Cell = field(default_factory=Cell)
    support: Cell = field(default_factory=Cell)
    units: Cell = field(default_factory=Cell)
    due: Cell = field(default_factory=Cell)
    note: Cell = field(default_factory=Cell)
    columns: frozenset[str] = frozenset()
    """Which of the cells the table has at all."""

    guessed: bool = False

    @property
    def lines(self) -> list[Line]:
        """All lines of the row in the order of the source."""
        cells = (self.requirement, self.lead, self.support, self.units, self.due, self.note)
        found = [line for cell in cells for line in cell.lines if line.text]
        return sorted(found, key=lambda line: line.span()[0])


def head_roles(texts: Sequence[str]) -> list[str]:
    """Say what each column holds by its head; "" where the head does not tell."""
    return [next((role for role, p in _HEADS if p.search(_plain(t))), "") for t in texts]


def _plain(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def is_head(roles: Sequence[str]) -> bool:
    """Say whether roles are those of a table of tasks."""
    known = set(roles) - {""}
    works = known & {"group", "requirement"}
    return bool(works) and bool(known & {"units", "lead", "due"}) and len(known) >= 3


# -- grids -------------------------------------------------------------------------------------


def grids(lines: Sequence[Line]) -> dict[int, dict[tuple[int, int], list[Line]]]:
    """Return each table's cells by (row, column); a merged cell stands in each place it covers."""
    tables: dict[int, dict[tuple[int, int], list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        block = line.block
        if block.table is None or block.row is None or block.col is None:
            continue
        for r in range(block.row, block.row + block.rowspan):
            for c in range(block.col, block.col + block.colspan):
                tables[block.table][r, c].append(line)
    return tables


def rows_of_grid(cells: dict[tuple[int, int], list[Line]]) -> list[Row]:
    """Return the task rows of a grid; nothing when it is not a table of tasks."""
    height = max((r for r, _ in cells), default=-1) + 1
    width = max((c for _, c in cells), default=-1) + 1
    found: list[Row] = []
    roles: list[str] = []
    for r in range(height):
        texts = [_text(cells.get((r, c), ())) for c in range(width)]
        here = head_roles(texts)
        if _is_head_row(texts, here, roles):
            roles = here
            continue
        if roles and any(texts):
            row = _grid_row(cells, r, roles, len(found) + 1)
            if row is not None:
                found.append(row)
    return found


def _is_head_row(texts: Sequence[str], here: Sequence[str], known: Sequence[str]) -> bool:
    """Say whether a row is the table's head, or its head again on the next page.

    The cells of a head are words of a few characters, none of them a number or a label; behind
    a first head only one with a number column, or the same one, is another.
    """
    plain = [_plain(text) for text in texts if text]
    if not is_head(here) or any(len(text) > HEAD_CELL for text in plain):
        return False
    if any(text.isdecimal() or find_label(text) for text in plain):
        return False
    return not known or list(here) == list(known) or "number" in here


def _text(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines if line.text).strip()


def _grid_row(
    cells: dict[tuple[int, int], list[Line]], r: int, roles: Sequence[str], order: int
) -> Row | None:
    row = Row(order, columns=frozenset(roles) - {""})
    work: list[list[Line]] = []
    for c, role in enumerate(roles):
        lines = cells.get((r, c), [])
        if role == "number":
            row.number = number(_text(lines).rstrip(".、．")) or order
        elif role in ("group", "requirement", ""):
            if lines and (not work or work[-1] is not lines) and _text(lines):
                work.append(lines)
        else:
            _own(getattr(row, role), lines, r)
    _place_work(row, work, r)
    if not row.requirement.text or _is_band(cells, r, len(roles)):
        return None
    return row


def _own(cell: Cell, lines: Sequence[Line], r: int) -> None:
    cell.lines.extend(line for line in lines if line not in cell.lines)


def _is_band(cells: dict[tuple[int, int], list[Line]], r: int, width: int) -> bool:
    """Say whether one merged cell fills the row: a heading between rows."""
    first = cells.get((r, 0), [])
    return bool(first) and width > 1 and all(cells.get((r, c), []) == first for c in range(width))


def _place_work(row: Row, work: Sequence[Sequence[Line]], r: int) -> None:
    """The last of the work cells is the requirement; those before are the groups above it."""
    unique: list[Sequence[Line]] = []
    for lines in work:
        if not any(lines[0] is other[0] for other in unique):
            unique.append(lines)
    if unique:
        row.requirement.lines.extend(unique[-1])
        row.groups = [line for lines in unique[:-1] for line in lines if line.text]


def band_of(cells: dict[tuple[int, int], list[Line]], r: int) -> list[Line]:
    """Return the words of a heading row that fills the table's width."""
    return list(cells.get((r, 0), []))


# -- flattened tables --------------------------------------------------------------------------


@dataclass(frozen=True)
class Flat:
    """A flattened table: the range of its lines, its head and its rows."""

    first: int
    last: int
    rows: list[Row]


def flattened(lines: Sequence[Line]) -> Flat | None:
    """Find a table whose cells stand one a line, each closed by ``|``; None when there is none."""
    texts = [line.text for line in lines]
    start = next((i for i in range(len(texts)) if _flat_head(texts, i)), None)
    if start is None:
        return None
    roles, body = _read_flat_head(texts, start)
    rows, last = _flat_rows(lines, body, roles)
    return Flat(start, last, rows) if rows else None


def _bare(text: str) -> str:
    return text.strip().strip("|").strip()


def _flat_head(texts: Sequence[str], i: int) -> bool:
    if _plain(texts[i]) not in ("序号", "编号", "序") or "|" not in texts[i]:
        return False
    roles, _ = _read_flat_head(texts, i)
    return is_head(roles)


def _read_flat_head(texts: Sequence[str], i: int) -> tuple[list[str], int]:
    """Read head cells until the first row's number; return roles and where the body begins."""
    heads: list[str] = []
    while i < len(texts) and not _NUMBERED.match(_bare(texts[i])) and len(heads) < 16:
        if _bare(texts[i]):
            heads.append(_bare(texts[i]))
        i += 1
    return head_roles(heads), i


def _flat_rows(lines: Sequence[Line], start: int, roles: Sequence[str]) -> tuple[list[Row], int]:
    """Cut the lines at each row number that counts on, and read each row's cells."""
    rows: list[Row] = []
    i, last, expected = start, start, None
    while i < len(lines):
        n = _row_number(lines[i].text)
        if n is None or (expected is not None and n != expected):
            break
        cells, i = _flat_cells(lines, i + 1, n + 1)
        rows.append(_flat_row(n, cells, roles))
        last, expected = i - 1, n + 1
    return rows, last


def _row_number(text: str) -> int | None:
    bare = _bare(text)
    return int(bare) if _NUMBERED.match(bare) and "|" in text else None


def _flat_cells(lines: Sequence[Line], i: int, following: int) -> tuple[list[Line], int]:
    """Collect a row's cells until the next row's number, or until words no cell closes."""
    cells: list[Line] = []
    while i < len(lines) and _row_number(lines[i].text) != following:
        text = lines[i].text
        if "|" not in text and not _goes_on(lines, i):
            break
        bare = _bare(text)
        if bare:
            begin = text.index(bare)
            cells.append(lines[i].part(begin, begin + len(bare)))
        i += 1
    return cells, i


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Say whether a line without border is a paragraph of a cell that closes soon after."""
    return any("|" in line.text for line in lines[i + 1 : i + 4])


def _flat_row(n: int, cells: Sequence[Line], roles: Sequence[str]) -> Row:
    """Give each cell its role: from the right by the head, checked by what the cell says.

    Merged and empty cells leave no line, so the position alone does not tell.
    """
    row = Row(n, columns=frozenset(roles) - {""})
    left = list(cells)
    for role in _from_right(roles):
        if len(left) > 1 and _fits(role, left[-1].text, left, row):
            getattr(row, role).lines.insert(0, left.pop())
    while len(left) > 1 and _is_group(left[0].text):
        row.groups.append(left.pop(0))
    if len(left) > 1 and find_label(left[0].text) is not None:
        row.groups.append(left.pop(0))
    row.requirement.lines.extend(left)
    return row


def _from_right(roles: Sequence[str]) -> Iterator[str]:
    for role in reversed(roles):
        if role in ("note", "due", "support", "lead", "units"):
            yield role


def _fits(role: str, text: str, left: Sequence[Line], row: Row) -> bool:
    if role == "due":
        return len(text) <= 40 and read_deadline(text, year=2000) is not None
    if role in ("units", "lead", "support"):
        phrase = read_units(text)
        return len(text) <= 80 and bool(phrase.lead or phrase.support) and "。" not in text
    before = left[-2].text if len(left) > 1 else ""
    return _fits("due", before, left[:-1], row) and len(left) > 2


def _is_group(text: str) -> bool:
    label = find_label(text)
    return label is not None and label.rank <= 2.0 and len(text) <= 60


# -- groups ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """A group heading inside a table: its label (or words) and rank, with its words."""

    label: str
    rank: float
    heading: Line


def split_groups(lines: Iterable[Line]) -> Iterator[Group]:
    """Cut group cells into headings: "三、… （一）…" in one cell is two of them."""
    for line in lines:
        yield from _split_group(line)


_INNER = re.compile(r"(?<=[^\s（(])\s+(?=[（(][一二三四五六七八九十]{1,3}[)）])")


def _split_group(line: Line) -> Iterator[Group]:
    begin = 0
    cuts = [m.start() for m in _INNER.finditer(line.text)] + [len(line.text)]
    for cut in cuts:
        piece = line.part(begin, cut)
        begin = cut
        if not piece.text:
            continue
        label = find_label(piece.text)
        if label is None:
            yield Group(piece.text.rstrip("。：:")[:40], 6.0, piece)
        else:
            yield Group(label.text, label.rank, piece.part(label.length))
