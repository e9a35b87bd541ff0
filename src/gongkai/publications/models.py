"""Items, their editions with files and checks, and the ledger of publication; no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.publications.states import (
    Attribute,
    Audience,
    Change,
    CheckState,
    EditionState,
    FileRole,
    Ground,
    How,
    Kind,
    Severity,
    WithdrawReason,
)

PERSON = settings.AUTH_USER_MODEL


class Grammar(Versioned):
    """How a body's index numbers are written: a pattern of segments, and the next serials."""

    body = models.OneToOneField("organisation.Unit", models.PROTECT, related_name="+")
    pattern = models.CharField(max_length=100)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.pattern


class Serial(Versioned):
    """The last serial given within what stands before it; numbers are never given twice."""

    scope = models.CharField(max_length=120, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope} {self.last}"


class Column(models.Model):
    """A place of the catalogue: class of the statutory catalogue, or a column of a field."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    article = models.CharField(max_length=60, blank=True)
    """Where the law names it."""
    order = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Item(Versioned):
    """One piece of government information through all its editions.

    Title, number, attribute, state and the other copies are those of its newest edition: the
    register of the desk lists by them. What the public reads is its published edition.
    """

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    """The drafting unit."""
    kind = models.CharField(max_length=14, choices=Kind.pairs())
    index_number = models.CharField(max_length=120, null=True, unique=True)
    column = models.ForeignKey(Column, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    document_number = models.CharField(max_length=100, blank=True)
    attribute = models.CharField(max_length=14, choices=Attribute.pairs())
    state = models.CharField(max_length=12, choices=EditionState.pairs())
    formed_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    """When it first came out."""
    changed_at = models.DateTimeField()
    hidden = models.BooleanField(default=False)
    """Withdrawn for secrecy or privacy: nothing of it is shown but to named people."""
    duty = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")
    begun_as = models.CharField(max_length=60, null=True, unique=True)
    """The form by which it was begun: sent twice, it begins nothing twice."""

    class Meta:
        indexes = [
            models.Index(fields=["body", "-changed_at", "-id"], name="publications_item_body"),
            models.Index(fields=["unit", "-changed_at", "-id"], name="publications_item_unit"),
            models.Index(
                fields=["body", "state", "-changed_at", "-id"], name="publications_item_state"
            ),
            models.Index(
                fields=["body", "kind", "-changed_at", "-id"], name="publications_item_kind"
            ),
            models.Index(
                fields=["body", "attribute", "-changed_at", "-id"], name="publications_item_attr"
            ),
            models.Index(fields=["document_number"], name="publications_item_number"),
            models.Index(fields=["-changed_at", "-id"], name="publications_item_changed"),
        ]

    def __str__(self) -> str:
        return self.title


class Edition(Versioned):
    """One text of an item with what belongs to it.

    ``slot`` is ``<item>:working`` while it is worked and ``<item>:out`` while it is published or
    filed: its uniqueness lets an item have one of each on every database.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="editions")
    order = models.PositiveSmallIntegerField()
    slot = models.CharField(max_length=40, null=True, unique=True)
    state = models.CharField(
        max_length=12, choices=EditionState.pairs(), default=EditionState.DRAFT
    )
    change = models.CharField(max_length=12, choices=Change.pairs(), default=Change.FIRST)
    change_note = models.TextField(blank=True)
    """What the public is told of a revision or correction."""
    title = models.CharField(max_length=300)
    document_number = models.CharField(max_length=100, blank=True)
    issuers = models.JSONField(default=list)
    """Names of who issued it; the first leads."""
    attribute = models.CharField(
        max_length=14, choices=Attribute.pairs(), default=Attribute.PROACTIVE
    )
    ground = models.CharField(max_length=14, choices=Ground.pairs(), blank=True)
    reason = models.TextField(blank=True)
    """Why it is not published."""
    audience = models.CharField(max_length=8, choices=Audience.pairs(), default=Audience.PUBLIC)
    formed_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    lapses_on = models.DateField(null=True)
    topic = models.CharField(max_length=40, blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    abstract = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    """The body, as the editor's sanitised HTML."""
    digest = models.CharField(max_length=64, blank=True)
    """Of all that is signed, at the last change."""
    signing_forms = models.BooleanField(default=True)
    """The day on which it is signed is its day of forming: it was left open in the draft."""
    emergency = models.TextField(blank=True)
    """Why the short chain was taken."""
    duty = models.OneToOneField("duties.Duty", models.PROTECT, null=True, related_name="+")
    """Its clock of 条例 第二十六条."""
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    publish_at = models.DateTimeField(null=True)
    """When it is to come out by itself."""
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "publish_at", "id"], name="publications_edition_due"),
            models.Index(
                fields=["state", "audience", "-published_at", "-id"],
                name="publications_edition_out",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "order"], name="publications_edition_once")
        ]

    def __str__(self) -> str:
        return self.title


class Reader(models.Model):
    """A unit that may read an edition of limited audience; all below it may."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="readers")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "unit"], name="publications_reader_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.unit_id}"


class EditionFile(models.Model):
    """A file of an edition; ``copy`` is published in its place when it had to be cleaned."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    copy = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12, choices=FileRole.pairs())
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    cleaned_at = models.DateTimeField(null=True)
    """When it was looked at for what has to be taken out."""
    cleaned = models.JSONField(default=list)
    """What was taken out of the copy, in words."""
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "file"], name="publications_file_once")
        ]

    def __str__(self) -> str:
        return self.title


class Sending(models.Model):
    """What was sent to be signed, exactly, whatever the draft becomes afterwards."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sendings")
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.edition_id} {self.digest[:8]}"


class Check(models.Model):
    """The checks over one exact version of an edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="checks")
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=CheckState.pairs(), default=CheckState.RUNNING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["edition", "digest", "-id"], name="publications_check_of")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.digest[:8]}"


class Finding(Versioned):
    """Something a check found; a named person may let it pass with a reason."""

    check_run = models.ForeignKey(Check, models.PROTECT, related_name="findings")
    key = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=6, choices=Severity.pairs())
    place = models.CharField(max_length=300)
    excerpt = models.CharField(max_length=300, blank=True)
    says = models.CharField(max_length=500)
    suggestion = models.CharField(max_length=200, blank=True)
    overruled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    overruled_at = models.DateTimeField(null=True)
    overruled_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_run", "key"], name="publications_finding_once")
        ]

    def __str__(self) -> str:
        return self.says


class Publication(models.Model):
    """A line of the ledger of publication: an edition came out, by whom, and when it ended."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="publications")
    item = models.ForeignKey(Item, models.PROTECT, related_name="publications")
    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.pairs())
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "-at", "-id"], name="publications_ledger_body")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.at:%Y-%m-%d %H:%M}"


class Withdrawal(models.Model):
    """That an edition was taken back, and why; who may still see what it was."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=12, choices=WithdrawReason.pairs())
    note = models.TextField(blank=True)
    public_note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    restored_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.edition_id} {self.reason}"


class Named(models.Model):
    """A person who may still see what was withdrawn for secrecy or privacy."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="named")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="publications_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.person_id}"


class Emergency(Versioned):
    """That the short chain was taken, to be approved afterwards by someone else."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="emergency_record")
    reason = models.TextField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.reason[:40]
