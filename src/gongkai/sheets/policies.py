"""Who may send sheets out and take them back, and why not; answers reasons, changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.api import SEES_WORK, User, in_scope, posts_of
from gongkai.duties.api import Duty
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, UnitKind
from gongkai.programme.api import may_edit
from gongkai.sheets.models import Row, Sheet
from gongkai.sheets.rules import MOST_LINES
from gongkai.sheets.states import LIVE_STATES, SHEET_MOVES, RowState, SheetState

NOT_OFFICE = Refusal("sheets.not_yours", "填报表由本单位政务公开办发出和核对，请联系他们。")


def visible_sheets(user: User) -> QuerySet[Sheet]:
    """Return the sheets of the units and bodies in the user's scope."""
    return Sheet.objects.filter(in_scope("body__path", user) | in_scope("unit__path", user))


def sees_sheets(user: User) -> bool:
    """Say whether the user sees a body as a whole: units with accounts write for themselves."""
    return any(
        held.unit.kind == UnitKind.BODY and held.role in SEES_WORK for held in posts_of(user)
    )


def why_not_office(body: Unit, *, actor: User) -> Iterator[Refusal]:
    """Say why a person has no business with the sheets of a body."""
    if not may_edit(actor, body):
        yield NOT_OFFICE


def why_not_send(
    body: Unit, *, actor: User, units: Sequence[Unit], due_on: date, sizes: Mapping[int, int]
) -> Iterator[Refusal]:
    """Say why sheets may not go out to these units; ``sizes`` is unit → its open tasks."""
    yield from why_not_office(body, actor=actor)
    if not units:
        yield Refusal("sheets.no_units", "请至少选一个单位。")
    if due_on < clock.today():
        yield Refusal("sheets.date_past", "交回期限不能早于今天，请改日期。")
    out = Sheet.objects.filter(body=body, unit__in=units, state__in=LIVE_STATES)
    waiting = {sheet.unit_id: sheet for sheet in out.select_related("unit")}
    for unit in units:
        size = sizes.get(unit.pk, 0)
        if not unit.path.startswith(body.path):
            yield Refusal("sheets.not_of_body", f"{unit.name}不属于本单位，请另选。")
        elif unit.dissolved_on and unit.dissolved_on <= clock.today():
            yield Refusal("sheets.unit_dissolved", f"{unit.name}已撤销，请另选。")
        elif unit.pk in waiting:
            yield Refusal(
                "sheets.out_already",
                f"{unit.name}的第{waiting[unit.pk].pk}号填报表还没有办完，请先核对或收回。",
            )
        elif not size:
            yield Refusal("sheets.nothing_open", f"{unit.name}没有在办任务，不用发表。")
        elif size > MOST_LINES:
            yield Refusal(
                "sheets.too_many", f"{unit.name}有{size}项在办任务，一张表最多{MOST_LINES}项。"
            )


def why_not(verb: str, sheet: Sheet, *, actor: User) -> Iterator[Refusal]:
    """Say why the verb may not be done to the sheet in its state by this person."""
    yield from why_not_office(sheet.body, actor=actor)
    if sheet.state not in SHEET_MOVES[verb][0]:
        label = SheetState(sheet.state).label
        after = "请先传交回的表。" if sheet.state == SheetState.SENT else "请用最近发出的表。"
        yield Refusal("sheets.wrong_state", f"第{sheet.pk}号填报表{label}，{after}")


def why_not_withdraw(sheet: Sheet, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why a sheet may not be withdrawn."""
    yield from why_not("withdraw", sheet, actor=actor)
    if not reason.strip():
        yield Refusal("sheets.no_reason", "请写明为什么收回。")


def why_not_take(
    sheet: Sheet,
    *,
    actor: User,
    rows: Sequence[Row],
    asked: Mapping[int, int],
    latest: Mapping[int, int],
    held: Collection[int],
) -> Iterator[Refusal]:
    """Say why these rows may not be taken, each by its own number.

    ``asked`` is row → the newest entry that the page showed (0 for none), ``latest`` is task → the
    newest there is, ``held`` the tasks of which the unit still has an open part.
    """
    wrong = list(why_not("take", sheet, actor=actor))
    if wrong:
        yield from wrong
        return
    filled = {row.pk: row for row in rows if row.state == RowState.FILLED}
    if not asked:
        yield Refusal("sheets.nothing_chosen", "一行也没有选。都不采用，请收回这份表。")
    for pk, shown in asked.items():
        row = filled.get(pk)
        if row is None:
            yield Refusal("sheets.no_such_row", "选的行不在这份表里，请刷新页面重新选。")
        elif row.task_id not in held:
            yield Refusal("sheets.task_closed", f"{named(row)}已不在办，请不要选这一行。")
        elif latest.get(row.task_id, 0) != shown:
            yield Refusal("sheets.written_since", f"{named(row)}刚刚有了新的进展，请看清后重新选。")


def named(row: Row) -> str:
    """Name a row as the page and the workbook number it."""
    return f"序号{row.order}"


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end or reopen the clock of a sheet: it follows the sheet."""
    if verb in ("meet", "reopen", "cancel"):
        yield Refusal("sheets.by_itself", "请在填报表页面办理：交回即办结，收回即取消。")


def declare_files(purpose: str) -> None:
    """Declare to the gate of files who may see what came back, and what it may be."""
    files.declare_purpose(
        purpose,
        kinds={"xlsx"},
        max_bytes=5 * 1024 * 1024,
        may_see=lambda user, file: visible_sheets(user).filter(file=file.pk).exists(),
    )
