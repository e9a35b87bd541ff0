"""The door of supervision: what other apps may use."""

from gongkai.supervision.actions import (
    answer,
    ask_back,
    close,
    hand_down,
    instruct,
    issue_notice,
    reply,
    send_back,
    take,
    withdraw,
    withdraw_handing,
)
from gongkai.supervision.models import Charge, Handing, Reply
from gongkai.supervision.queries import (
    charges_of,
    handed_from,
    handings_of,
    to_answer,
    to_explain,
    to_judge,
    to_receive,
)
from gongkai.supervision.states import ChargeState, HandingState, Kind

__all__ = [
    "Charge",
    "ChargeState",
    "Handing",
    "HandingState",
    "Kind",
    "Reply",
    "answer",
    "ask_back",
    "charges_of",
    "close",
    "hand_down",
    "handed_from",
    "handings_of",
    "instruct",
    "issue_notice",
    "reply",
    "send_back",
    "take",
    "to_answer",
    "to_explain",
    "to_judge",
    "to_receive",
    "withdraw",
    "withdraw_handing",
]
