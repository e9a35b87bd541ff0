"""The arithmetic of columns: freshness, what a source holds, how late we reposted; pure."""

from gongkai.columns.rules.delay import delay_words, working_minutes
from gongkai.columns.rules.entries import Entry, Unreadable, bad_pattern, read_feed, read_page
from gongkai.columns.rules.freshness import (
    Month,
    Stretch,
    first_due,
    in_words,
    incomplete,
    late_stretches,
    months_later,
    next_due,
    strip,
    wrong_amount,
)
from gongkai.columns.rules.guide import guide_missing

__all__ = [
    "Entry",
    "Month",
    "Stretch",
    "Unreadable",
    "bad_pattern",
    "delay_words",
    "first_due",
    "guide_missing",
    "in_words",
    "incomplete",
    "late_stretches",
    "months_later",
    "next_due",
    "read_feed",
    "read_page",
    "strip",
    "working_minutes",
    "wrong_amount",
]
