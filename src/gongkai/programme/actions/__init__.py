"""Every change to documents, proposals and tasks. One verb, one function, one transaction."""

from gongkai.programme.actions.binding import bind, send_for_signature
from gongkai.programme.actions.closing import make_ready, send_back, strike_off, take_done
from gongkai.programme.actions.handed import take_handed_down
from gongkai.programme.actions.handover import follow_duty, hand_over
from gongkai.programme.actions.intake import (
    receive_document,
    report_unreadable,
    take_reading,
    withdraw,
)
from gongkai.programme.actions.names import create_unit_for, settle_name
from gongkai.programme.actions.review import (
    accept,
    accept_clear,
    correct,
    drop,
    merge,
    restore,
    split,
)
from gongkai.programme.actions.work import (
    add_evidence,
    end_evidence,
    note_evidence,
    record_trigger,
    report_done,
    set_superior_date,
)

__all__ = [
    "accept",
    "accept_clear",
    "add_evidence",
    "bind",
    "correct",
    "create_unit_for",
    "drop",
    "end_evidence",
    "follow_duty",
    "hand_over",
    "make_ready",
    "merge",
    "note_evidence",
    "receive_document",
    "record_trigger",
    "report_done",
    "report_unreadable",
    "restore",
    "send_back",
    "send_for_signature",
    "set_superior_date",
    "settle_name",
    "split",
    "strike_off",
    "take_done",
    "take_handed_down",
    "take_reading",
    "withdraw",
]
