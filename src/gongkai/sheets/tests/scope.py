"""For the walk over every address: what each address of sheets is called with, who sees it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.kernel import clock
from gongkai.programme.tests.scope import a_task
from gongkai.sheets.models import Sheet
from gongkai.sheets.states import SheetState
from gongkai.sheets.tests import factories


def _sheet(world: Any, own: bool) -> Sheet:
    side = world.own if own else world.other
    found = Sheet.objects.filter(unit=side.section).first()
    if found is None:
        a_task(world, own)
        due_on: date = clock.today() + timedelta(days=7)
        found = factories.sent(side, side.section, due_on=due_on)
    return found


def _pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _sheet(world, own).pk}


def _returned_pk(world: Any, own: bool) -> dict[str, Any]:
    sheet = _sheet(world, own)
    if sheet.state == SheetState.SENT:
        factories.returned(world.own if own else world.other, sheet)
    return {"pk": sheet.pk}


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


SAMPLES: dict[str, Any] = {
    "sheets:sheets": _nothing,
    "sheets:send": _nothing,
    **dict.fromkeys(("sheets:sheet", "sheets:workbook", "sheets:return", "sheets:withdraw"), _pk),
    "sheets:differences": _returned_pk,
}
OFFICE = {Role.OPENNESS_OFFICE}
ALLOWED: dict[str, Any] = {
    "sheets:sheets": "all",
    **{name: set(SEES_WORK) for name in ("sheets:sheet", "sheets:workbook")},
    **{f"sheets:{name}": OFFICE for name in ("send", "return", "withdraw", "differences")},
}
