"""The rows: events, the subjects they mention, their seals, the queue for sealing."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from gongkai.audit.states import Algorithm

ALGORITHMS = Algorithm.pairs()


class AuditEvent(models.Model):
    """One thing that happened, with its own hash. The database refuses to change or delete it.

    Users and units are kept as number and name at the time: they live in apps above.
    """

    event = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=100)
    acting_for_id = models.BigIntegerField(null=True)
    acting_for_name = models.CharField(max_length=100, blank=True, default="")
    unit_id = models.BigIntegerField(null=True)
    unit_path = models.CharField(max_length=255, blank=True, default="")
    unit_name = models.CharField(max_length=200, blank=True, default="")
    subject = models.CharField(max_length=120)
    also = models.JSONField(default=list)
    facts_text = models.TextField()  # the very text that was hashed
    algorithm = models.CharField(max_length=16, choices=ALGORITHMS)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["event", "id"], name="audit_event_kind"),
            models.Index(fields=["actor_name", "id"], name="audit_event_actor"),
            models.Index(fields=["unit_path", "id"], name="audit_event_unit"),
            models.Index(fields=["at", "id"], name="audit_event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"

    @property
    def facts(self) -> dict[str, Any]:
        """The facts, read from the text that was hashed."""
        read: dict[str, Any] = json.loads(self.facts_text)
        return read


class Mention(models.Model):
    """A subject whose timeline shows an event; one row a subject, the event's own included."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="mentions")
    subject = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "event"], name="audit_mention_once")
        ]

    def __str__(self) -> str:
        return self.subject


class Seal(models.Model):
    """A link of the chain: number, event, its hash, the link before. Never changed, never gone."""

    sequence = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="seal")
    event_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True, default="")
    link = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=16, choices=ALGORITHMS)
    sealed_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.sequence} {self.link[:12]}"


class Unsealed(models.Model):
    """An event that waits for its link; written with it, gone when it is sealed."""

    event = models.OneToOneField(
        AuditEvent, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.pk)
