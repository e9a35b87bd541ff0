"""Reads of notices and mails: a person sees their own, an administrator those of their people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from gongkai.accounts.api import Post, Role, User
from gongkai.kernel import clock
from gongkai.notices import policies
from gongkai.notices.models import Mail, MailChoice, Mailroom, Notice
from gongkai.notices.states import AT_ONCE_GAP, TELLS_FOR, MailKind, MailState, Urgency, Way

MOST_COUNTED = 99
"""More unread notices than this are shown as 99+; counting stops there."""


def visible_to(user: User) -> QuerySet[Notice]:
    """Return the person's own notices."""
    return Notice.objects.filter(user=user)


def unread_count(user: User) -> int:
    """Count what the person has not read, up to one more than ``MOST_COUNTED``."""
    rows = visible_to(user).filter(read_at=None).values("pk")[: MOST_COUNTED + 1]
    return len(rows)


def notice_or_none(user: User, pk: int) -> Notice | None:
    """Return the person's own notice."""
    return visible_to(user).filter(pk=pk).first()


@dataclass(frozen=True)
class Told:
    """That something was told: when first, and what."""

    at: datetime
    sentence: str


def told_of(subjects: Iterable[str], *, kind: str) -> dict[str, list[Told]]:
    """Return what was told of each subject, once each, oldest first; not whom it was told to."""
    rows = Notice.objects.filter(subject__in=list(subjects), kind=kind)
    said = rows.values_list("subject", "sentence").annotate(at=Min("created_at"))
    found: dict[str, list[Told]] = {}
    for subject, sentence, at in said.order_by("at"):
        found.setdefault(subject, []).append(Told(at, sentence))
    return found


# -- mails to be made ----------------------------------------------------------------------------


def for_mail(now: datetime) -> QuerySet[Notice]:
    """Return what no mail has spoken of and nobody has read, told in the last days."""
    since = now - TELLS_FOR
    return Notice.objects.filter(mail=None, read_at=None, created_at__gt=since, created_at__lt=now)


def due_a_digest(morning: datetime, most: int) -> list[User]:
    """Return people who have not got the digest of a morning, though something waited for it.

    What is told in the course of the day waits for the next.
    """
    had = Mail.objects.filter(user=OuterRef("pk"), for_on=clock.day_of(morning))
    waits = for_mail(morning).filter(user=OuterRef("pk"))
    rows = _reached().filter(~Exists(had), Exists(waits))
    return list(rows.order_by("pk")[:most])


def due_at_once(now: datetime, urgencies: Collection[Urgency], most: int) -> list[User]:
    """Return people who want to hear at once, of whom something of these urgencies waits."""
    just_now = Mail.objects.filter(
        user=OuterRef("pk"), kind=MailKind.AT_ONCE, made_at__gt=now - AT_ONCE_GAP
    )
    waits = for_mail(now).filter(user=OuterRef("pk"), urgency__in=urgencies)
    rows = _reached().filter(mail_choice__way=Way.AT_ONCE)
    return list(rows.filter(~Exists(just_now), Exists(waits)).order_by("pk")[:most])


def _reached() -> QuerySet[User]:
    """Return the people with an account in use and an address who have not refused mail."""
    refuses = Q(way=Way.NONE) | (~Q(refused_address="") & Q(refused_address=F("user__email")))
    no_mail = MailChoice.objects.filter(refuses, user=OuterRef("pk"))
    return User.objects.filter(~Exists(no_mail), is_active=True).exclude(email="")


def waiting(now: datetime) -> QuerySet[Mail]:
    """Return the mails whose time to be sent has come, in order."""
    rows = Mail.objects.filter(state=MailState.WAITING, next_try_at__lte=now)
    return rows.order_by("next_try_at", "id")


def lines_of(mail: Mail) -> list[Notice]:
    """Return what a mail speaks of, what presses and is due first."""
    order = {Urgency.HOURLY: 0, Urgency.PRESSING: 1, Urgency.ORDINARY: 2}
    rows = mail.notices.order_by("id")
    return sorted(rows, key=lambda n: (order[Urgency(n.urgency)], n.due_on or date.max, n.pk))


# -- pages ---------------------------------------------------------------------------------------


def way_of(user: User) -> Way:
    """Return how the person wants mail."""
    choice = MailChoice.objects.filter(user=user).first()
    return Way(choice.way) if choice else Way.DIGEST


def is_refused(user: User) -> bool:
    """Say whether no mailbox was found at the person's present address."""
    rows = MailChoice.objects.filter(user=user, refused_address=user.email)
    return bool(user.email) and rows.exists()


def last_mail(user: User) -> Mail | None:
    """Return the last mail made for the person."""
    return Mail.objects.filter(user=user).order_by("-made_at", "-id").first()


def mails(user: User) -> QuerySet[Mail]:
    """Return the mails of the people whose accounts this person looks after."""
    return Mail.objects.filter(policies.mails_visible_to(user)).select_related("user")


def mail_or_none(user: User, pk: int) -> Mail | None:
    """Return one of those mails."""
    return mails(user).filter(pk=pk).first()


def room() -> Mailroom:
    """Return how the sending stands."""
    return Mailroom.objects.first() or Mailroom()


def without_address(user: User) -> int:
    """Count the people in use of whom this administrator has no address, up to a thousand."""
    rows = User.objects.filter(policies.people_looked_after(user), is_active=True, email="")
    return len(rows.values("pk")[:1000])


def administrators() -> QuerySet[User]:
    """Return all platform administrators now in office."""
    today = clock.today()
    posts = Post.objects.filter(
        Q(until_on=None) | Q(until_on__gt=today),
        user=OuterRef("pk"),
        role=Role.PLATFORM_ADMIN,
        from_on__lte=today,
    )
    return User.objects.filter(Exists(posts), is_active=True).order_by("pk")
