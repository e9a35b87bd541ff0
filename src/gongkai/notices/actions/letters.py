"""What stands in a mail: numbers, lights, days and links, never the words of a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from email.header import Header
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from gongkai.notices import policies, queries
from gongkai.notices.models import Mail, Notice
from gongkai.notices.states import MOST_LINES, MailKind, Urgency
from gongkai.ui import words

PRODUCT = "公开"


@dataclass(frozen=True)
class Line:
    """What a mail says of one notice."""

    what: str
    number: str
    light: str
    due_on: date | None
    url: str

    @property
    def said(self) -> str:
        """The line in words, parted by wide blanks."""
        day = words.full_day(self.due_on) if self.due_on else ""
        return "　".join(part for part in (self.what, self.number, self.light, day) if part)


def compose(mail: Mail) -> EmailMultiAlternatives:
    """Write a mail as text and as plain HTML, under its permanent Message-ID."""
    notices = queries.lines_of(mail)
    context = _context(mail, notices)
    name = "test" if mail.kind == MailKind.TEST else "notices"
    message = EmailMultiAlternatives(
        subject=_encoded(f"【{PRODUCT}】{_heading(mail, notices)}"),
        body=render_to_string(f"notices/mail/{name}.txt", context),
        from_email=settings.MAIL_FROM,
        to=[mail.address],
        headers={
            "Message-ID": mail.message_id,
            "Date": http_date(mail.made_at.timestamp()).replace("GMT", "+0000"),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": "zh-CN",
        },
    )
    message.attach_alternative(render_to_string(f"notices/mail/{name}.html", context), "text/html")
    return message


def _encoded(subject: str) -> str:
    """Encode a subject so that its first word stands on the line of its name (RFC 2047, 2).

    Left to itself it is folded behind the colon, and some programs show the fold as a blank.
    """
    return Header(subject, "utf-8", header_name="Subject").encode().replace("\n ", " ")


def _heading(mail: Mail, notices: list[Notice]) -> str:
    if mail.kind == MailKind.TEST:
        return "测试邮件"
    n = len(notices)
    pressing = sum(notice.urgency != Urgency.ORDINARY for notice in notices)
    if mail.kind == MailKind.AT_ONCE:
        return f"{n}件急事请尽快办理"
    ahead = f"，其中{pressing}件紧急" if pressing else ""
    day = f"{mail.for_on.month}月{mail.for_on.day}日" if mail.for_on else ""
    return f"{day}汇总：{n}条未读消息{ahead}"


def _context(mail: Mail, notices: list[Notice]) -> dict[str, Any]:
    return {
        "name": mail.user.full_name,
        "at": timezone.localtime(mail.made_at),
        "count": len(notices),
        "at_once": mail.kind == MailKind.AT_ONCE,
        "lines": [_line(notice) for notice in notices[:MOST_LINES]],
        "left": max(len(notices) - MOST_LINES, 0),
        "all_url": _address(reverse("notices:list")),
        "settings_url": _address(reverse("notices:settings")),
        "home_url": _address("/"),
    }


def _line(notice: Notice) -> Line:
    return Line(
        what=policies.kind_word(notice.kind),
        number=notice.number,
        light=notice.light,
        due_on=notice.due_on,
        url=_address(reverse("notices:open", args=[notice.pk])),
    )


def _address(path: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{path}"
