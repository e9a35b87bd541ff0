"""Notices to people; rows and constraints, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """Something the product told a person once; ``key`` makes telling it again harmless."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    sentence = models.CharField(max_length=400)
    url = models.CharField(max_length=300)
    key = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notices_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_user"),
            models.Index(fields=["user", "read_at", "-id"], name="notices_unread"),
        ]

    def __str__(self) -> str:
        return self.sentence
