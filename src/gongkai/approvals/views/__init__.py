"""The pages of signing: what waits, what was signed and sent, one round with its chain."""

from gongkai.approvals.views.chains import chain_list, chain_page
from gongkai.approvals.views.lists import sent, signed, waiting
from gongkai.approvals.views.rounds import hand_on, round_page, send_back, sign

__all__ = [
    "chain_list",
    "chain_page",
    "hand_on",
    "round_page",
    "send_back",
    "sent",
    "sign",
    "signed",
    "waiting",
]
