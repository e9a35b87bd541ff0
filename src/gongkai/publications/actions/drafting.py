"""Drafting: begin, save, add and remove files, revise, drop. One verb, one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit, body_of
from gongkai.publications import policies, queries
from gongkai.publications.actions.clocks import keep_clock
from gongkai.publications.models import Column, Edition, EditionFile, Item, Reader
from gongkai.publications.rules import changed_fields, labels_of
from gongkai.publications.states import (
    MOVES,
    Attribute,
    Audience,
    Change,
    EditionState,
    FileRole,
    Ground,
    Kind,
)
from gongkai.richtext.api import sanitise

PURPOSE = "publications.file"
"""The purpose under which the gate of files knows the files of items."""
WORKING_ALREADY = Refusal("publications.already_working", "已有一稿在办，请接着办那一稿。")


@dataclass(frozen=True)
class Draft:
    """What a drafter writes; ``issuers`` with the lead first, ``readers`` of a limited audience."""

    title: str
    kind: Kind = Kind.INFORMATION
    column: Column | None = None
    document_number: str = ""
    issuers: Sequence[str] = ()
    attribute: Attribute = Attribute.PROACTIVE
    ground: Ground | str = ""
    reason: str = ""
    audience: Audience = Audience.PUBLIC
    readers: Sequence[Unit] = ()
    formed_on: date | None = None
    effective_on: date | None = None
    lapses_on: date | None = None
    topic: str = ""
    keywords: str = ""
    abstract: str = ""
    source: str = ""
    source_url: str = ""
    text: str = ""
    change_note: str = ""


_PLAIN = (
    "title",
    "document_number",
    "reason",
    "topic",
    "keywords",
    "abstract",
    "source",
    "source_url",
    "change_note",
)
_AS_IT_IS = ("attribute", "ground", "audience", "formed_on", "effective_on", "lapses_on")


@transaction.atomic
def draft(*, unit: Unit, actor: User, what: Draft, begun_as: str | None = None) -> Edition:
    """Begin an item with its first edition, as loosely as the drafter likes.

    Raises ``Refused``; ``IntegrityError`` when an item was begun as this before.
    """
    refuse_if(policies.why_not_draft(unit, actor=actor, title=what.title))
    now = clock.now()
    item = Item.objects.create(
        body=body_of(unit),
        unit=unit,
        kind=what.kind,
        column=what.column,
        created_at=now,
        created_by=actor,
        title=what.title.strip()[:300],
        attribute=what.attribute,
        state=EditionState.DRAFT,
        changed_at=now,
        begun_as=begun_as,
    )
    edition = Edition(
        item=item, order=1, slot=policies.working_slot(item), saved_at=now, saved_by=actor
    )
    _write(edition, what, actor)
    record("publications.drafted", subject=item, actor=actor, unit=unit)
    return edition


@transaction.atomic
def save(edition: Edition, *, actor: User, what: Draft, expected: int) -> Edition:
    """Save a draft; what two wrote at once is refused to the second, who sees both.

    Raises ``Refused``.
    """
    edition = lock(edition, expected=expected)
    refuse_if(policies.why_not("save", edition, actor=actor))
    if not what.title.strip():
        raise Refused(Refusal("publications.no_title", "标题不能是空的。"))
    column_id = what.column.pk if what.column else None
    refuse_if(policies.why_not_file_elsewhere(edition, kind=what.kind, column_id=column_id))
    before = queries.content_of(edition).as_json()
    item = edition.item
    item.kind, item.column = what.kind, what.column
    item.save(update_fields=["kind", "column"])
    edition.state = MOVES["save"][1]
    _write(edition, what, actor)
    changed = changed_fields(before, queries.content_of(edition).as_json())
    facts: dict[str, Any] = {"edition": edition.order, "fields": labels_of(changed)}
    record("publications.saved", subject=item, actor=actor, unit=item.unit, **facts)
    return edition


def _write(edition: Edition, what: Draft, actor: User) -> None:
    """Put what was written into the edition and its item's copies, with the new digest."""
    for name in _PLAIN:
        setattr(edition, name, getattr(what, name).strip())
    for name in _AS_IT_IS:
        setattr(edition, name, getattr(what, name))
    edition.title = edition.title[:300]
    edition.signing_forms = what.formed_on is None
    edition.issuers = list(what.issuers)
    edition.text = sanitise(what.text, lambda address: queries.owns(edition.item, address))
    edition.saved_at, edition.saved_by = clock.now(), actor
    edition.save()
    _set_readers(edition, what.readers if what.audience == Audience.NAMED else ())
    keep_clock(edition)
    reflect(edition)


def _set_readers(edition: Edition, units: Sequence[Unit]) -> None:
    wanted = {unit.pk for unit in units}
    known = {row.unit_id: row for row in edition.readers.all()}
    for pk in wanted - set(known):
        Reader.objects.create(edition=edition, unit_id=pk)
    for pk, row in known.items():
        if row.live != (pk in wanted):
            row.live = pk in wanted
            row.save(update_fields=["live"])


def reflect(edition: Edition) -> None:
    """Set the digest of what is stored now, and the item's copies; inside a transaction."""
    edition.digest = queries.digest_of(edition)
    edition.save(update_fields=["digest"])
    item = edition.item
    item.title, item.document_number = edition.title, edition.document_number
    item.attribute, item.state = edition.attribute, edition.state
    item.formed_on, item.changed_at = edition.formed_on, clock.now()
    item.duty = edition.duty
    item.save()


def add_file(
    edition: Edition,
    *,
    actor: User,
    upload: UploadedFile[Any] | bytes,
    name: str,
    role: FileRole,
    expected: int | None = None,
    title: str = "",
) -> EditionFile:
    """Add a file to a draft: an attachment, an image of the text, or the closed original.

    It is checked and kept before the transaction begins. Raises ``Refused``.
    """
    refuse_if(policies.why_not("save", edition, actor=actor))
    unit = edition.item.unit
    stored = files.store(upload, name=name, actor=actor, unit=unit, purpose=PURPOSE)
    with transaction.atomic():
        edition = _taken(edition, role, expected)
        refuse_if(policies.why_not("save", edition, actor=actor))
        return put_file(edition, stored, actor=actor, role=role, title=title)


def put_file(
    edition: Edition, stored: files.StoredFile, *, actor: User, role: FileRole, title: str = ""
) -> EditionFile:
    """Put a file that is kept already to a draft, inside the caller's transaction."""
    files.attach(stored, subject_key(edition.item), actor=actor)
    last = edition.files.filter(role=role).aggregate(last=Max("order"))["last"]
    row = EditionFile.objects.create(
        edition=edition,
        file=stored,
        role=role,
        title=(title.strip() or stored.name)[:200],
        order=(last or 0) + 1,
    )
    edition.state = MOVES["save"][1]
    edition.saved_at, edition.saved_by = clock.now(), actor
    edition.save(update_fields=["state", "saved_at", "saved_by"])
    reflect(edition)
    record(
        "publications.file_added",
        subject=edition.item,
        actor=actor,
        unit=edition.item.unit,
        edition=edition.order,
        files=FileRole(role).label,
    )
    return row


def _taken(edition: Edition, role: FileRole, expected: int | None) -> Edition:
    """Take the edition for this transaction.

    A picture that is put into a text under way leaves the version as it is: whoever writes the text
    saves it afterwards, and nothing of it changed.
    """
    if role is FileRole.IMAGE:
        return Edition.objects.select_for_update().get(pk=edition.pk)
    return lock(edition, expected=expected)


@transaction.atomic
def remove_file(row: EditionFile, *, actor: User, expected: int) -> Edition:
    """Take a file out of a draft; it stays with the editions that have it. Raises ``Refused``."""
    edition = lock(row.edition, expected=expected)
    refuse_if(policies.why_not("save", edition, actor=actor))
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    edition.state = MOVES["save"][1]
    edition.save(update_fields=["state"])
    reflect(edition)
    record(
        "publications.file_removed",
        subject=edition.item,
        actor=actor,
        unit=edition.item.unit,
        edition=edition.order,
        files=FileRole(row.role).label,
    )
    return edition


@transaction.atomic
def revise(item: Item, *, actor: User, change: Change, expected: int) -> Edition:
    """Begin the next edition as a copy of the last that came out; that one stays out meanwhile.

    The clock of 条例 第二十六条 runs anew from the change. Raises ``Refused``.
    """
    item = lock(item, expected=expected)
    refuse_if(policies.why_not_revise(item, actor=actor))
    old = queries.newest(item)
    now = clock.now()
    last = item.editions.aggregate(last=Max("order"))["last"] or 0
    kept = {
        field.name: getattr(old, field.name)
        for field in Edition._meta.concrete_fields
        if field.name in _COPIED
    }
    edition = Edition(
        item=item,
        order=last + 1,
        slot=policies.working_slot(item),
        change=change,
        saved_at=now,
        saved_by=actor,
        signing_forms=False,
        **kept,
    )
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError:
        raise Refused(WORKING_ALREADY) from None
    _copy_files(old, edition)
    for reader in old.readers.filter(live=True):
        Reader.objects.create(edition=edition, unit_id=reader.unit_id)
    keep_clock(edition)
    reflect(edition)
    record(
        "publications.revision_begun",
        subject=item,
        actor=actor,
        unit=item.unit,
        edition=edition.order,
    )
    return edition


_COPIED = frozenset(_PLAIN) - {"change_note"} | frozenset(_AS_IT_IS) | {"issuers", "text"}


def _copy_files(old: Edition, new: Edition) -> None:
    for row in queries.files_of(old):
        EditionFile.objects.create(
            edition=new,
            file=row.file,
            copy=row.copy,
            role=row.role,
            title=row.title,
            order=row.order,
            cleaned=row.cleaned,
            cleaned_at=row.cleaned_at,
        )


@transaction.atomic
def drop(edition: Edition, *, actor: User, reason: str, expected: int) -> Edition:
    """Give a draft up, with the reason; it stays to be seen. Raises ``Refused``."""
    edition = lock(edition, expected=expected)
    refuse_if(policies.why_not("drop", edition, actor=actor))
    edition.state, edition.slot = MOVES["drop"][1], None
    edition.save(update_fields=["state", "slot"])
    item = edition.item
    keep_clock(edition)
    reflect(queries.newest(item))
    record(
        "publications.dropped",
        subject=item,
        actor=actor,
        unit=item.unit,
        edition=edition.order,
        reason=reason.strip()[:200],
    )
    return edition


def facts_of(edition: Edition) -> Mapping[str, Any]:
    """Return what a drafter wrote, as a form takes it."""
    return {name: getattr(edition, name) for name in (*_PLAIN, *_AS_IT_IS, "issuers", "text")}
