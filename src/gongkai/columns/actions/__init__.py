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
from gongkai.columns.actions.reposting import decline, follow_item, reopen_proposal, repost
from gongkai.columns.actions.reviewing import enter_review, follow_review, set_review
from gongkai.columns.actions.watching import (
    Watch,
    ask_look,
    end_source,
    look,
    look_at_due,
    set_source,
    take_in,
    watch,
)

__all__ = [
    "How",
    "Watch",
    "ask_look",
    "decline",
    "end_source",
    "enter_review",
    "follow_item",
    "follow_review",
    "keep_column",
    "load_fields",
    "look",
    "look_at_due",
    "pair",
    "refresh",
    "refresh_for",
    "reopen_proposal",
    "repost",
    "resume",
    "retire",
    "set_review",
    "set_source",
    "set_upkeep",
    "take_in",
    "take_over",
    "tell_change",
    "unpair",
    "watch",
]
