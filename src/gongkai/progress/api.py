"""The door of progress: what other apps may use."""

from gongkai.progress.actions import record_progress, set_measures
from gongkai.progress.models import Entry, Ledger
from gongkai.progress.queries import entries_of, ledger_of, ledgers_of
from gongkai.progress.rules import Step

__all__ = [
    "Entry",
    "Ledger",
    "Step",
    "entries_of",
    "ledger_of",
    "ledgers_of",
    "record_progress",
    "set_measures",
]
