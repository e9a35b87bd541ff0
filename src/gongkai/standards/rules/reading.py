"""Reads a catalogue in the national columns (国办发〔2019〕54号) from the cells of a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook

from gongkai.kernel.chinese import fold

LABELS = {
    "number": "序号",
    "first": "一级事项",
    "second": "二级事项",
    "content": "公开内容",
    "basis": "公开依据",
    "limit": "公开时限",
    "publisher": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "way": "公开方式",
    "level": "公开层级",
}
NEEDED = ("second", "content", "basis", "limit", "publisher", "channels", "audience", "way")
"""What a catalogue names at least: 国办发〔2019〕54号; levels are the office's own."""

HEADINGS = {fold(label): name for name, label in LABELS.items()} | {
    fold("公开内容（要素）"): "content",
    fold("公开事项"): "first",
    fold("公开渠道"): "channels",
    fold("公开渠道及载体"): "channels",
}
TICKED = {
    "全社会": ("audience", "全社会"),
    "特定群体": ("audience", "特定群体"),
    "特定群众": ("audience", "特定群体"),
    "特定群体(群众)": ("audience", "特定群体"),
    "主动": ("way", "主动"),
    "主动公开": ("way", "主动"),
    "依申请": ("way", "依申请"),
    "依申请公开": ("way", "依申请"),
    "依申请(公开)": ("way", "依申请"),
    **{level: ("level", level) for level in ("市级", "县级", "乡级", "镇级", "乡镇级", "村级")},
}
"""Second headings under which a row is ticked."""

NO = {"", "×", "x", "否", "无", "-", "/", "□", "☐"}
HEAD_WITHIN = 15
MOST_ROWS, MOST_COLUMNS, LONGEST = 3_000, 40, 4_000
LONGEST_NAME = 500
"""Characters of both names together."""

FORMULA = "\0公式"
"""What stands for a formula; no text that is kept holds such a character."""

_BOX = re.compile(r"([■☑√✓●□☐])\s*([^■☑√✓●□☐]+)")
_BETWEEN = re.compile(r"[\n、，,；;]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
Cells = Sequence[str]


class Unreadable(Exception):
    """The file is no catalogue that can be read; the words say why and what to do."""


@dataclass(frozen=True)
class Entry:
    """What a row says; lists are written with 、."""

    number: str = ""
    first: str = ""
    second: str = ""
    content: str = ""
    basis: str = ""
    limit: str = ""
    publisher: str = ""
    channels: str = ""
    audience: str = ""
    way: str = ""
    level: str = ""

    @property
    def key(self) -> str:
        """What makes it the same matter in another version: both names, folded."""
        return f"{fold(self.first)}|{fold(self.second)}"


@dataclass(frozen=True)
class Row:
    """A row of the table: its line, what it says, and why it is refused, if it is."""

    line: int
    entry: Entry
    why: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return the row as it is kept."""
        return {"line": self.line, "entry": asdict(self.entry), "why": list(self.why)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Row:
        """Read a row as it is kept."""
        return cls(kept["line"], Entry(**kept["entry"]), tuple(kept["why"]))


def table_of(data: bytes, kind: str) -> list[list[str]]:
    """Return the cells of a file, of a workbook those of the sheet with our headings.

    ``kind`` is xlsx or csv. Formulas are not computed. Raises ``Unreadable``.
    """
    tables = [_csv(data)] if kind == "csv" else _sheets(data)
    for table in tables:
        if _head(table) is not None:
            if len(table) > MOST_ROWS:
                raise Unreadable(f"超过{MOST_ROWS}行，请分领域导入。")
            return table
    raise Unreadable("找不到表头。请用国家规定的列：序号、公开事项、公开内容、公开依据等。")


def _csv(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [[_clean(cell) for cell in row[:MOST_COLUMNS]] for row in _lines(text)]
        except csv.Error as error:
            raise Unreadable("文件不是完整的CSV表格，请重新导出。") from error
    raise Unreadable("文字编码看不懂，请另存为UTF-8的CSV或.xlsx。")


def _lines(text: str) -> Iterator[list[str]]:
    for number, row in enumerate(csv.reader(StringIO(text))):
        if number > MOST_ROWS:
            return
        yield row


def _sheets(data: bytes) -> Iterator[list[list[str]]]:
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        for page in book.worksheets:
            rows = page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
            yield [[_cell(cell) for cell in row] for row in rows]
    except Exception as error:  # whatever a library says of a damaged or forged file
        raise Unreadable("表格打不开，可能已损坏。请另存为.xlsx后再传。") from error


def _cell(cell: Any) -> str:
    if cell.value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return FORMULA
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _clean(str(value))


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass(frozen=True)
class _Head:
    """Where the headings stand, and what each column holds: a field, or a tick for a value."""

    last: int
    fields: dict[int, str]
    ticks: dict[int, tuple[str, str]]


def _head(table: Sequence[Cells]) -> _Head | None:
    for index, row in enumerate(table[:HEAD_WITHIN]):
        names = [HEADINGS.get(fold(cell), "") for cell in row]
        if not {"content", "basis"} <= set(names):
            continue
        below = [fold(cell) for cell in table[index + 1]] if index + 1 < len(table) else []
        said = {cell for cell in below if cell}
        two = bool(said) and said <= {*HEADINGS, *TICKED}  # else it is a row of the table
        return _columns(index + two, [fold(cell) for cell in row], below if two else [])
    return None


def _columns(last: int, above: list[str], below: list[str]) -> _Head:
    fields: dict[int, str] = {}
    ticks: dict[int, tuple[str, str]] = {}
    for at in range(max(len(above), len(below))):
        for heading in (below[at] if at < len(below) else "", above[at] if at < len(above) else ""):
            if heading in TICKED:
                ticks[at] = TICKED[heading]
                break
            if heading in HEADINGS:
                fields[at] = HEADINGS[heading]
                break
    ticked = {name for name, _ in ticks.values()}
    return _Head(last, {at: name for at, name in fields.items() if name not in ticked}, ticks)


def read(table: Sequence[Cells]) -> list[Row]:
    """Read every row below the headings; each says what it holds or why it is refused.

    A cell that was merged downwards is read in each row it spans. Raises ``Unreadable``.
    """
    head = _head(table)
    if head is None:
        raise Unreadable("找不到表头。")
    rows: list[Row] = []
    met: dict[str, int] = {}
    above = ""
    for line, cells in enumerate(table[head.last + 1 :], start=head.last + 2):
        if _says_nothing(cells):
            continue
        entry = _entry(cells, head, above)
        above = entry.first
        why = list(_why_not(cells, entry))
        if not why and entry.key in met:
            why.append(f"与第{met[entry.key]}行的事项重复。")
        met.setdefault(entry.key, line)
        rows.append(Row(line, entry, tuple(why)))
    if not rows:
        raise Unreadable("表头下面没有事项，请核对文件。")
    return rows


def _says_nothing(cells: Cells) -> bool:
    """An empty row, the headings again on a new page, a note below the table."""
    said = [cell for cell in cells if cell]
    if not said:
        return True
    if len(said) == 1 and re.match(r"注|备注|说明", said[0]):
        return True
    words = [fold(cell) for cell in said]
    again = sum(word in HEADINGS for word in words) >= 3
    return again or all(word in HEADINGS or word in TICKED for word in words)


def _entry(cells: Cells, head: _Head, above: str) -> Entry:
    found = {name: cells[at] for at, name in head.fields.items() if at < len(cells)}
    ticked: dict[str, list[str]] = {}
    for at, (name, value) in head.ticks.items():
        text = cells[at] if at < len(cells) else ""
        if fold(text) not in NO:
            own = len(text) > 2 and text != FORMULA  # who the group is stands in place of a tick
            ticked.setdefault(name, []).append(f"{value}：{text}" if own else value)
    found |= {name: "、".join(values) for name, values in ticked.items()}
    found["first"] = found.get("first") or above
    found["channels"] = _channels(found.get("channels", ""))
    return Entry(**{name: text.replace(FORMULA, "") for name, text in found.items()})


def _channels(text: str) -> str:
    """Return the channels that are marked, or all where none is: ■政府网站 □公报."""
    boxes = _BOX.findall(text)
    if boxes:
        names = [name.strip(" 、，,；;\n") for sign, name in boxes if sign not in "□☐"]
    else:
        names = [name.strip() for name in _BETWEEN.split(text)]
    return "、".join(name for name in names if name)


def _why_not(cells: Cells, entry: Entry) -> Iterator[str]:
    if FORMULA in cells:
        yield f"第{list(cells).index(FORMULA) + 1}列是公式或错误值，请改成文字。"
    if any(len(cell) > LONGEST for cell in cells):
        yield f"有一格超过{LONGEST}字，请缩短。"
    if len(entry.key) > LONGEST_NAME:
        yield "事项名称太长，请缩短。"
    lacking = [LABELS[name] for name in NEEDED if not getattr(entry, name)]
    if lacking:
        yield f"缺{'、'.join(lacking)}。"
