"""Notices to people and the mails that speak of them; rows and constraints, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.notices.states import MailKind, MailState, Urgency, Way


class Mail(Versioned):
    """A mail to a person: what is sent, under which permanent ``message_id``, how often tried.

    ``digest_of`` names the person and the day of a digest and is null for other mails: its
    uniqueness lets nobody get two digests a day.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=8, choices=MailKind.pairs())
    state = models.CharField(
        max_length=8, choices=MailState.pairs(), default=MailState.WAITING.value
    )
    address = models.CharField(max_length=254)
    message_id = models.CharField(max_length=150, unique=True)
    for_on = models.DateField(null=True)
    """The day of a digest; None for other mails."""
    count = models.PositiveIntegerField(default=0)
    digest_of = models.CharField(max_length=40, null=True, unique=True)
    made_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    code = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_try_at", "id"], name="notices_mail_due"),
            models.Index(fields=["user", "for_on"], name="notices_mail_day"),
            models.Index(fields=["user", "kind", "-made_at"], name="notices_mail_user"),
            models.Index(fields=["state", "-id"], name="notices_mail_state"),
            models.Index(fields=["kind", "-id"], name="notices_mail_kind"),
            models.Index(fields=["-made_at", "-id"], name="notices_mail_made"),
        ]

    def __str__(self) -> str:
        return MailKind(self.kind).label


class Notice(models.Model):
    """Something the product told a person once; ``key`` makes telling it again harmless.

    ``number``, ``light`` and ``due_on`` are all that a mail says of it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    sentence = models.CharField(max_length=400)
    url = models.CharField(max_length=300)
    key = models.CharField(max_length=160)
    urgency = models.CharField(
        max_length=8, choices=Urgency.pairs(), default=Urgency.ORDINARY.value
    )
    number = models.CharField(max_length=40, blank=True, default="")
    light = models.CharField(max_length=20, blank=True, default="")
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="notices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notices_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_user"),
            models.Index(fields=["user", "read_at", "-id"], name="notices_unread"),
            models.Index(fields=["subject", "kind", "created_at"], name="notices_subject"),
            models.Index(fields=["user", "mail", "read_at", "created_at"], name="notices_for_mail"),
        ]

    def __str__(self) -> str:
        return self.sentence


class NoticePart(models.Model):
    """One of several things that a joint notice tells of; told to a person once under its key."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="parts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=160)
    label = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notices_part_once")]

    def __str__(self) -> str:
        return self.label


class MailChoice(Versioned):
    """How a person wants mail, and the address at which no mailbox was found."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mail_choice"
    )
    way = models.CharField(max_length=8, choices=Way.pairs(), default=Way.DIGEST.value)
    refused_address = models.CharField(max_length=254, blank=True, default="")
    refused_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return Way(self.way).label


class Mailroom(models.Model):
    """One row: whether a run of sending is ordered, and since when the server does not answer."""

    ordered = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    failing_since_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")
    worked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.answer or "正常"
