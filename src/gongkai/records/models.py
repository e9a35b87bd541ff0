"""Records of openness work and who stands in them; rows only, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.records.states import Kind, RecordState


class Record(Versioned):
    """A dated record; a change is a new record that replaces it."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    """Whose it is: the body itself, or a section that trained or publicised."""
    kind = models.CharField(max_length=8, choices=Kind.pairs())
    title = models.CharField(max_length=300)
    held_on = models.DateField()
    """The day it is of; what it is called depends on the kind."""
    year = models.PositiveSmallIntegerField()
    review_on = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    """What its kind says beside title and day."""
    state = models.CharField(max_length=9, choices=RecordState.pairs(), default=RecordState.VALID)
    reason = models.TextField(blank=True)
    """Why it was withdrawn."""
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["body", "-held_on", "-id"], name="records_held"),
            models.Index(fields=["body", "kind", "-held_on", "-id"], name="records_kind"),
            models.Index(fields=["body", "year", "-held_on", "-id"], name="records_year"),
            models.Index(fields=["-held_on", "-id"], name="records_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class BodyYear(models.Model):
    """A year of a body's records: held while what it owes is listed, met or owed again."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="records_bodyyear_once")
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.year}"


class Participant(models.Model):
    """Somebody who stands in a record, as it was typed."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="participants")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=60, blank=True)
    post = models.CharField(max_length=60, blank=True)
    part = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "order"], name="records_participant_order")
        ]

    def __str__(self) -> str:
        return self.name


class Proof(models.Model):
    """That a record was put to a task as evidence; the task's own page shows it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="proofs")
    evidence = models.OneToOneField("programme.Evidence", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.record_id} → {self.evidence_id}"
