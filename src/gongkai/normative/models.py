"""The standing of normative documents and their relations; rows only, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.normative.states import Decision, RelationKind, Validity

PERSON = settings.AUTH_USER_MODEL


class Standing(Versioned):
    """What makes a published document a normative one: its registration and its validity.

    ``validity`` is empty until the document is out.
    """

    item = models.OneToOneField("publications.Item", models.PROTECT, related_name="+")
    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    registration_number = models.CharField(max_length=60, null=True, unique=True)
    why_unregistered = models.CharField(max_length=300, blank=True)
    why_unlimited = models.CharField(max_length=300, blank=True)
    """Why it has no end of validity."""
    validity = models.CharField(max_length=10, choices=Validity.pairs(), blank=True)
    changed_on = models.DateField(null=True)
    """From when on it is what ``validity`` says."""
    in_force_on = models.DateField(null=True)
    valid_until_on = models.DateField(null=True)
    """The last day on which it is valid."""
    duty = models.OneToOneField("duties.Duty", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["body", "valid_until_on", "id"], name="normative_body"),
            models.Index(fields=["unit", "valid_until_on", "id"], name="normative_unit"),
            models.Index(fields=["validity", "valid_until_on", "id"], name="normative_due"),
            models.Index(fields=["valid_until_on", "id"], name="normative_until"),
        ]

    def __str__(self) -> str:
        return self.registration_number or str(self.item_id)


class Relation(Versioned):
    """That a later document amends, replaces or repeals an earlier one.

    ``slot`` is ``<later>:<earlier>`` while it counts.
    """

    later = models.ForeignKey("publications.Item", models.PROTECT, related_name="+")
    earlier = models.ForeignKey("publications.Item", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=RelationKind.pairs())
    note = models.CharField(max_length=300, blank=True)
    slot = models.CharField(max_length=40, null=True, unique=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    effect_on = models.DateField(null=True)
    """From when on the earlier one is what this makes of it; empty until that day has come."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["later", "id"], name="normative_later"),
            models.Index(fields=["earlier", "id"], name="normative_earlier"),
            models.Index(fields=["effect_on", "ended_at", "id"], name="normative_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.later_id} {self.kind} {self.earlier_id}"


class Assessment(models.Model):
    """What was decided about a document before its validity ended, and why."""

    standing = models.ForeignKey(Standing, models.PROTECT, related_name="assessments")
    decision = models.CharField(max_length=10, choices=Decision.pairs())
    reason = models.TextField()
    until_on = models.DateField(null=True)
    """The new last day, where it goes on."""
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.standing_id} {self.decision}"
