"""For the walk over every address: what each address of richtext is called with and who may."""

from collections.abc import Callable
from typing import Any

SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "richtext:clean": lambda world, own: {},
    "richtext:specimen": lambda world, own: {},
    "richtext:specimen_images": lambda world, own: {},
}
POST_ONLY = ("richtext:clean",)
# The specimen holds made-up content only and is there in debug, demo and tests alone.
ALLOWED: dict[str, Any] = {"richtext:specimen": "public", "richtext:specimen_images": "public"}
