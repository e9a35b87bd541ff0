"""The door of supervision: what other apps may use."""

from gongkai.supervision.actions import close, instruct, issue_notice, reply, send_back, withdraw
from gongkai.supervision.models import Charge, Reply
from gongkai.supervision.queries import charges_of, to_answer, to_judge
from gongkai.supervision.states import ChargeState, Kind

__all__ = [
    "Charge",
    "ChargeState",
    "Kind",
    "Reply",
    "charges_of",
    "close",
    "instruct",
    "issue_notice",
    "reply",
    "send_back",
    "to_answer",
    "to_judge",
    "withdraw",
]
