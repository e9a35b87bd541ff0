"""For the walk over every address: what each address of the outbox is called with, who may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.accounts.api import Role


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "outbox:status": _nothing,
    "outbox:retry": _nothing,
}
# The running system is one: an administrator of any body looks after it.
ALLOWED: dict[str, Any] = {name: {Role.PLATFORM_ADMIN} for name in SAMPLES}
