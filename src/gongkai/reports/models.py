"""Reports handed in for checking, reports written here, their figures; rows only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.reports.states import CheckState, DraftState, FindingKind, Measure, Section


class Check(Versioned):
    """A report handed in so that its figures are computed again."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=CheckState.pairs(), default=CheckState.RECEIVED)
    problem = models.TextField(blank=True)
    text = models.TextField(blank=True)
    """The decoded text before any cleaning, into which every span points."""
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["body", "-received_at", "-id"], name="reports_check_received"),
            models.Index(fields=["body", "state", "-id"], name="reports_check_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(Versioned):
    """A figure of a report that was computed again, and why it was set aside, if it was."""

    report = models.ForeignKey(Check, models.PROTECT, related_name="findings")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=FindingKind.pairs())
    text = models.TextField()
    stated = models.FloatField()
    computed = models.FloatField()
    agrees = models.BooleanField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    where = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="reports_finding_order")
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Draft(Versioned):
    """A body's report on its programmes of a year, written from the records."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    programmes = models.ManyToManyField("programme.Programme", related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    recipient = models.CharField(max_length=200, blank=True)
    """To whom it is sent (主送机关), as it is printed."""
    counts_until = models.DateField()
    """The day up to which its figures count."""
    state = models.CharField(max_length=10, choices=DraftState.pairs(), default=DraftState.DRAFTING)
    live = models.CharField(max_length=64, null=True, unique=True)
    """Which programmes up to which day, while it is being written; None after, so that a second
    start leads to it. One that is counted up to another's day leaves the place to that one."""
    reason = models.TextField(blank=True)
    """Why it was abandoned, or issued although a figure does not agree."""
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    docx = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    paper_problem = models.TextField(blank=True)
    """Why the .pdf could not be made."""
    handed_on = models.ForeignKey("programme.Document", models.PROTECT, null=True, related_name="+")
    """The document that its next steps became."""

    class Meta:
        indexes = [
            models.Index(fields=["body", "-started_at", "-id"], name="reports_draft_started"),
            models.Index(fields=["body", "state", "-id"], name="reports_draft_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Passage(Versioned):
    """A part of a report that one person rewrites at a time."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="passages")
    order = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=12, choices=Section.pairs())
    name = models.CharField(max_length=200)
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "order"], name="reports_passage_order"),
            models.UniqueConstraint(fields=["draft", "name"], name="reports_passage_once"),
        ]

    def __str__(self) -> str:
        return self.heading or self.get_section_display()


class Wording(models.Model):
    """What a passage said after each change; never edited."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="wordings")
    text = models.TextField(blank=True)
    drafted = models.BooleanField(default=False)
    """Whether the records gave it, and not a person."""
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["passage", "-id"], name="reports_wording_of")]

    def __str__(self) -> str:
        return self.text[:40]


class Tie(models.Model):
    """A stretch of a passage that comes from the records, and the records that it counts."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="ties")
    key = models.CharField(max_length=80)
    measure = models.CharField(max_length=12, choices=Measure.pairs())
    value = models.CharField(max_length=120)
    members = models.JSONField(default=list)
    """The records by name, as they were counted."""
    start = models.PositiveIntegerField(null=True)
    """Where it stands in the text; None when people wrote something else there."""
    end = models.PositiveIntegerField(null=True)
    instead = models.CharField(max_length=40, blank=True)
    """What people wrote over it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "key"], name="reports_tie_once")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.value}"


class Template(models.Model):
    """A .docx that gives a body's reports their look; the one in use has ``live`` set."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    live = models.PositiveIntegerField(null=True, unique=True)
    """The body while it is in use, so that there is one at a time; None after."""
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.file.name
