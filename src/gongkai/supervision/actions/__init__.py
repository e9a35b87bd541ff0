"""Every change to charges, their answers, and what is handed down. One verb, one function."""

from gongkai.supervision.actions.answering import define_chain_if_missing, reply, settle
from gongkai.supervision.actions.ending import close, send_back, withdraw
from gongkai.supervision.actions.handing import (
    answer,
    ask_back,
    follow_superior,
    hand_down,
    take,
    tell_superior_of_end,
    withdraw_handing,
)
from gongkai.supervision.actions.heirs import hand_over_charges
from gongkai.supervision.actions.issuing import instruct, issue_notice

__all__ = [
    "answer",
    "ask_back",
    "close",
    "define_chain_if_missing",
    "follow_superior",
    "hand_down",
    "hand_over_charges",
    "instruct",
    "issue_notice",
    "reply",
    "send_back",
    "settle",
    "take",
    "tell_superior_of_end",
    "withdraw",
    "withdraw_handing",
]
