"""For the walk over every address: what each address of ui is called with and who may see it."""

from collections.abc import Callable
from typing import Any

SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "ui:gallery": lambda world, own: {},
    "ui:gallery_record": lambda world, own: {},
    "ui:gallery_progress": lambda world, own: {},
    "ui:gallery_refusal": lambda world, own: {},
}
# The gallery holds made-up content only and is there in debug, demo and tests alone.
ALLOWED: dict[str, Any] = dict.fromkeys(SAMPLES, "public")
