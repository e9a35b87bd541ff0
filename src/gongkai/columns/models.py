"""What a body keeps: its columns with owner and rhythm, changes, pairs; rows only, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.columns.states import Rhythm
from gongkai.kernel.rows import Versioned

PERSON = settings.AUTH_USER_MODEL
UNIT = "organisation.Unit"


class Upkeep(Versioned):
    """That a body keeps a column: by whom, how often, on what ground."""

    body = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    column = models.ForeignKey("publications.Column", models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    """As this body calls it."""
    owner = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    rhythm = models.CharField(max_length=8, choices=Rhythm.pairs())
    amount = models.PositiveSmallIntegerField(default=0)
    ground = models.CharField(max_length=100, blank=True)
    begun_at = models.DateTimeField()
    """From when it is kept: before, nothing was due."""
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_why = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField(null=True)
    """When something of it came out last that was not taken back: a copy."""
    duty = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")
    """The clock that runs, or ran last."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "column"], name="columns_upkeep_once")
        ]

    def __str__(self) -> str:
        return self.name


class Alteration(models.Model):
    """That something changed of which a column has to tell: its clock runs from this day."""

    upkeep = models.ForeignKey(Upkeep, models.PROTECT, related_name="alterations")
    changed_on = models.DateField()
    what = models.CharField(max_length=300)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    """When the column was updated after it."""

    class Meta:
        indexes = [
            models.Index(fields=["upkeep", "-changed_on", "-id"], name="columns_alteration_of")
        ]

    def __str__(self) -> str:
        return self.what


class Pair(Versioned):
    """Two columns of a body that have to come out together, in the same year."""

    first = models.ForeignKey(Upkeep, models.PROTECT, related_name="pairs")
    second = models.ForeignKey(Upkeep, models.PROTECT, related_name="pairs_back")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="columns_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.first_id}+{self.second_id}"
