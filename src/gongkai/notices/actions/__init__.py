"""The verbs of notices: telling, reading, choosing how mail comes, making mails, sending them."""

from gongkai.notices.actions.choosing import choose_way
from gongkai.notices.actions.mailing import make_due, order_test, send_again
from gongkai.notices.actions.sending import send_waiting
from gongkai.notices.actions.telling import (
    Together,
    hide,
    mark_all_read,
    mark_read,
    settle,
    tell,
    tell_together,
    tell_unit,
)

__all__ = [
    "Together",
    "choose_way",
    "hide",
    "make_due",
    "mark_all_read",
    "mark_read",
    "order_test",
    "send_again",
    "send_waiting",
    "settle",
    "tell",
    "tell_together",
    "tell_unit",
]
