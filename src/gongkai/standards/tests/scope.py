"""For the walk over every address: what each address of standards is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.standards import actions
from gongkai.standards.models import Catalogue, Practice
from gongkai.standards.tests import factories


def _side(world: Any, own: bool) -> Any:
    return world.own if own else world.other


def _read_pk(world: Any, own: bool) -> dict[str, Any]:
    side = _side(world, own)
    found = Catalogue.objects.filter(body=side.body, state="read").first()
    return {"pk": (found or factories.read(side)).pk}


def _catalogue(world: Any, own: bool) -> Catalogue:
    side = _side(world, own)
    found = Catalogue.objects.filter(body=side.body, state="in_force").first()
    if found is None:
        found = factories.taken(side)
        factories.assigned(side, found, 1)
    return found


def _pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _catalogue(world, own).pk}


def _item_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _catalogue(world, own).items.get(order=1).pk}


def _practice_pk(world: Any, own: bool) -> dict[str, Any]:
    side = _side(world, own)
    found = Practice.objects.filter(unit=side.section).first()
    if found is None:
        found = actions.write_practice(
            unit=side.section, actor=side.officer, title="一图读懂", text="做法"
        )
    return {"pk": found.pk}


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


OFFICE = {Role.OPENNESS_OFFICE}
WRITERS = {Role.OFFICER, Role.SECTION_HEAD, *OFFICE}
SAMPLES: dict[str, Any] = {
    **{f"standards:{name}": _nothing for name in ("catalogues", "read", "practices")},
    "standards:write_practice": _nothing,
    **{f"standards:{name}": _read_pk for name in ("report", "take", "discard")},
    **{f"standards:{name}": _pk for name in ("catalogue", "assign")},
    **{f"standards:{name}": _item_pk for name in ("item", "note_evidence", "end_assignment")},
    **{f"standards:{name}": _practice_pk for name in ("practice", "share_practice")},
}
ALLOWED: dict[str, Any] = {
    "standards:catalogues": "all",
    "standards:practices": "all",
    **{f"standards:{n}": set(SEES_WORK) for n in ("catalogue", "report", "item", "practice")},
    **{f"standards:{n}": OFFICE for n in ("read", "take", "discard", "assign")},
    **{f"standards:{n}": OFFICE for n in ("end_assignment", "share_practice")},
    **{f"standards:{n}": WRITERS for n in ("note_evidence", "write_practice")},
}
