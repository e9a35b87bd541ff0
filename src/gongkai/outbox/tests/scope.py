"""For the walk over every address: what each address of the outbox is called with, who may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "outbox:status": _nothing,
    "outbox:retry": _nothing,
}
# The running system is one: an administrator of any body looks after it. The role by its value,
# for the outbox stands below the accounts.
ALLOWED: dict[str, Any] = {name: {"platform_admin"} for name in SAMPLES}
