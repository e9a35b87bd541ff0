"""For the walk over every address: what each address of audit is called with, who may see.

Roles are named by their values: accounts lies above.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from gongkai.audit import api


def _event(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    with transaction.atomic():
        event = api.record(
            "audit.looked",
            subject=side.section,
            actor=None,
            unit=side.section,
            fields=[],
            why="查看",
        )
    return {"pk": event.pk}


SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "audit:events": lambda world, own: {},
    "audit:event": _event,
}
ALLOWED: dict[str, Any] = {"audit:events": {"auditor"}, "audit:event": {"auditor"}}
