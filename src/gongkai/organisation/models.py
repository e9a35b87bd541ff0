"""Units, their names over time and named sets of them; rows and constraints, no decisions."""

from __future__ import annotations

from datetime import date

from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.organisation.states import NameKind, SetRule, UnitKind


class Unit(Versioned):
    """A body, department, section or subordinate unit; never removed, only dissolved.

    ``path`` ("/1/5/9/") makes a whole subtree one range of an index. ``name`` and ``short`` are
    copies of the names that hold today; ``UnitName`` is the record.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    body = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=UnitKind.pairs())
    path = models.CharField(max_length=255, db_index=True)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=100)
    founded_on = models.DateField()
    dissolved_on = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The short name that holds today, else the full one."""
        return self.short

    def lives_on(self, day: date) -> bool:
        """Say whether the unit exists on a day; on the day of its dissolution it does not."""
        return self.founded_on <= day and (self.dissolved_on is None or day < self.dissolved_on)


class UnitName(models.Model):
    """A name of a unit from one day until another, that day not included; it stays when over."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    kind = models.CharField(max_length=8, choices=NameKind.pairs())
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["folded", "unit"], name="organisation_name_folded")]

    def __str__(self) -> str:
        return self.text

    def holds_on(self, day: date) -> bool:
        """Say whether the unit bears the name on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class UnitSet(Versioned):
    """A named set of units of a body (局属各单位): by rule, or with its members listed.

    A ``vague`` set (相关科室) names whom to choose from and is never taken as a whole.
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="sets")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    rule = models.CharField(
        max_length=16,
        choices=SetRule.pairs(),
        default=SetRule.LISTED.value,
    )
    vague = models.BooleanField(default=False)
    members = models.ManyToManyField(Unit, related_name="+")
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "folded"], name="organisation_set_once")
        ]

    def __str__(self) -> str:
        return self.name
