"""Who may look at the outbox and have parked work tried again; the answer comes from above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_GATE: list[Callable[[Any], bool]] = []


def page_gate(gate: Callable[[Any], bool]) -> None:
    """Say who may open the operators' page. Without a gate nobody may."""
    _GATE[:] = [gate]


def may_operate(user: Any) -> bool:
    """Whether the user may open the operators' page."""
    return bool(_GATE and _GATE[0](user))
