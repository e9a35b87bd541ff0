"""The door of the columns: what other apps may use."""

from gongkai.columns.actions import (
    How,
    Watch,
    decline,
    keep_column,
    look,
    pair,
    refresh,
    repost,
    retire,
    set_review,
    set_upkeep,
    take_in,
    take_over,
    tell_change,
    watch,
)
from gongkai.columns.models import Proposal, Source, Upkeep
from gongkai.columns.queries import lines_of, needs, proposals, reposting_needs, upkeeps_of
from gongkai.columns.rules import Entry
from gongkai.columns.states import Freshness, ProposalState, Rhythm, SourceKind

__all__ = [
    "Entry",
    "Freshness",
    "How",
    "Proposal",
    "ProposalState",
    "Rhythm",
    "Source",
    "SourceKind",
    "Upkeep",
    "Watch",
    "decline",
    "keep_column",
    "lines_of",
    "look",
    "needs",
    "pair",
    "proposals",
    "refresh",
    "repost",
    "reposting_needs",
    "retire",
    "set_review",
    "set_upkeep",
    "take_in",
    "take_over",
    "tell_change",
    "upkeeps_of",
    "watch",
]
