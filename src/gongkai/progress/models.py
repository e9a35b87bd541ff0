"""The ledger of a unit's part in a task, its entries, and what is sent to be signed; rows only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.progress.rules import Step
from gongkai.progress.states import SentState


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


class Sent(Versioned):
    """Something of a unit's part that others have to sign: the round is found by this row."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    duty = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=SentState.pairs(), default=SentState.SENT)
    live = models.CharField(max_length=60, null=True, unique=True)  # unique or none
    """Task, unit and duty while it is not taken, so that there is one at a time; None after."""
    comment = models.TextField(blank=True)
    """Why it was returned."""
    digest = models.CharField(max_length=64)
    """Of the exact version that is signed."""
    sending = models.PositiveSmallIntegerField(default=0)
    """How often it was sent; part of the version that is signed."""
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Report(Sent):
    """A unit's report that a date, a period or its whole part is done."""

    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="+")
    text = models.TextField()
    done_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["task", "-id"], name="progress_report_of")]

    def __str__(self) -> str:
        return f"{self.unit.name}报完成：{self.text[:40]}"


class Extension(Sent):
    """A unit's request for a later day."""

    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="+")
    until_on = models.DateField()
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["task", "-id"], name="progress_extension_of")]

    def __str__(self) -> str:
        return f"{self.unit.name}申请延期到{self.until_on}"
