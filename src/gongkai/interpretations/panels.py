"""What apps above tell of a policy: the documents that it takes the place of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PredecessorSource = Callable[[Any, Any], list[Any]]
"""Asked with the user and the item; returns the published editions of what it replaces."""

PREDECESSORS: dict[str, PredecessorSource] = {}


def add_predecessors(name: str, source: PredecessorSource) -> None:
    """Let an app above name what a policy is compared with clause by clause; again replaces it."""
    PREDECESSORS[name] = source
