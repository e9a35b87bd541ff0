"""What can be done to reports: handed in and checked, drafted from the records, issued."""

from gongkai.reports.actions.checking import (
    PURPOSE,
    receive_document,
    receive_report,
    report_unreadable,
    set_aside,
    take_figures,
    take_up,
)
from gongkai.reports.actions.drafting import head, redraft, refresh, rewrite, start_draft
from gongkai.reports.actions.issuing import (
    PAPER,
    TEMPLATE,
    abandon,
    drop_template,
    hand_on,
    issue,
    make_papers,
    set_template,
)

__all__ = [
    "PAPER",
    "PURPOSE",
    "TEMPLATE",
    "abandon",
    "drop_template",
    "hand_on",
    "head",
    "issue",
    "make_papers",
    "receive_document",
    "receive_report",
    "redraft",
    "refresh",
    "report_unreadable",
    "rewrite",
    "set_aside",
    "set_template",
    "start_draft",
    "take_figures",
    "take_up",
]
