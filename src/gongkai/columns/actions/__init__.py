"""Every change to how columns are kept. One verb, one function, one transaction."""

from gongkai.columns.actions.freshness import refresh, refresh_for
from gongkai.columns.actions.keeping import (
    How,
    keep_column,
    load_fields,
    pair,
    resume,
    retire,
    set_upkeep,
    take_over,
    tell_change,
    unpair,
)

__all__ = [
    "How",
    "keep_column",
    "load_fields",
    "pair",
    "refresh",
    "refresh_for",
    "resume",
    "retire",
    "set_upkeep",
    "take_over",
    "tell_change",
    "unpair",
]
