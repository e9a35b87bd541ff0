"""For the walk over every address: what each address of files is called with, who may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.accounts.api import Role, User, scope_paths
from gongkai.files import api

PURPOSE = "files.walk"


def _sees(user: User, file: api.StoredFile) -> bool:
    return any(file.unit.path.startswith(path) for path in scope_paths(user))


def _file(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    api.declare_purpose(PURPOSE, kinds={"txt"}, max_bytes=100, may_see=_sees)
    stored = api.store(
        b"text", name="通知.txt", actor=side.officer, unit=side.section, purpose=PURPOSE
    )
    return {"pk": stored.pk}


SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {"files:download": _file}
# A purpose that goes by scope, as most do: whoever sees the unit's work sees its file.
ALLOWED: dict[str, Any] = {"files:download": set(Role) - {Role.PLATFORM_ADMIN}}
