"""For the walk over every address: what each address of notices is called with, who sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.notices.api import tell
from gongkai.notices.models import Notice


def _notices(world: Any, own: bool) -> dict[str, Any]:
    """A notice of everybody's of the other body: to people of one's own it is not there.

    A notice is one person's, so one's own body has none that all its people could open; that
    each opens their own is in test_pages.
    """
    people = world.other.people.values()
    words = {"kind": "test.scope", "subject": "test.thing:1", "sentence": "请核对。", "url": "/"}
    tell(people, key="scope", **words)
    return {"pk": Notice.objects.filter(user=next(iter(people))).first().pk}


SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "notices:list": lambda world, own: {},
    "notices:open": _notices,
    "notices:read_all": lambda world, own: {},
}
ALLOWED: dict[str, Any] = {
    "notices:list": "all",
    "notices:open": set(),
    "notices:read_all": "all",
}
