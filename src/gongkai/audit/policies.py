"""Which events may be recorded and who may read which; holds the registries apps fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from gongkai.audit import rules

Gate = Callable[[Any], Sequence[str] | None]

_LABELS: dict[str, str] = {}
_GATE: list[Gate] = []


class UndeclaredEvent(LookupError):
    """An event that no app has declared."""


def declare_events(events: Mapping[str, str]) -> None:
    """Enter an app's events with their Chinese labels; called when the app starts.

    Raises ``ValueError`` when an event is declared already with another label.
    """
    for event, label in events.items():
        if _LABELS.setdefault(event, label) != label:
            raise ValueError(f"event {event!r} is declared already as {_LABELS[event]!r}")


def label_of(event: str) -> str:
    """Return an event's label; an event of an app no longer there is its own label."""
    return _LABELS.get(event, event)


def require_declared(event: str) -> None:
    """Raise ``UndeclaredEvent`` for an event that is in no app's ``states.EVENTS``."""
    if event not in _LABELS:
        raise UndeclaredEvent(f"{event!r} is undeclared; enter it in your app's states.EVENTS")


def event_choices() -> list[tuple[str, str]]:
    """Return every declared event with its label, by code."""
    return sorted(_LABELS.items())


def page_gate(gate: Gate) -> None:
    """Say who may read the trail: path prefixes of the user's units, or None for nobody.

    ``""`` among the prefixes means everything. Without a gate nobody may.
    """
    _GATE[:] = [gate]


def may_read(user: Any) -> bool:
    """Whether the user may open the auditor's list."""
    return _paths(user) is not None


def visible_to(user: Any) -> Q:
    """Return the condition for events the user may read in the auditor's list.

    What belongs to no unit is read by those whose scope reaches the top of a tree.
    """
    paths = _paths(user)
    if not paths:
        return Q(pk__in=())
    found = Q(pk__in=())
    for path in paths:
        found |= Q(unit_path__startswith=path)
    return found | Q(unit_path="") if rules.widest(paths) else found


def _paths(user: Any) -> Sequence[str] | None:
    return _GATE[0](user) if _GATE else None
