"""The door of progress: what other apps may use."""

from gongkai.progress.actions import (
    ask_extension,
    key_in_progress,
    record_progress,
    report,
    send_back,
    set_measures,
    strike_off,
)
from gongkai.progress.models import Entry, Extension, Ledger, Report
from gongkai.progress.policies import Said, unsigned
from gongkai.progress.queries import (
    entries_of,
    is_under_way,
    latest_of,
    ledger_of,
    ledgers_of,
    ready_for,
    reports_of,
    returned_to,
)
from gongkai.progress.rules import Step
from gongkai.progress.states import SentState

__all__ = [
    "Entry",
    "Extension",
    "Ledger",
    "Report",
    "Said",
    "SentState",
    "Step",
    "ask_extension",
    "entries_of",
    "is_under_way",
    "key_in_progress",
    "latest_of",
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
