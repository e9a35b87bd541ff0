"""For the walk over every address: what each address is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import Role
from gongkai.screening import Entry
from gongkai.wording import actions
from gongkai.wording.models import Word


def _word(world: Any, own: bool) -> Word:
    side = world.own if own else world.other
    found = Word.objects.filter(body=side.body).first()
    entry = Entry("清江市交通局", "清江市交通运输局")
    return found or actions.add(side.body, actor=side.openness_office, entry=entry)


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


def _word_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _word(world, own).pk}


OFFICE = {Role.OPENNESS_OFFICE}
LISTS = ("list", "add", "switch_off", "take_table", "download")
SAMPLES: dict[str, Any] = {
    **{f"wording:{name}": _nothing for name in LISTS},
    **{f"wording:{name}": _word_pk for name in ("word", "end")},
}
ALLOWED: dict[str, Any] = {f"wording:{name}": OFFICE for name in (*LISTS, "word", "end")}
