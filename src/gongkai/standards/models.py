"""Catalogues, their items, who answers for a matter, what shows it, good practice; rows only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.standards.rules import Entry
from gongkai.standards.states import CatalogueState

USER = settings.AUTH_USER_MODEL


class Catalogue(Versioned):
    """A version of a field's catalogue of a body, with the report of every row."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    field = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=CatalogueState.pairs(), default=CatalogueState.READ
    )
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    rows = models.JSONField(default=list)
    size = models.PositiveIntegerField()
    """Rows that were read."""
    refused = models.PositiveIntegerField(default=0)
    """Rows that were not."""
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    live = models.CharField(max_length=90, null=True, unique=True)  # unique or none
    """Body and field while it is in force, so that one version is; None before and after."""
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")

    class Meta:
        indexes = [
            models.Index(fields=["body", "-read_at", "-id"], name="standards_cat_read"),
            models.Index(fields=["body", "state", "-read_at", "-id"], name="standards_cat_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Matter(models.Model):
    """A matter of a field, whatever version words it: what is assigned and shown belongs to it."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    field = models.CharField(max_length=60)
    key = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "field", "key"], name="standards_matter_once")
        ]

    def __str__(self) -> str:
        return self.key


class Item(models.Model):
    """A matter as a version of the catalogue words it, in the national columns."""

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="items")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="items")
    order = models.PositiveIntegerField()
    number = models.CharField(max_length=40, blank=True)
    first = models.TextField(blank=True)
    second = models.TextField()
    content = models.TextField()
    basis = models.TextField()
    limit = models.TextField()
    publisher = models.TextField()
    channels = models.TextField()
    audience = models.TextField()
    way = models.TextField()
    level = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "order"], name="standards_item_order"),
            models.UniqueConstraint(fields=["catalogue", "matter"], name="standards_item_matter"),
        ]

    def __str__(self) -> str:
        return self.second

    def entry(self) -> Entry:
        """Return the item as a value."""
        return Entry(**{name: getattr(self, name) for name in Entry.__dataclass_fields__})


class Assignment(models.Model):
    """A unit answers for a matter, until it is taken from it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    live = models.CharField(max_length=60, null=True, unique=True)  # unique or none
    """Matter and unit until it ends, so that it is assigned once; None after."""

    class Meta:
        indexes = [models.Index(fields=["unit", "ended_at"], name="standards_assigned_unit")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit_id}"


class Evidence(models.Model):
    """Where a matter is public, or what shows that it is; never edited."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="evidence")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    note = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["matter", "-id"], name="standards_evidence_of")]

    def __str__(self) -> str:
        return self.note[:30]


class Practice(Versioned):
    """Good practice that a unit writes down; shared, the whole city reads it."""

    root = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    """The head of the tree in which it may be shared."""
    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    field = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["root", "-written_at", "-id"], name="standards_practice_root"),
            models.Index(fields=["body", "-written_at", "-id"], name="standards_practice_body"),
        ]

    def __str__(self) -> str:
        return self.title
