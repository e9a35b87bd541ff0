"""For the walk over every address: what each address is called with and who may see it."""

from collections.abc import Callable
from typing import Any

from gongkai.organisation.actions import create_set
from gongkai.organisation.models import UnitName
from gongkai.organisation.states import SetRule

READERS = {"platform_admin", "openness_office", "auditor"}


def body(world: Any, own: bool) -> Any:
    """Return one's own body, or the other."""
    return (world.own if own else world.other).body


def unit(world: Any, own: bool) -> dict[str, Any]:
    """Name a body, which every page of a unit can show."""
    return {"pk": body(world, own).pk}


def name(world: Any, own: bool) -> dict[str, Any]:
    """Name a name of the body."""
    return {"pk": UnitName.objects.filter(unit=body(world, own)).order_by("pk")[0].pk}


def a_set(world: Any, own: bool) -> dict[str, Any]:
    """Name a set of the body, kept for the occasion."""
    kept = create_set(actor=None, body=body(world, own), name="专班", rule=SetRule.SECTIONS)
    return {"pk": kept.pk}


SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "organisation:tree": lambda world, own: {},
    "organisation:unit": unit,
    "organisation:sets": unit,
    "organisation:set": a_set,
    # What only answers POST; the walk asks with GET and gets 405 or a refusal, never a page.
    "organisation:create": unit,
    "organisation:rename": unit,
    "organisation:move": unit,
    "organisation:dissolve": unit,
    "organisation:restore": unit,
    "organisation:add_alias": unit,
    "organisation:end_alias": name,
    "organisation:create_set": unit,
    "organisation:set_members": a_set,
    "organisation:end_set": a_set,
}
ALLOWED: dict[str, Any] = {
    "organisation:tree": READERS,
    "organisation:unit": READERS,
    "organisation:sets": READERS,
    "organisation:set": READERS,
}
POST_ONLY = set(SAMPLES) - set(ALLOWED)
