"""What the worker does for mail: makes what is due, and runs the mailroom when it is ordered."""

from __future__ import annotations

from datetime import datetime

from gongkai.notices import actions
from gongkai.outbox import api as outbox


@outbox.ticker("notices.mail", every=20.0, label="汇总提醒邮件")
def make_mails(now: datetime) -> int:
    """Make the mails whose time has come; a batch each time."""
    return actions.make_due(now)


@outbox.consumer(
    "notices.mailroom",
    topics=["notices.mail_due"],
    own_transactions=True,
    label="发送提醒邮件",
)
def run_mailroom(subject: str, topics: set[str]) -> None:
    """Send what is due; runs never overlap, since all are of one subject."""
    actions.send_waiting()
