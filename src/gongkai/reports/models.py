"""Reports handed in for checking and the figures found in them; rows only, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.reports.states import CheckState, FindingKind


class Check(Versioned):
    """A report handed in so that its figures are computed again."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=CheckState.pairs(), default=CheckState.RECEIVED)
    problem = models.TextField(blank=True)
    text = models.TextField(blank=True)
    """The decoded text before any cleaning, into which every span points."""
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["body", "-received_at", "-id"], name="reports_check_received"),
            models.Index(fields=["body", "state", "-id"], name="reports_check_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(Versioned):
    """A figure of a report that was computed again, and why it was set aside, if it was."""

    report = models.ForeignKey(Check, models.PROTECT, related_name="findings")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=FindingKind.pairs())
    text = models.TextField()
    stated = models.FloatField()
    computed = models.FloatField()
    agrees = models.BooleanField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    where = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="reports_finding_order")
        ]

    def __str__(self) -> str:
        return self.text[:40]
