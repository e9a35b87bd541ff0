"""What a report's last part says will be done, taken apart again: texts only, no tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from docx import Document

_LINE = re.compile(r"(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[）)、．.])?(.+)")
_WHO = re.compile(r"[（(]([^（）()]{2,40})[）)]$")
COLUMNS = ("序号", "任务", "牵头单位", "完成时限")


@dataclass(frozen=True)
class NextStep:
    """Something that will be done: what, by whom (a name as written), by which day."""

    what: str
    who: str = ""
    by: date | None = None


def steps_in(text: str) -> list[NextStep]:
    """Return the steps of a report's last part, one a line, with who is named in brackets."""
    return [_step(line) for line in text.split("\n") if line.strip()]


def _step(line: str) -> NextStep:
    found = _LINE.fullmatch(line.strip())
    what = (found[1] if found else line).strip().rstrip("。；;")
    who = _WHO.search(what)
    return NextStep(_WHO.sub("", what), who[1] if who else "")


def as_table(title: str, steps: Iterable[NextStep]) -> bytes:
    """Return the steps as a division of tasks (.docx), as offices hand such a table around."""
    document = Document()
    document.add_heading(title, level=1)
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    for cell, word in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = word
    for n, step in enumerate(steps, start=1):
        by = f"{step.by.year}年{step.by.month}月{step.by.day}日前" if step.by else ""
        for cell, word in zip(
            table.add_row().cells, (str(n), step.what, step.who, by), strict=True
        ):
            cell.text = word
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
