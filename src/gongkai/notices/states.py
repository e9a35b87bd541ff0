"""How a notice presses, how a person wants mail, and the life of a mail, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from gongkai.kernel.words import Worded


class Urgency(Worded):
    """How a notice presses; it decides when a mail may speak of it."""

    ORDINARY = "ordinary", "一般"
    PRESSING = "pressing", "紧急"
    HOURLY = "hourly", "限时"
    """Its limit runs in hours, on days off and at night as well."""


class Way(Worded):
    """How a person wants to hear by mail of what was told in the product."""

    DIGEST = "digest", "每日汇总"
    AT_ONCE = "at_once", "即时"
    NONE = "none", "不发邮件"


class MailKind(Worded):
    """What a mail is."""

    DIGEST = "digest", "每日汇总"
    AT_ONCE = "at_once", "即时提醒"
    TEST = "test", "测试邮件"


class MailState(Worded):
    """Where a mail stands."""

    WAITING = "waiting", "待发"
    SENT = "sent", "已发出"
    FAILED = "failed", "未送达"
    DROPPED = "dropped", "不必再发"


MOVES: dict[str, tuple[frozenset[MailState], MailState]] = {
    "send": (frozenset({MailState.WAITING}), MailState.SENT),
    "put_off": (frozenset({MailState.WAITING}), MailState.WAITING),
    "fail": (frozenset({MailState.WAITING}), MailState.FAILED),
    "drop": (frozenset({MailState.WAITING}), MailState.DROPPED),
    "send_again": (frozenset({MailState.FAILED}), MailState.WAITING),
}
"""Verb → (from, to)."""

TELLS_FOR = timedelta(days=14)
"""What was told longer ago is in no mail any more; it stays in the product.

Longer than any holiday: what is told on its eve stands in the first digest after it.
"""

AT_ONCE_GAP = timedelta(minutes=10)
"""Between two mails at once to a person, so that a flood becomes one mail."""

GIVEN_UP_AFTER = timedelta(days=3)
"""A mail that the server puts off for so long counts as not delivered."""

MOST_LINES = 30
"""So many notices stand in a mail; of the others it gives the number."""


@dataclass(frozen=True)
class Hours:
    """From when to when mails go out on a working day."""

    morning: time
    evening: time


@dataclass(frozen=True)
class Brief:
    """What a mail may say of a notice: a number, a light, a day; no words of the record."""

    number: str = ""
    light: str = ""
    due_on: date | None = None


KINDS: dict[str, str] = {
    "notices.undelivered": "邮件未送达",
    "notices.room_failed": "邮件服务器故障",
}
"""What mails call the notices that this app tells itself."""

EVENTS: dict[str, str] = {
    "notices.way_chosen": "选定邮件方式",
    "notices.test_ordered": "发测试邮件",
    "notices.mail_failed": "邮件未送达",
    "notices.mail_ordered_again": "重新发送邮件",
}
"""Every event that this app records, with its Chinese label."""

FACT_LABELS: dict[str, str] = {"way": "方式", "mail_kind": "邮件", "code": "对方答复"}
"""The words of the facts that this app's events carry."""
