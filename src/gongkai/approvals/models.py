"""Chains, rounds over one exact version, their steps and signatures; rows, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.approvals.states import RoundState, StepKind, StepState
from gongkai.kernel.rows import Versioned


class Chain(models.Model):
    """A chain of steps as data; a change is a new version and the old one stays.

    ``body`` null holds for every body that has no chain of its own under the code. ``key`` is
    code, body and number in one, since a unique constraint lets nulls through.
    """

    key = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=60)
    body = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    steps = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code", "body", "number"], name="approvals_chain_code")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Round(Versioned):
    """A chain running over one exact version (``digest``) of a subject.

    ``open_for`` repeats the subject while the round is open and is null after: its uniqueness
    lets one round at a time run over a subject on every database.
    """

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="rounds")
    subject = models.CharField(max_length=120)
    open_for = models.CharField(max_length=120, null=True, unique=True)
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=RoundState.pairs(), default=RoundState.OPEN)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="approvals_round_subject"),
            models.Index(fields=["started_by", "-id"], name="approvals_round_sender"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.subject} {self.digest[:8]}"


class RoundStep(models.Model):
    """A step of a round: whose turn it is, who signed it and for whom.

    ``person`` is whom ``handed_by`` asked to sign in their place. ``kept_from`` is the signature
    of an earlier version that stands for this one.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=StepKind.pairs())
    role = models.CharField(max_length=20)
    four_eyes = models.BooleanField(default=False)
    keeps = models.BooleanField(default=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=StepState.pairs(), default=StepState.WAITING)
    called_at = models.DateTimeField(null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=500, blank=True)
    kept_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "order"], name="approvals_step_order")
        ]
        indexes = [
            models.Index(fields=["state", "unit", "role", "id"], name="approvals_step_ready"),
            models.Index(fields=["person", "state", "id"], name="approvals_step_person"),
            models.Index(fields=["signed_by", "-id"], name="approvals_step_signer"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.order}"
