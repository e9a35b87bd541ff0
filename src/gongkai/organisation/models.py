"""Units, their names over time and named sets of them; rows and constraints, no decisions."""

from __future__ import annotations

from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.organisation.states import NameKind, UnitKind


class Unit(Versioned):
    """A body, department, section or subordinate unit; never removed, only dissolved.

    ``path`` ("/1/5/9/") makes a whole subtree one range of an index. ``name`` and ``short`` are
    copies of the names that hold today; ``UnitName`` is the record.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    body = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.label) for k in UnitKind])
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


class UnitName(models.Model):
    """A name of a unit from one day until another; a name that ended stays."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    kind = models.CharField(max_length=8, choices=[(k.value, k.label) for k in NameKind])
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["folded", "unit"], name="organisation_name_folded")]

    def __str__(self) -> str:
        return self.text


class UnitSet(Versioned):
    """A named set of units of a body (局属各单位), with its members listed."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="sets")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    members = models.ManyToManyField(Unit, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "folded"], name="organisation_set_once")
        ]

    def __str__(self) -> str:
        return self.name
