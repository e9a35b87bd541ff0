"""Askings: which unit was asked about exactly which draft, and what it said; no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.coordination.states import Answer, AskingState
from gongkai.kernel.rows import Versioned

PERSON = settings.AUTH_USER_MODEL


class Asking(Versioned):
    """That a unit is asked about a draft, as the draft was then, and its answer.

    ``slot`` is ``<edition>:<unit>`` while it is open: nobody is asked the same twice at a time.
    """

    edition = models.ForeignKey("publications.Edition", models.PROTECT, related_name="+")
    item = models.ForeignKey("publications.Item", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AskingState.pairs(), default=AskingState.OPEN)
    slot = models.CharField(max_length=40, null=True, unique=True)
    question = models.TextField()
    digest = models.CharField(max_length=64)
    """Of the draft that was asked about."""
    content = models.JSONField()
    """That draft, whatever becomes of it."""
    files = models.JSONField(default=list)
    """The keys of its stored files: those who are asked may have them."""
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    duty = models.OneToOneField("duties.Duty", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.pairs(), blank=True)
    says = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    settled = models.TextField(blank=True)
    """What became of its comments, or why it was ended without an answer."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "-asked_at", "-id"], name="coordination_unit"),
            models.Index(fields=["unit", "-asked_at", "-id"], name="coordination_all"),
            models.Index(fields=["edition", "id"], name="coordination_edition"),
            models.Index(fields=["item", "id"], name="coordination_item"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.unit_id}"
