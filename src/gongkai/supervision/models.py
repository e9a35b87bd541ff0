"""Notices and instructions with their replies, and tasks handed down; rows only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.supervision.states import ChargeState, HandingState, Kind, ReplyState


class Charge(Versioned):
    """What one unit has to answer: a notice of the openness office, or a leader's instruction."""

    kind = models.CharField(max_length=12, choices=Kind.pairs())
    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    """Whose programme the tasks are of."""
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    tasks = models.ManyToManyField("programme.Task", related_name="charges")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    """Counted within body, kind and year."""
    number = models.CharField(max_length=60)
    """As it was written when issued; a later pattern changes later numbers only."""
    text = models.TextField()
    days = models.PositiveSmallIntegerField(null=True)
    """Working days to answer within; None where an instruction sets no limit."""
    duty = models.OneToOneField("duties.Duty", models.PROTECT, null=True, related_name="charge")
    state = models.CharField(max_length=10, choices=ChargeState.pairs(), default=ChargeState.OPEN)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    """For whom a stand-in issued it."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    conclusion = models.TextField(blank=True)
    """What the office found at the end, or why it was withdrawn."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "year", "serial"], name="supervision_number_once"
            )
        ]
        indexes = [
            models.Index(fields=["body", "-issued_at", "-id"], name="supervision_issued"),
            models.Index(fields=["body", "state", "-id"], name="supervision_state"),
            models.Index(fields=["body", "kind", "-id"], name="supervision_kind"),
            models.Index(fields=["unit", "state", "-id"], name="supervision_unit_state"),
        ]

    def __str__(self) -> str:
        return self.number


class Reply(models.Model):
    """What the unit answered; each sending is a row of its own, so that none is lost."""

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="replies")
    serial = models.PositiveSmallIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    """Of the exact version that is signed."""
    state = models.CharField(max_length=10, choices=ReplyState.pairs(), default=ReplyState.SENT)
    comment = models.TextField(blank=True)
    """Why it came back."""
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charge", "serial"], name="supervision_reply_once")
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Handing(Versioned):
    """A task that a body hands down to a subordinate body, and the task it becomes there."""

    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="handings")
    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    """To whom it is handed."""
    note = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    """The superior's last day, as the subordinate was last told."""
    state = models.CharField(
        max_length=10, choices=HandingState.pairs(), default=HandingState.OFFERED
    )
    live = models.CharField(max_length=60, null=True, unique=True)  # unique or none
    """Task and body until it is withdrawn, so that it is handed once; None after."""
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    taken = models.OneToOneField(
        "programme.Task", models.PROTECT, null=True, related_name="handed_from"
    )
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["body", "state", "-id"], name="supervision_handing_state"),
            models.Index(fields=["-offered_at", "-id"], name="supervision_handing_offered"),
        ]

    def __str__(self) -> str:
        return f"交办{self.body.name}：{self.task.text[:40]}"
