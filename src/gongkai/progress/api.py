"""The door of progress: what other apps may use."""

from gongkai.progress.actions import (
    ask_extension,
    record_progress,
    report,
    send_back,
    set_measures,
    strike_off,
)
from gongkai.progress.models import Entry, Extension, Ledger, Report
from gongkai.progress.policies import unsigned
from gongkai.progress.queries import (
    entries_of,
    is_under_way,
    ledger_of,
    ledgers_of,
    ready_for,
    reports_of,
    returned_to,
)
from gongkai.progress.rules import Step

__all__ = [
    "Entry",
    "Extension",
    "Ledger",
    "Report",
    "Step",
    "ask_extension",
    "entries_of",
    "is_under_way",
    "ledger_of",
    "ledgers_of",
    "ready_for",
    "record_progress",
    "report",
    "reports_of",
    "returned_to",
    "send_back",
    "set_measures",
    "strike_off",
    "unsigned",
]
