"""Wrong words of a body; rows only, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.screening import Severity

PERSON = settings.AUTH_USER_MODEL


class Word(Versioned):
    """A word that a body wants changed, or (``is_off``) one of the product's that it lets be.

    ``slot`` names body, word and time while the row counts: the same stands once.
    """

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    slot = models.CharField(max_length=160, null=True, unique=True)
    word = models.CharField(max_length=100)
    is_off = models.BooleanField(default=False)
    suggestion = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    exceptions = models.TextField(blank=True)
    """Words around it in which it is right, a line each."""
    severity = models.CharField(max_length=6, choices=Severity.pairs(), default=Severity.ASK)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["body", "-added_at", "-id"], name="wording_body")]

    def __str__(self) -> str:
        return self.word
