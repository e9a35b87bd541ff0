"""Who may see which mails and have them sent; what kinds of notices are called in a mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db.models import Q

from gongkai.accounts.api import Role, User, held_by, under
from gongkai.kernel.refusal import Refusal
from gongkai.notices.models import Mail
from gongkai.notices.states import MOVES, Hours, MailKind, MailState

_KINDS: dict[str, str] = {}
OTHER = "新消息"


def name_kinds(words: Mapping[str, str]) -> None:
    """Say what mails call the kinds of notices an app tells, as 到期提醒; never their sentence."""
    _KINDS.update(words)


def kind_word(kind: str) -> str:
    """Return what a mail calls a kind of notice."""
    return _KINDS.get(kind, OTHER)


def looked_after(user: User) -> tuple[str, ...]:
    """Return the paths of the units for whose accounts the person is platform administrator."""
    held = (h for h in held_by(user) if h.role is Role.PLATFORM_ADMIN)
    return tuple(sorted({h.unit.path for h in held}))


def mail_is_on() -> bool:
    """Say whether this installation sends mail at all."""
    return bool(settings.MAIL_HOST or settings.MAIL_FOLDER)


def mail_hours() -> Hours:
    """Return from when to when mails go out on a working day."""
    return Hours(*settings.MAIL_HOURS)


def sees_mails(user: User) -> bool:
    """Say whether the person looks after anybody's mails: a platform administrator."""
    return bool(looked_after(user))


def mails_visible_to(user: User) -> Q:
    """Return the condition for the mails of the people whose accounts this person looks after."""
    return under("user__body__path", looked_after(user))


def people_looked_after(user: User) -> Q:
    """Return the condition for the people whose accounts this person looks after."""
    return under("body__path", looked_after(user))


OFF = Refusal("notices.mail_off", "还没有配置邮件服务器，请运维人员设置后再试。")


def why_not_test(user: User) -> Iterator[Refusal]:
    """Yield why no test mail can be sent to the person themselves."""
    if not sees_mails(user):
        yield Refusal("notices.not_allowed", "测试邮件由平台管理员发送。")
    if not mail_is_on():
        yield OFF
    if not user.email:
        yield Refusal("notices.no_address", "您的账号没有邮箱，请先在“人员”里补上。")
    waiting = Mail.objects.filter(user=user, kind=MailKind.TEST, state=MailState.WAITING)
    if waiting.exists():
        yield Refusal("notices.test_waits", "上一封测试邮件还没有发出，请先看它的结果。")


def why_not_send_again(mail: Mail, *, actor: User) -> Iterator[Refusal]:
    """Yield why a mail cannot be sent again."""
    if not Mail.objects.filter(mails_visible_to(actor), pk=mail.pk).exists():
        yield Refusal("notices.not_yours", "这封邮件的收件人不归您管理。")
    if MailState(mail.state) not in MOVES["send_again"][0]:
        label = MailState(mail.state).label
        yield Refusal("notices.wrong_state", f"这封邮件“{label}”，只有未送达的可以重新发送。")
    if not mail.user.is_active:
        yield Refusal("notices.left", "收件人的账号已停用，不用再发。")
    elif not mail.user.email:
        yield Refusal("notices.no_address", "收件人没有邮箱，请先在“人员”里补上。")
    if not mail_is_on():
        yield OFF
