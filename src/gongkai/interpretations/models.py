"""Plans, materials, exceptions and what is required besides; rows only, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.interpretations.states import Form, Missing, Safeguard, Stage
from gongkai.kernel.rows import Versioned

PERSON = settings.AUTH_USER_MODEL


class Plan(Versioned):
    """How a policy will be interpreted: the plan that goes for signature with it."""

    item = models.OneToOneField("publications.Item", models.PROTECT, related_name="+")
    outline = models.TextField()
    forms = models.JSONField(default=list)
    channels = models.CharField(max_length=300)
    planned_on = models.DateField(null=True)
    """When it is to be interpreted; empty: with the document."""
    interpreter = models.CharField(max_length=100)
    is_head = models.BooleanField(default=False)
    """Whether the body's head interprets it, as the first interpreter."""
    sensitive = models.BooleanField(default=False)
    """Whether it is likely to draw attention: risk assessment and contingency plan are wanted."""
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.outline[:40]


class Material(Versioned):
    """An item that interprets a policy; both pages link to each other by it."""

    policy = models.ForeignKey("publications.Item", models.PROTECT, related_name="+")
    item = models.OneToOneField("publications.Item", models.PROTECT, related_name="+")
    form = models.CharField(max_length=10, choices=Form.pairs())
    stage = models.CharField(max_length=8, choices=Stage.pairs())
    interpreter = models.CharField(max_length=100)
    is_head = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["policy", "id"], name="interpretations_of")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.form}"


class Waiver(models.Model):
    """A leader's recorded word that a policy goes on without plan or material."""

    item = models.ForeignKey("publications.Item", models.PROTECT, related_name="+")
    missing = models.CharField(max_length=10, choices=Missing.pairs())
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    duty = models.OneToOneField("duties.Duty", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "missing"], name="interpretations_exception")
        ]

    def __str__(self) -> str:
        return self.reason[:40]


class SafeguardRule(Versioned):
    """For which kinds of item a body wants what before they come out."""

    body = models.OneToOneField("organisation.Unit", models.PROTECT, related_name="+")
    kinds = models.JSONField(default=list)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return "、".join(self.kinds)


class SafeguardRecord(models.Model):
    """A risk assessment or a contingency plan of an item, with its file or where it is kept."""

    item = models.ForeignKey("publications.Item", models.PROTECT, related_name="+")
    safeguard = models.CharField(max_length=12, choices=Safeguard.pairs())
    conclusion = models.TextField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    done_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.item_id} {self.safeguard}"
