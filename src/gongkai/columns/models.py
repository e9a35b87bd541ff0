"""What a body keeps: its columns with owner and rhythm, changes, pairs; rows only, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.columns.states import ProposalState, Rhythm, SourceKind, SourceState
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


class Source(Versioned):
    """A feed or list page of a superior that a body watches."""

    body = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    """Named as the source of what is reposted."""
    kind = models.CharField(max_length=4, choices=SourceKind.pairs())
    url = models.CharField(max_length=500)
    pattern = models.CharField(max_length=200, blank=True)
    """Of a page: how the address of an entry looks."""
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    """The section that reposts."""
    column = models.ForeignKey("publications.Column", models.PROTECT, null=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=30)
    """Between two looks."""
    state = models.CharField(max_length=8, choices=SourceState.pairs(), default=SourceState.NEW)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)
    """When it is looked at next."""
    failures = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    failing_at = models.DateTimeField(null=True)
    """Since when nothing came."""
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    moved_to = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["look_at", "id"], name="columns_source_next")]

    def __str__(self) -> str:
        return self.name


class Proposal(Versioned):
    """Something that a superior published, to be reposted or not."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="proposals")
    body = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    state = models.CharField(
        max_length=8, choices=ProposalState.pairs(), default=ProposalState.WAITING
    )
    issued_at = models.DateTimeField(null=True)
    """When the superior published it, where the source says so."""
    seen_at = models.DateTimeField()
    """When we saw it there first."""
    item = models.OneToOneField("publications.Item", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    """Why it is not reposted."""
    out_at = models.DateTimeField(null=True)
    delay = models.PositiveIntegerField(null=True)
    """Minutes of office hours from the superior's publication to ours."""
    duty = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["body", "-seen_at", "-id"], name="columns_proposal_body"),
            models.Index(
                fields=["body", "state", "-seen_at", "-id"], name="columns_proposal_state"
            ),
            models.Index(fields=["source", "-seen_at", "-id"], name="columns_proposal_source"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="columns_proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.key[:8]}"


class Review(Versioned):
    """That an institution or the guide is looked over every so many months."""

    item = models.OneToOneField("publications.Item", models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True)
    """What was found: stays as it is, or what is to be revised."""
    duty = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.item_id} {self.months}"
