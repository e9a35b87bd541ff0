"""What is owed upward, each time it is owed, and what was sent; rows only, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.submissions.states import Kind, Rhythm, RoundState, Way


class Requirement(Versioned):
    """Something that a superior asks for: what, to whom, how often, on which basis."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    owner = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    """The unit that submits it."""
    kind = models.CharField(max_length=12, choices=Kind.pairs())
    name = models.CharField(max_length=200)
    recipient = models.CharField(max_length=200)
    basis = models.CharField(max_length=300, blank=True)
    rhythm = models.CharField(max_length=12, choices=Rhythm.pairs())
    lag = models.PositiveSmallIntegerField(default=0)
    """Days after the end of a period by which it is due."""
    asked_on = models.DateField()
    opened_to = models.PositiveSmallIntegerField()
    """The last year whose rounds were opened."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why it is no longer owed."""

    class Meta:
        indexes = [
            models.Index(fields=["body", "-added_at", "-id"], name="submissions_req_body"),
            models.Index(fields=["owner", "-added_at", "-id"], name="submissions_req_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class Round(Versioned):
    """One time that it is owed, with its clock."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="rounds")
    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    owner = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    period = models.CharField(max_length=40, blank=True)
    duty = models.OneToOneField("duties.Duty", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=RoundState.pairs(), default=RoundState.OPEN)
    due_on = models.DateField()
    """The day as it was first set; the clock knows the one in force."""
    sent_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["body", "due_on", "id"], name="submissions_round_body"),
            models.Index(fields=["owner", "due_on", "id"], name="submissions_round_owner"),
            models.Index(fields=["body", "state", "due_on", "id"], name="submissions_round_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["requirement", "period"], name="submissions_round_once")
        ]

    def __str__(self) -> str:
        name = self.requirement.name
        return f"{name}（{self.period}）" if self.period else name


class Sending(models.Model):
    """What was sent on a day by a way, and what the superior answered; its files point here."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sendings")
    order = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=Way.pairs())
    sent_on = models.DateField()
    note = models.TextField(blank=True)
    file_ids = models.JSONField(default=list)
    """The files that were sent, of those attached to the round."""
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    receipt_number = models.CharField(max_length=100, blank=True)
    received_on = models.DateField(null=True)
    receipt = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    returned_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    """Why the superior sent it back."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "order"], name="submissions_sending_once")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.sent_on}"
