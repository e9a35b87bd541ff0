"""The execution ledger of a unit's part in a task and its entries; rows only, no decisions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.progress.rules import Step


class Ledger(Versioned):
    """The measures of a unit's part: what is done in which steps, who answers, who watches."""

    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="ledgers")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    measures = models.TextField()
    steps = models.JSONField(default=list)
    answers = models.CharField(max_length=200, blank=True)
    """Who answers for the part as a whole, as the unit writes it."""
    supervised = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="progress_ledger_once")
        ]

    def __str__(self) -> str:
        return self.measures[:30]

    def step_list(self) -> list[Step]:
        """Return the steps as values."""
        kept: list[dict[str, Any]] = self.steps
        return [Step.from_json(step) for step in kept]


class Entry(models.Model):
    """What a unit reports of its part on a day; never edited, a later entry says more."""

    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="entries")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    progress = models.TextField()
    problems = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["task", "-on", "-id"], name="progress_entry_of")]

    def __str__(self) -> str:
        return self.progress[:30]
