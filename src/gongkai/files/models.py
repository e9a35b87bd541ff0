"""The row of a stored file; its bytes are in storage. No decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.files.states import Kind, State


class StoredFile(models.Model):
    """A file as it was uploaded, what it was found to be, and for what it is kept."""

    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=8, blank=True, choices=Kind.pairs())
    state = models.CharField(
        max_length=12,
        choices=State.pairs(),
        default=State.QUARANTINED.value,
        db_index=True,
    )
    reason_code = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True, default="", db_index=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
