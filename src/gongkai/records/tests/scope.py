"""For the walk over every address: what each address of records is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.records.models import Record
from gongkai.records.states import Kind
from gongkai.records.tests import factories


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


def _kind(world: Any, own: bool) -> dict[str, Any]:
    return {"kind": Kind.TRAINING.value}


def _record(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    found = Record.objects.filter(unit=side.section).first()
    return {"pk": (found or factories.written(side.officer, side.section, Kind.TRAINING)).pk}


VERBS = ("withdraw", "add_file", "link", "unlink")
SAMPLES: dict[str, Any] = {
    **{f"records:{name}": _nothing for name in ("records", "year", "open_year", "group")},
    "records:write": _kind,
    **{f"records:{name}": _record for name in ("record", "amend", *VERBS)},
}
WRITERS = {Role.OPENNESS_OFFICE, Role.OFFICER, Role.SECTION_HEAD}
POST_ONLY = ("records:open_year", *(f"records:{name}" for name in VERBS))
ALLOWED: dict[str, Any] = {
    **{f"records:{name}": "all" for name in ("records", "year", "group")},
    "records:record": set(SEES_WORK),
    "records:write": WRITERS,
    "records:amend": WRITERS,
}
