"""Chains, rounds over one exact version, their steps and signatures; rows, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.approvals.states import RoundState, StepKind, StepState
from gongkai.kernel.rows import Versioned


class Chain(models.Model):
    """A chain of steps as data; a change is a new version and the old one stays."""

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    steps = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="approvals_chain_version")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Round(Versioned):
    """A chain running over one exact version (``digest``) of a subject."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="rounds")
    subject = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.label) for s in RoundState], default=RoundState.OPEN
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-id"], name="approvals_round_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.digest[:8]}"


class RoundStep(models.Model):
    """A step of a round: whose turn it is, who signed it and for whom."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=[(k.value, k.label) for k in StepKind])
    role = models.CharField(max_length=20)
    four_eyes = models.BooleanField(default=False)
    keeps = models.BooleanField(default=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    """Set when the step was handed to one named person."""
    state = models.CharField(
        max_length=10, choices=[(s.value, s.label) for s in StepState], default=StepState.WAITING
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "order"], name="approvals_step_order")
        ]
        indexes = [
            models.Index(fields=["state", "unit", "role", "id"], name="approvals_step_ready"),
            models.Index(fields=["person", "state", "id"], name="approvals_step_person"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.order}"
