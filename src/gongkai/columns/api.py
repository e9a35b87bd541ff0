"""The door of the columns: what other apps may use."""

from gongkai.columns.actions import (
    How,
    keep_column,
    pair,
    refresh,
    set_upkeep,
    take_over,
    tell_change,
)
from gongkai.columns.models import Upkeep
from gongkai.columns.queries import lines_of, needs, upkeeps_of
from gongkai.columns.states import Freshness, Rhythm

__all__ = [
    "Freshness",
    "How",
    "Rhythm",
    "Upkeep",
    "keep_column",
    "lines_of",
    "needs",
    "pair",
    "refresh",
    "set_upkeep",
    "take_over",
    "tell_change",
    "upkeeps_of",
]
