"""Every change to notices, instructions and their answers. One verb, one function."""

from gongkai.supervision.actions.answering import define_chain_if_missing, reply, settle
from gongkai.supervision.actions.ending import close, send_back, withdraw
from gongkai.supervision.actions.issuing import instruct, issue_notice

__all__ = [
    "close",
    "define_chain_if_missing",
    "instruct",
    "issue_notice",
    "reply",
    "send_back",
    "settle",
    "withdraw",
]
