"""Rows of the outbox: messages, numbering, cursors, errands, ticks, progress; no decisions."""

from __future__ import annotations

from django.db import models

SUBJECT_LENGTH = 120
NAME_LENGTH = 80


class Message(models.Model):
    """Something happened to a subject; written in the transaction in which it happened.

    ``position`` is empty until the sequencer has seen the row committed.
    """

    topic = models.CharField(max_length=NAME_LENGTH)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    data = models.JSONField(default=dict)
    put_at = models.DateTimeField()
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["put_at"], name="outbox_message_put_at")]

    def __str__(self) -> str:
        return f"{self.position or '–'} {self.topic} {self.subject}"


class Sequence(models.Model):
    """One row: the last position given. Who numbers holds it."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)


class Cursor(models.Model):
    """Up to which position a consumer's messages have become errands."""

    consumer = models.CharField(max_length=NAME_LENGTH, unique=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.consumer} {self.position}"


class Errand(models.Model):
    """What a consumer has still to do about one subject; gone when it is done.

    Only the oldest errand of a consumer and subject may run: that keeps the order. With
    ``tries`` above 0 it is parked and waits for ``next_try_at``; later ones wait behind it.
    """

    consumer = models.CharField(max_length=NAME_LENGTH)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    topics = models.JSONField()
    position = models.BigIntegerField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True, default="")
    failed_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=120, blank=True, default="")
    held_until = models.DateTimeField(null=True, db_index=True)
    starts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consumer", "subject", "position"], name="outbox_errand_once"
            )
        ]
        indexes = [models.Index(fields=["consumer", "next_try_at", "id"], name="outbox_errand_due")]

    def __str__(self) -> str:
        return f"{self.consumer} {self.subject} ({self.tries})"


class Tick(models.Model):
    """When a ticker is called next, and what went wrong last."""

    name = models.CharField(max_length=NAME_LENGTH, unique=True)
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True, default="")
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Progress(models.Model):
    """How far a long piece of work is, for the page that waits for it."""

    key = models.CharField(max_length=SUBJECT_LENGTH, unique=True)
    label = models.CharField(max_length=200)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=500, blank=True, default="")
    begun_at = models.DateTimeField()
    stepped_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key} {self.done}/{self.total}"
