"""Taking in a sheet that came back: the file, checked, and what it says, kept to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.sheets import policies, queries, rules
from gongkai.sheets.models import Row, Sheet
from gongkai.sheets.states import SHEET_MOVES, RowState

PURPOSE = "sheets.returned"
"""The purpose under which the gate of files knows sheets that came back."""

SAID_AT_ONCE = 20
"""So many wrong rows are named; the others are counted."""

FIELDS = ("state", "progress", "problems", "next_steps", "done")


def return_sheet(
    sheet: Sheet, *, actor: User, upload: UploadedFile[Any] | bytes, name: str, expected: int
) -> Sheet:
    """Take in what the unit sent back and keep what it says beside what stands; takes no row yet.

    The file is checked, kept and read before the transaction begins. One wrong row, and nothing is
    taken in. Raises ``Refused`` with each wrong row.
    """
    refuse_if(policies.why_not("return", sheet, actor=actor))
    stored = files.store(upload, name=name, actor=actor, unit=sheet.body, purpose=PURPOSE)
    try:
        returned = rules.read(files.read_bytes(stored))
    except rules.Unreadable as problem:
        raise Refused(Refusal("sheets.unreadable", str(problem))) from None
    with transaction.atomic():
        sheet = lock(sheet, expected=expected)
        refuse_if(policies.why_not("return", sheet, actor=actor))
        rows = {row.pk: row for row in queries.rows_of(sheet)}
        _refuse_troubles([*returned.troubles, *_troubles(sheet, rows, returned)])
        filled = _fill(rows, returned)
        if not filled:
            raise Refused(Refusal("sheets.nothing_filled", "表里一行也没有填，请填好再交。"))
        _put(rows.values())
        _keep(sheet, stored)
        record(
            "sheets.sheet_returned",
            subject=sheet,
            actor=actor,
            unit=sheet.unit,
            name=stored.name,
            filled=filled,
        )
    return sheet


def _put(rows: Iterable[Row]) -> None:
    """Write what the rows say, in few statements."""
    Row.objects.bulk_update(rows, FIELDS, batch_size=100)


def _keep(sheet: Sheet, stored: files.StoredFile) -> None:
    stored = files.attach(stored, subject_key(sheet))
    sheet.state, sheet.file = SHEET_MOVES["return"][1], stored
    sheet.returned_at = clock.now()
    sheet.save(update_fields=["state", "file", "returned_at"])
    if sheet.duty is not None and sheet.duty.closed_at is None:
        duties.meet(sheet.duty, actor=None, at=sheet.returned_at, evidence=stored.name)


def _refuse_troubles(troubles: list[rules.Trouble]) -> None:
    if not troubles:
        return
    said = [
        Refusal("sheets.wrong_row", str(one))
        for one in sorted(troubles, key=lambda one: one.line)[:SAID_AT_ONCE]
    ]
    if len(troubles) > SAID_AT_ONCE:
        said.append(
            Refusal("sheets.wrong_row", f"另有{len(troubles) - SAID_AT_ONCE}处，改好后再交。")
        )
    raise Refused(*said)


def _troubles(
    sheet: Sheet, rows: dict[int, Row], returned: rules.Returned
) -> Iterator[rules.Trouble]:
    """Yield what is wrong with where the lines belong: another sheet, changed, twice, added."""
    met: dict[int, int] = {}
    for line in returned.lines:
        key = queries.read_key(line.key) if line.key else None
        if key is None:
            sentence = "校验码被改动，请用原表填写。" if line.key else _added(line)
            if sentence:
                yield rules.Trouble(line.line, sentence)
        elif key[0] != sheet.pk:
            yield rules.Trouble(
                line.line, f"这是第{key[0]}号填报表的行，不是第{sheet.pk}号，请核对文件。"
            )
        elif key[1] in met:
            yield rules.Trouble(line.line, f"与第{met[key[1]]}行重复，请删去一行。")
        else:
            met[key[1]] = line.line
            yield from _changed(line, rows.get(key[1]), key[2])


def _added(line: rules.ReturnedLine) -> str:
    """Say why a line without a key is not taken; nothing where it holds nothing to lose."""
    if line.filled.empty and not line.task:
        return ""
    return "这一行不是发出的任务，请把内容写到原有的行里，再删去这一行。"


def _changed(line: rules.ReturnedLine, row: Row | None, seen: int) -> Iterator[rules.Trouble]:
    if row is None or (row.seen_id or 0) != seen:
        yield rules.Trouble(line.line, "校验码对不上，请用原表填写。")
    elif not rules.same_words(line.task, row.text) or line.number != str(row.order):
        yield rules.Trouble(
            line.line, f"序号或任务被改动（原为{row.order} {rules.short(row.text)}），请用原表。"
        )


def _fill(rows: dict[int, Row], returned: rules.Returned) -> int:
    """Put what was said into the rows; what an earlier file said goes. Returns how many."""
    said = {key[1]: line.filled for line in returned.lines if (key := queries.read_key(line.key))}
    for row in rows.values():
        one = said.get(row.pk, rules.Filled())
        row.state = RowState.OPEN if one.empty else RowState.FILLED
        row.progress, row.problems = one.progress, one.problems
        row.next_steps, row.done = one.next_steps, one.done
    return sum(row.state == RowState.FILLED for row in rows.values())
