"""A run of the mailroom: mails that are due go out, outside any transaction.

Each mail is taken in one short transaction and its outcome kept in another. Killed between the
two, it is sent again under the same Message-ID; it is never forgotten.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import Role, User, people_of, posts_of
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.notices import queries, rules
from gongkai.notices.actions.carrier import Carrier, NotSent, RoomFailed
from gongkai.notices.actions.letters import compose
from gongkai.notices.actions.telling import tell
from gongkai.notices.models import Mail, MailChoice, Mailroom
from gongkai.notices.rules import Answer
from gongkai.notices.states import MailKind, MailState, Way
from gongkai.organisation.api import Unit, body_of

TELLS_AFTER = 5
"""When the server failed so often in a row, the administrators are told."""


def send_waiting() -> int:
    """Send the mails that are due, at most ``MAIL_PER_RUN``; return how many went out.

    When the server fails as a whole, the run ends and the next waits longer each time; the mails
    keep their turn.
    """
    sent, failure = 0, ""
    try:
        with Carrier() as carrier:
            due = queries.waiting(clock.now()).values_list("pk", flat=True)
            for pk in list(due[: settings.MAIL_PER_RUN]):
                sent += _send(pk, carrier)
    except RoomFailed as error:
        failure = str(error)
    _end_run(failure)
    return sent


def _send(pk: int, carrier: Carrier) -> bool:
    carrier.open()
    mail = _take(pk)
    if mail is None:
        return False
    try:
        carrier.send(compose(mail))
    except NotSent as problem:
        if problem.answer in (Answer.NO_MAILBOX, Answer.REFUSED):
            _fail(pk, problem)
        else:
            _put_off(pk, problem)
        if problem.answer is Answer.CLOSING:
            raise RoomFailed(problem.text) from problem
        return False
    except RoomFailed as problem:
        _put_off(pk, NotSent(Answer.LATER, None, str(problem)))
        raise
    _end(pk, MailState.SENT)
    return True


@transaction.atomic
def _take(pk: int) -> Mail | None:
    """Count the attempt and return the mail; None where it need not be sent any more."""
    mail = _waiting(pk)
    if mail is None:
        return None
    if _is_overtaken(mail):
        _close(mail, MailState.DROPPED)
        return None
    mail.address = mail.user.email
    mail.tries += 1
    mail.tried_at = clock.now()
    mail.save(update_fields=["address", "tries", "tried_at"])
    return mail


def _waiting(pk: int) -> Mail | None:
    rows = Mail.objects.select_for_update(of=("self",)).select_related("user__body")
    return rows.filter(pk=pk, state=MailState.WAITING).first()


def _is_overtaken(mail: Mail) -> bool:
    """Say whether all was read at the desk meanwhile, or the person gets no mail any more."""
    user = mail.user
    if not user.is_active or not user.email:
        return True
    if mail.kind == MailKind.TEST:
        return False
    unread = mail.notices.filter(read_at=None).exists()
    return not unread or queries.way_of(user) is Way.NONE


@transaction.atomic
def _end(pk: int, state: MailState) -> None:
    mail = _waiting(pk)
    if mail is not None:
        _close(mail, state)


def _close(mail: Mail, state: MailState, problem: NotSent | None = None) -> None:
    mail.state = state.value
    mail.ended_at = clock.now()
    mail.code = problem.code if problem else None
    mail.answer = problem.text if problem else ""
    mail.version += 1
    mail.save(update_fields=["state", "ended_at", "code", "answer", "version"])


@transaction.atomic
def _put_off(pk: int, problem: NotSent) -> None:
    """Let a mail wait longer than the last time; after days of it, it is not delivered."""
    mail = _waiting(pk)
    if mail is None:
        return
    now = clock.now()
    if rules.is_given_up(mail.made_at, now):
        _not_delivered(mail, problem)
        return
    mail.next_try_at = now + rules.wait_after(mail.tries)
    mail.code, mail.answer = problem.code, problem.text
    mail.save(update_fields=["next_try_at", "code", "answer"])


@transaction.atomic
def _fail(pk: int, problem: NotSent) -> None:
    mail = _waiting(pk)
    if mail is not None:
        _not_delivered(mail, problem)


def _not_delivered(mail: Mail, problem: NotSent) -> None:
    """Keep that a mail cannot be delivered, and tell who can do something about it.

    An address without a mailbox gets no further mail until it is corrected or tried again.
    """
    _close(mail, MailState.FAILED, problem)
    record(
        "notices.mail_failed",
        subject=mail,
        actor=None,
        unit=mail.user.body,
        mail_kind=MailKind(mail.kind).label,
        code=problem.code,
    )
    if problem.answer is Answer.NO_MAILBOX:
        refused = {"refused_address": mail.address, "refused_at": clock.now()}
        MailChoice.objects.update_or_create(user=mail.user, defaults=refused)
    _tell_administrators(mail)
    _tell_heads(mail)


def _tell_administrators(mail: Mail) -> None:
    if mail.user.body is None:
        return
    tell(
        people_of(mail.user.body, [Role.PLATFORM_ADMIN]),
        kind="notices.undelivered",
        subject=subject_key(mail),
        sentence=f"发给{mail.user.full_name}的邮件没有送达，请核对邮箱后重新发送。",
        url=reverse("notices:mails") + "?state=failed",
        key=_once(mail),
    )


def _tell_heads(mail: Mail) -> None:
    """Tell the heads of the person's units, else the openness office of the body."""
    if mail.kind == MailKind.TEST:
        return
    name = mail.user.full_name
    tell(
        _heads(mail.user),
        kind="notices.undelivered",
        subject=subject_key(mail),
        sentence=f"{name}的邮箱收不到提醒邮件，请当面提醒，并请平台管理员更正邮箱。",
        url=reverse("notices:list"),
        key=_once(mail),
    )


def _once(mail: Mail) -> str:
    return f"undelivered:{mail.user_id}:{mail.address}"[:160]


def _heads(user: User) -> list[User]:
    units: list[Unit] = [held.unit for held in posts_of(user)]
    found = {p.pk: p for unit in units for p in people_of(unit, [Role.SECTION_HEAD])}
    found.pop(user.pk, None)
    if not found:
        offices = [body_of(unit) for unit in units[:1]]
        found = {p.pk: p for body in offices for p in people_of(body, [Role.OPENNESS_OFFICE])}
        found.pop(user.pk, None)
    return list(found.values())


@transaction.atomic
def _end_run(failure: str) -> None:
    """Keep how the run ended, and let the next be ordered."""
    room, _ = Mailroom.objects.select_for_update().get_or_create(pk=1)
    now = clock.now()
    room.ordered = False
    if failure:
        room.tries += 1
        room.next_try_at = now + rules.room_wait(room.tries)
        room.failing_since_at = room.failing_since_at or now
        room.answer = failure[:300]
        _tell_of_failure(room)
    else:
        room.tries, room.next_try_at, room.failing_since_at, room.answer = 0, None, None, ""
        room.worked_at = now
    room.save()


def _tell_of_failure(room: Mailroom) -> None:
    """Tell every administrator, once for each time that the server stays away."""
    if room.tries < TELLS_AFTER or room.failing_since_at is None:
        return
    since = room.failing_since_at
    tell(
        queries.administrators(),
        kind="notices.room_failed",
        subject=subject_key(room),
        sentence="邮件服务器一直连不上，提醒邮件都在排队，请查看原因。",
        url=reverse("notices:mails"),
        key=f"room:{since.isoformat(timespec='seconds')}",
    )
