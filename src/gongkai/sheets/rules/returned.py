"""Reads a fill-in sheet that came back: its lines as text, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from gongkai.sheets.rules.book import MOST_LINES
from gongkai.sheets.rules.lines import (
    ASKED,
    CHOICES,
    HEADINGS,
    KEY,
    LONGEST,
    YES,
    Filled,
    Trouble,
    cleaned,
)

MOST_COLUMNS = 30
HEAD_WITHIN = 20
"""The headings are looked for in so many first rows."""


class Unreadable(Exception):
    """The file is no sheet that can be read; the words say why and what to do."""


@dataclass(frozen=True)
class ReturnedLine:
    """A line that came back, with the row of the workbook in which it stands."""

    line: int
    number: str
    task: str
    key: str
    filled: Filled


@dataclass(frozen=True)
class Returned:
    """Everything that came back: the lines that can be read, and the troubles of the others."""

    lines: tuple[ReturnedLine, ...]
    troubles: tuple[Trouble, ...]


def read(data: bytes) -> Returned:
    """Read the first sheet that has our headings. Raises ``Unreadable``.

    Formulas are not computed and not taken: their cell is a trouble.
    """
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        for page in book.worksheets:
            rows = list(page.iter_rows(max_row=MOST_LINES * 2, max_col=MOST_COLUMNS))
            found = _places(rows)
            if found is not None:
                head, places = found
                return _lines(rows[head + 1 :], places, head + 2)
    except Unreadable:
        raise
    except Exception as error:  # whatever a library says of a damaged or forged file
        raise Unreadable("表格打不开，可能已损坏。请用WPS或Excel另存为.xlsx后再交。") from error
    raise Unreadable("找不到填报表的表头。请交回本系统发出的填报表，不要另做一张。")


def _places(rows: list[Any]) -> tuple[int, dict[str, int]] | None:
    """Return in which row the headings stand and which column each has."""
    for index, row in enumerate(rows[:HEAD_WITHIN]):
        places = {str(cell.value).strip(): at for at, cell in enumerate(row) if cell.value}
        if all(heading in places for heading in HEADINGS):
            return index, {heading: places[heading] for heading in HEADINGS}
    return None


def _lines(rows: list[Any], places: dict[str, int], first: int) -> Returned:
    lines: list[ReturnedLine] = []
    troubles: list[Trouble] = []
    for number, row in enumerate(rows, start=first):
        cells = {heading: row[at] if at < len(row) else None for heading, at in places.items()}
        wrong = list(_wrong(cells))
        if wrong:
            troubles += [Trouble(number, sentence) for sentence in wrong]
            continue
        texts = {heading: _text(cell) for heading, cell in cells.items()}
        if any(texts.values()):
            lines.append(
                ReturnedLine(number, texts["序号"], texts["任务"], texts[KEY], _filled(texts))
            )
    return Returned(tuple(lines), tuple(troubles))


def _filled(texts: dict[str, str]) -> Filled:
    progress, problems, next_steps, done = (texts[heading] for heading in ASKED)
    return Filled(progress, problems, next_steps, done == YES)


def _wrong(cells: dict[str, Any]) -> Iterator[str]:
    for heading, cell in cells.items():
        if cell is None or cell.value is None:
            continue
        if cell.data_type == "f" or not isinstance(
            cell.value, str | int | float | bool | date | time
        ):
            yield f"“{heading}”是公式，请改成文字。"
        elif cell.data_type == "e":
            yield f"“{heading}”显示的是错误值（{cell.value}），请改成文字。"
        elif len(_text(cell)) > LONGEST and heading in ASKED:
            yield f"“{heading}”超过{LONGEST}字，请缩短，长材料另附。"
    done = _text(cells["是否办结"])
    if done and done not in CHOICES:
        yield f"“是否办结”写的是“{done[:20]}”，请选“是”或“否”。"
    said = any(_text(cells[heading]) for heading in ASKED[1:3]) or done == YES
    if said and not _text(cells["进展情况"]):
        yield "没有填“进展情况”，请写明办到哪一步。"


def _text(cell: Any) -> str:
    """Return a cell as text; numbers and days as the office writes them."""
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return cleaned(str(value))
