"""For the walk over every address: what each address of desk is called with and who may see it."""

from collections.abc import Callable
from typing import Any

SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "desk:home": lambda world, own: {},
    "desk:type_size": lambda world, own: {},
    "desk:health": lambda world, own: {},
}
ALLOWED: dict[str, Any] = {
    "desk:home": "all",
    "desk:type_size": "public",
    "desk:health": "public",
}
