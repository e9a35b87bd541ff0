"""The administrator's page of mails: how sending stands, what went out, what did not arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import user_of
from gongkai.audit import api as audit
from gongkai.notices import actions, policies, queries
from gongkai.notices.states import MailKind, MailState
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Act, Crumb, Empty, Fact, Status
from gongkai.ui.submitting import version_seen
from gongkai.ui.words import moment

if TYPE_CHECKING:
    from gongkai.notices.models import Mail

TONES = {
    MailState.WAITING: "wait",
    MailState.SENT: "good",
    MailState.FAILED: "binding",
    MailState.DROPPED: "off",
}


def _state(mail: Mail) -> Status:
    state = MailState(mail.state)
    return Status(state.label, TONES[state])


MAILS = Listing(
    name="mails",
    caption="邮件",
    model="notices.Mail",
    sort="-made_at",
    columns=[
        Column(
            "user",
            "收件人",
            value=lambda m: m.user.full_name,
            url=lambda m: reverse("notices:mail", args=[m.pk]),
        ),
        Column("kind", "邮件", value=lambda m: MailKind(m.kind).label),
        Column("state", "状态", value=_state),
        Column("count", "条数", value=lambda m: m.count or "—"),
        Column("made_at", "时间", kind="date"),
        Column("answer", "对方答复", value=lambda m: m.answer[:80] or "—"),
    ],
    filters=[
        Choice("state", "状态", MailState.pairs()),
        Choice("kind", "邮件", MailKind.pairs()),
    ],
    empty=Empty("还没有邮件", "有人该收到提醒邮件时，会列在这里。"),
)


@require_GET
def mails(request: HttpRequest) -> HttpResponseBase:
    """List the mails of one's people, with how sending stands."""
    user = _administrator(request)
    test = Act(
        "给自己发测试邮件", reverse("notices:test"), refusals=tuple(policies.why_not_test(user))
    )
    context = {
        "facts": _room_facts(user),
        "acts": [test],
        "failing": queries.room().answer,
        "off": not policies.mail_is_on(),
    }
    return MAILS.answer(request, queries.mails(user), "notices/mail_list.html", context)


def _administrator(request: HttpRequest) -> Any:
    user = user_of(request)
    if not policies.sees_mails(user):
        raise Http404
    return user


def _room_facts(user: Any) -> list[Fact]:
    room = queries.room()
    if settings.MAIL_FOLDER:
        way = f"演示：不发出，存放在{settings.MAIL_FOLDER}"
    elif settings.MAIL_HOST:
        way = f"{settings.MAIL_HOST}:{settings.MAIL_PORT}"
    else:
        way = "没有配置"
    facts = [
        Fact("邮件服务器", way),
        Fact("发件人", settings.MAIL_FROM or "没有配置"),
        Fact("上次正常发信", room.worked_at or "还没有"),
    ]
    if room.failing_since_at:
        said = f"{moment(room.failing_since_at)}起，已试{room.tries}次：{room.answer}"
        facts.append(Fact("发不出去", said))
        facts.append(Fact("下次再试", room.next_try_at))
    without = queries.without_address(user)
    if without:
        facts.append(Fact("没有邮箱的人", f"{without}人", url=reverse("accounts:people")))
    return facts


def _mail_or_404(request: HttpRequest, pk: int) -> Mail:
    found = queries.mail_or_none(_administrator(request), pk)
    if found is None:
        raise Http404
    return found


@require_GET
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of a mail; what stands in it is its reader's."""
    user = user_of(request)
    found = _mail_or_404(request, pk)
    again = Act(
        "重新发送",
        reverse("notices:send_again", args=[pk]),
        hidden={"version": found.version},
        refusals=tuple(policies.why_not_send_again(found, actor=user)),
        tone="primary",
    )
    state = MailState(found.state)
    context = {
        "crumbs": [Crumb("邮件", reverse("notices:mails")), Crumb(found.user.full_name)],
        "mail": found,
        "tone": TONES[state],
        "facts": _mail_facts(found),
        "acts": [again] if state is MailState.FAILED else [],
        "timeline": audit.timeline(found, limit=20),
    }
    return render(request, "notices/mail.html", context)


def _mail_facts(found: Mail) -> list[Fact]:
    person = reverse("accounts:person", args=[found.user_id])
    facts = [
        Fact("收件人", found.user.full_name, url=person),
        Fact("地址", found.address),
        Fact("邮件", MailKind(found.kind).label),
        Fact("消息", f"{found.count}条") if found.count else Fact("消息", "没有"),
        Fact("试发", f"{found.tries}次"),
    ]
    if found.answer:
        code = f"{found.code} " if found.code else ""
        facts.append(Fact("对方答复", f"{code}{found.answer}"))
    facts.append(Fact("Message-ID", found.message_id))
    return facts


@require_POST
def send_test(request: HttpRequest) -> HttpResponse:
    """Send a test mail to oneself."""
    actions.order_test(_administrator(request))
    messages.success(request, "测试邮件已排队，一分钟内发出，结果见下表。")
    return redirect("notices:mails")


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a mail again that was not delivered."""
    found = _mail_or_404(request, pk)
    actions.send_again(found, actor=user_of(request), expected=version_seen(request))
    messages.success(request, "已排队重新发送。")
    return redirect("notices:mail", pk)
