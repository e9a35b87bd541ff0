"""Documents, what was read of them, and the binding tasks; rows and constraints, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.programme.states import (
    DocumentState,
    NameKind,
    Part,
    ProposalState,
    TaskState,
)


class Document(Versioned):
    """An uploaded division-of-work document: the source that tasks come from."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=12, choices=DocumentState.pairs(), default=DocumentState.RECEIVED
    )
    problem = models.TextField(blank=True)
    title = models.CharField(max_length=300)
    issuer = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=100, blank=True)
    signed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    attachments = models.JSONField(default=list)
    citations = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    text = models.TextField(blank=True)
    """The decoded text before any cleaning, into which every span points."""
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["body", "-received_at", "-id"], name="programme_doc_received"),
            models.Index(fields=["body", "state", "-id"], name="programme_doc_state"),
            models.Index(fields=["body", "title", "id"], name="programme_doc_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Clause(models.Model):
    """A clause as read, with its span in the document's text."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="clauses")
    order = models.PositiveIntegerField()
    path = models.CharField(max_length=120, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    where = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="programme_clause_order")
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.heading}".strip()


class Proposal(Versioned):
    """A task as read and as corrected; ``origin`` stays as the reader gave it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="proposals")
    order = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=ProposalState.pairs(), default=ProposalState.PROPOSED
    )
    clause = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    lead = models.JSONField(default=list)
    support = models.JSONField(default=list)
    due = models.JSONField(null=True)
    clock = models.JSONField(null=True)
    limits = models.JSONField(default=list)
    targets = models.JSONField(default=list)
    superior = models.TextField(blank=True)
    flags = models.JSONField(default=list)
    origin = models.JSONField()
    reason = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    where = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["document", "order", "id"], name="programme_prop_order")]

    def __str__(self) -> str:
        return f"{self.row} {self.text[:30]}"


class Correction(models.Model):
    """One field of a proposal before and after a person corrected it; never edited."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["proposal", "id"], name="programme_correction_of")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.field}"


class Name(Versioned):
    """A name of a unit or set of units as the document writes it, and whom it stands for here."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="names")
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=NameKind.pairs())
    settled = models.BooleanField(default=False)
    units = models.ManyToManyField("organisation.Unit", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "text"], name="programme_name_once")
        ]

    def __str__(self) -> str:
        return self.text


class Programme(Versioned):
    """The binding tasks of one body from one document and its later versions."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    document = models.OneToOneField(Document, models.PROTECT, related_name="programme")
    """The version now in force."""
    history_until = models.DateField(null=True)
    """Set when a past year's programme was bound as history: lights as of this day."""
    digest = models.CharField(max_length=64)
    bound_at = models.DateTimeField()
    bound_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["body", "-year", "-id"], name="programme_body_year"),
            models.Index(fields=["-year", "-id"], name="programme_year"),
        ]

    def __str__(self) -> str:
        return self.title


class Task(Versioned):
    """A binding task of a programme."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="tasks")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="task")
    """What it rests on in the version now in force."""
    row = models.PositiveIntegerField()
    order = models.PositiveIntegerField()
    clause = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    clock = models.JSONField()
    targets = models.JSONField(default=list)
    limits = models.JSONField(default=list)
    superior = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=TaskState.pairs(), default=TaskState.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "order", "id"], name="programme_task_order"),
            models.Index(fields=["programme", "part", "order", "id"], name="programme_task_part"),
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.text[:30]}"


class TaskUnit(models.Model):
    """A unit's part in a task."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="parts")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", db_index=False)
    """The task's, which never changes: in which programmes a unit has parts is asked often."""
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part.pairs())
    named = models.CharField(max_length=200)
    """As the document writes it."""
    ended_on = models.DateField(null=True)
    """The day from which a later version no longer names the unit."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "part"], name="programme_part_once")
        ]
        indexes = [
            models.Index(fields=["unit", "part", "task"], name="programme_part_unit"),
            models.Index(fields=["unit", "ended_on", "programme"], name="programme_part_where"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.unit_id} {self.part}"


class TaskDuty(models.Model):
    """Which duty times which unit's part in a task, and for what period or trigger."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="duties")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    duty = models.OneToOneField("duties.Duty", models.PROTECT, related_name="task_part")
    slot = models.CharField(max_length=60)
    """What the duty is for: ``date:2026-06-30``, ``period:2026年第1季度``, ``trigger:7``, …"""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "slot"], name="programme_duty_once")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.slot}"


class Trigger(models.Model):
    """Something that happened and starts the clock of a ``promptly`` or ``within`` task."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="triggers")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["task", "id"], name="programme_trigger_of")]

    def __str__(self) -> str:
        return self.what


class Evidence(models.Model):
    """What shows that a unit did its part: a note, a link or a file; never edited.

    What was put to a task by mistake is ended with a reason: it is kept and counts no more.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="evidence")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    duty = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")
    note = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    why_ended = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["task", "id"], name="programme_evidence_of")]

    def __str__(self) -> str:
        return self.note[:30]
