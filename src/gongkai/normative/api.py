"""The door of the normative documents: what other apps may use."""

from gongkai.normative.actions import decide, register, relate
from gongkai.normative.queries import standing_of
from gongkai.normative.states import Decision, RelationKind, Validity

__all__ = [
    "Decision",
    "RelationKind",
    "Validity",
    "decide",
    "register",
    "relate",
    "standing_of",
]
