"""Mails are made: the day's digests, what presses, a test; and a run of the mailroom is ordered.

Nothing is sent here: a mail is a row first, made in one transaction with the notices it speaks of.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.calendars.api import working_calendar
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices import policies, queries, rules
from gongkai.notices.models import Mail, MailChoice, Mailroom, Notice
from gongkai.notices.states import MailKind, MailState, Urgency
from gongkai.outbox.api import put

BATCH = 100
"""So many people get their mails made in one transaction."""

PRESSES = (Urgency.PRESSING, Urgency.HOURLY)


@transaction.atomic
def make_due(now: datetime) -> int:
    """Make the mails whose time has come, a batch; when none is left, order them to be sent.

    Digests come first and take along what presses. Days off and nights are quiet but for limits
    that run in hours. Returns how many mails were made, or 1 for an order.
    """
    if not policies.mail_is_on():
        return 0
    local = timezone.localtime(now)
    working = working_calendar().is_working(local.date())
    hours = policies.mail_hours()
    if rules.is_open(local, working=working, hours=hours):
        morning = datetime.combine(local, hours.morning, local.tzinfo)
        made = _make(queries.due_a_digest(morning, BATCH), MailKind.DIGEST, now)
        made = made or _make_at_once(now, PRESSES)
    else:
        made = _make_at_once(now, (Urgency.HOURLY,))
    return made or _order(now)


def _make_at_once(now: datetime, urgencies: Collection[Urgency]) -> int:
    people = queries.due_at_once(now, urgencies, BATCH)
    return _make(people, MailKind.AT_ONCE, now, urgencies)


def _make(
    people: Sequence[User],
    kind: MailKind,
    now: datetime,
    urgencies: Collection[Urgency] = tuple(Urgency),
) -> int:
    """Make a mail for each of these people of all that waits for them."""
    if not people:
        return 0
    rows = queries.for_mail(now).filter(user__in=people, urgency__in=urgencies)
    found: dict[int, list[int]] = {}
    for pk, user in rows.select_for_update().order_by("pk").values_list("pk", "user_id"):
        found.setdefault(user, []).append(pk)
    day = timezone.localdate(now) if kind is MailKind.DIGEST else None
    made = [
        _mail(p, kind, now, for_on=day, count=len(found[p.pk])) for p in people if p.pk in found
    ]
    for mail in Mail.objects.bulk_create(made):
        Notice.objects.filter(pk__in=found[mail.user_id]).update(mail=mail)
    return len(made)


def _mail(
    user: User, kind: MailKind, now: datetime, *, for_on: date | None = None, count: int = 0
) -> Mail:
    domain = settings.MAIL_FROM.rpartition("@")[2].strip(" >") or "gongkai.invalid"
    return Mail(
        user=user,
        kind=kind.value,
        for_on=for_on,
        digest_of=f"{user.pk}:{for_on:%Y-%m-%d}" if for_on else None,
        address=user.email,
        message_id=f"<{uuid4().hex}@{domain}>",
        made_at=now,
        next_try_at=now,
        count=count,
    )


def _order(now: datetime) -> int:
    """Order a run of the mailroom where mails wait, unless one is ordered or the server rests."""
    if not queries.waiting(now).exists():
        return 0
    Mailroom.objects.get_or_create(pk=1)
    free = Q(next_try_at=None) | Q(next_try_at__lte=now)
    if not Mailroom.objects.filter(free, pk=1, ordered=False).update(ordered=True):
        return 0
    put("notices.mail_due", subject=subject_key(Mailroom.objects.get(pk=1)))
    return 1


@transaction.atomic
def order_test(user: User) -> Mail:
    """Let a test mail be sent to the administrator who asks. Raises ``Refused``."""
    refuse_if(policies.why_not_test(user))
    mail = _mail(user, MailKind.TEST, clock.now())
    mail.save()
    record("notices.test_ordered", subject=mail, actor=user, unit=user.body)
    return mail


@transaction.atomic
def send_again(mail: Mail, *, actor: User, expected: int) -> Mail:
    """Send a mail again that was not delivered, under its old Message-ID, to the present address.

    That the mailbox was refused is forgotten: if it is not there still, it is found out anew.
    """
    mail = lock(mail, expected=expected)
    refuse_if(policies.why_not_send_again(mail, actor=actor))
    now = clock.now()
    mail.state = MailState.WAITING.value
    mail.address, mail.made_at, mail.next_try_at = mail.user.email, now, now
    mail.tries, mail.ended_at, mail.code, mail.answer = 0, None, None, ""
    mail.save()
    MailChoice.objects.filter(user=mail.user).update(refused_address="", refused_at=None)
    word = MailKind(mail.kind).label
    body = mail.user.body
    record("notices.mail_ordered_again", subject=mail, actor=actor, unit=body, mail_kind=word)
    return mail
