"""An office's existing register (.xlsx, .csv) → its records, row by row; none dropped silently."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.kernel.chinese import fold
from gongkai.reading.blocks import Unreadable
from gongkai.reading.formats.xlsx.sheet import letters
from gongkai.reading.registers.cells import is_nothing, read_cell
from gongkai.reading.registers.headings import Head, find_head, is_heading_row, is_serial
from gongkai.reading.registers.sheets import Cells, Grid, grids
from gongkai.reading.registers.values import (
    FIELDS,
    Column,
    Field,
    Problem,
    Register,
    Row,
    Skipped,
)

__all__ = ["FIELDS", "Column", "Field", "Problem", "Register", "Row", "Skipped", "read_register"]

_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|本页合计)[:：]?")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报人|填表人|制表|制表人|审核人|联系人|联系电话)\s*[:：]|共\s*\d+\s*[条件份项]"
)
_LONGEST_SAID = 80
_TICK = frozenset({"√", "✓", "✔", "☑", "■", "●", "是", "v", "1", "y", "yes"})


def read_register(data: bytes, name: str) -> Register:
    """Read the records of every visible sheet whose headings are known.

    Raises ``Unreadable`` with a sentence when the file cannot be read or no sheet has the heading
    of a title and one other that is known; ``name`` is what its sheet is called in a .csv.
    """
    columns: list[Column] = []
    rows: list[Row] = []
    skipped: list[Skipped] = []
    for grid in grids(data):
        sheet = grid.name or name
        head = find_head(grid)
        if head is None:
            if grid.rows:
                why = "没有找到表头（至少要有名称和另一列），整张表没有读。"
                skipped.append(Skipped(sheet, 0, _said(grid.rows[min(grid.rows)]), why))
            continue
        columns += _columns(sheet, head)
        for number in sorted(grid.rows):
            one = _read_row(grid, sheet, head, number)
            if isinstance(one, Row):
                rows.append(one)
            elif one:
                skipped.append(one)
    if not columns:
        raise Unreadable(
            "no_register",
            "找不到登记表的表头。第一行请写列名，例如名称、发文字号、成文日期、公开属性。",
        )
    return Register(tuple(columns), tuple(_compared(rows)), tuple(skipped))


def _columns(sheet: str, head: Head) -> Iterator[Column]:
    for col, heading in sorted(head.headings.items()):
        meant: Field | None = "attribute" if col in head.ticks else head.fields.get(col)
        yield Column(sheet, letters(col), re.sub(r"\s", "", heading), meant)


def _read_row(grid: Grid, sheet: str, head: Head, number: int) -> Row | Skipped | None:
    cells = grid.rows[number]
    if head.first <= number <= head.last:
        return None
    if number < head.first:
        return Skipped(sheet, number, _said(cells), "表头上面的文字。")
    why = _no_record(grid, head, number)
    if why:
        return Skipped(sheet, number, _said(cells), why)
    return _record(grid, sheet, head, number)


def _no_record(grid: Grid, head: Head, number: int) -> str:
    """Return why a row below the headings is none that registers anything."""
    cells = grid.rows[number]
    own = {col: text for col, text in cells.items() if (number, col) not in grid.filled}
    if is_heading_row(cells, head):
        return "重复的表头。"
    texts = list(own.values())
    if not texts or all(is_nothing(text) for text in texts):
        return "空行。"
    if any(_TOTAL.fullmatch(text) for text in texts[:2]):
        return "合计行。"
    titled = any(kind == "title" and col in own for col, kind in head.fields.items())
    if len(texts) <= 2 and (_NOTE.match(texts[0]) or (len(texts) == 1 and not titled)):
        return "表下面的说明。" if _NOTE.match(texts[0]) else "只有一格有字，不是一条信息。"
    if all(is_serial(head.headings.get(col, "")) for col in own):
        return "只有序号，没有内容。"
    if titled and len(texts) == 1 and len(cells) > 1 and _spans(grid, number, cells):
        return "分组的小标题。"
    return ""


def _spans(grid: Grid, number: int, cells: Cells) -> bool:
    """Say whether one merged cell goes over the whole row."""
    return len({fold(text) for text in cells.values()}) == 1


def _record(grid: Grid, sheet: str, head: Head, number: int) -> Row:
    cells = grid.rows[number]
    values: dict[Field, str] = {}
    problems: list[Problem] = []
    for col, kind in head.fields.items():
        text = cells.get(col, "")
        if not text or is_nothing(text):
            continue
        read = read_cell(kind, text)
        if read.value:
            values[kind] = read.value
        if read.trouble:
            cell = f"{letters(col)}{number}"
            problems.append(Problem(cell, text[:200], read.trouble, read.blocks))
    problems += _ticked(cells, head, number, values)
    others = {
        re.sub(r"\s", "", heading): cells[col]
        for col, heading in head.headings.items()
        if col in cells and col not in head.fields and col not in head.ticks
    }
    beyond = {letters(col): text for col, text in cells.items() if col not in head.headings}
    problems += _lacking(head, number, values, {one.cell for one in problems})
    return Row(sheet, number, values, others | beyond, tuple(problems))


def _ticked(cells: Cells, head: Head, number: int, values: dict[Field, str]) -> Iterator[Problem]:
    """Take the attribute whose column is ticked."""
    if not head.ticks:
        return
    ticked = [col for col in head.ticks if cells.get(col, "").casefold() in _TICK]
    if len(ticked) == 1:
        values["attribute"] = head.ticks[ticked[0]]
    elif ticked:
        said = "几种公开属性都打了勾，请只选一种。"
        yield Problem(f"{letters(ticked[0])}{number}", "√", said)
    else:
        said = "没有勾选公开属性。"
        yield Problem(f"{letters(min(head.ticks))}{number}", "", said)


def _lacking(
    head: Head, number: int, values: dict[Field, str], troubled: set[str]
) -> Iterator[Problem]:
    at = {kind: f"{letters(col)}{number}" for col, kind in head.fields.items()}
    if "title" not in values and at["title"] not in troubled:
        yield Problem(at["title"], "", "缺名称，请补填。")
    for kind in ("formed_on", "attribute"):
        if kind in at and kind not in values and at[kind] not in troubled:
            yield Problem(at[kind], "", f"缺{FIELDS[kind]}，请补填。", blocks=False)
    if values.get("attribute") == "closed" and "ground" not in values:
        said = "不予公开没有写依据，请补填条例的条款和理由。"
        yield Problem(at.get("ground", at["title"]), "", said, blocks=False)
    yield from _days_in_order(at, values)


def _days_in_order(at: dict[Field, str], values: dict[Field, str]) -> Iterator[Problem]:
    order: tuple[tuple[Field, Field], ...] = (
        ("formed_on", "published_on"),
        ("formed_on", "effective_on"),
        ("effective_on", "lapses_on"),
    )
    for first, second in order:
        if first in values and second in values and values[second] < values[first]:
            said = f"{FIELDS[second]}早于{FIELDS[first]}，请核对。"
            yield Problem(at[second], values[second], said, blocks=False)


def _compared(rows: list[Row]) -> Iterator[Row]:
    """Mark what stands twice in the file: the later row says which was before."""
    met: dict[tuple[str, ...], Row] = {}
    for row in rows:
        problems = list(row.problems)
        for key, what in _keys(row):
            before = met.setdefault(key, row)
            if before is row:
                continue
            where = f"第{before.number}行"
            if before.sheet != row.sheet:
                where = f"“{before.sheet}”{where}"
            problems.append(Problem(f"A{row.number}", key[1], f"{what}与{where}相同，请核对。"))
            break
        yield Row(row.sheet, row.number, row.values, row.others, tuple(problems))


def _keys(row: Row) -> Iterator[tuple[tuple[str, ...], str]]:
    values = row.values
    if "index_number" in values:
        yield ("index", fold(values["index_number"])), "索引号"
    title = fold(values.get("title", ""))
    if title and "number" in values:
        yield ("number", fold(values["number"]), title), "名称和发文字号"
    elif title and "formed_on" in values:
        yield ("day", title, values["formed_on"]), "名称和成文日期"


def _said(cells: Cells) -> str:
    return "　".join(dict.fromkeys(text for _, text in sorted(cells.items())))[:_LONGEST_SAID]
