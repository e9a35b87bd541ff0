"""For the walk over every address: what each address of calendars is called with, who may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.accounts.api import Role

SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "calendars:index": lambda world, own: {},
    "calendars:year": lambda world, own: {"year": 2026},
    "calendars:versions": lambda world, own: {},
    "calendars:version": lambda world, own: {"number": 1},
    "calendars:edit": lambda world, own: {"year": 2027},
    "calendars:import": lambda world, own: {},
}
# The calendar is one for the whole platform: no unit owns it, so "own" and "other" are alike.
EDITORS = {Role.OPENNESS_OFFICE, Role.PLATFORM_ADMIN}
ALLOWED: dict[str, Any] = {
    "calendars:index": "all",
    "calendars:year": "all",
    "calendars:versions": "all",
    "calendars:version": "all",
    "calendars:edit": EDITORS,
    "calendars:import": EDITORS,
}
