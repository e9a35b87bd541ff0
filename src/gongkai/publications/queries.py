"""Reads of items and editions: the exact content, lists, what stands on a page; writes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gongkai.accounts.api import Role, User, people_of
from gongkai.approvals import api as approvals
from gongkai.files import api as files
from gongkai.kernel.identifiers import subject_key
from gongkai.organisation.api import Unit, body_of, choices, living, unit_or_none
from gongkai.publications import policies
from gongkai.publications.models import (
    Check,
    Column,
    Edition,
    EditionFile,
    Emergency,
    Finding,
    Grammar,
    Item,
    Publication,
    Sending,
    Withdrawal,
)
from gongkai.publications.rules import Content, FileFact, content_from, digest
from gongkai.publications.states import (
    CHAINS,
    EMERGENCY_CHAIN,
    Audience,
    EditionState,
    FileRole,
    How,
    Kind,
    without_head,
)

__all__ = ["Check", "Edition", "EditionFile", "Finding", "Item", "PublicFile"]

DEFAULT_PATTERN = "{year}-{serial:5}"


def item_or_none(user: User, pk: int) -> Item | None:
    """Return an item whose drafts the person may see."""
    rows = policies.worked_items(user).select_related("body", "unit", "column", "duty")
    return rows.filter(pk=pk).first()


def item_by_pk(pk: int) -> Item | None:
    """Return an item by key, for the worker of an app above."""
    return Item.objects.select_related("body", "unit", "column").filter(pk=pk).first()


def edition_or_none(user: User, pk: int) -> Edition | None:
    """Return an edition of an item whose drafts the person may see."""
    rows = Edition.objects.select_related("item__body", "item__unit", "item__column", "saved_by")
    return rows.filter(pk=pk, item__in=policies.worked_items(user)).first()


def edition_by_pk(pk: int) -> Edition | None:
    """Return an edition by key, for code that has asked already."""
    return Edition.objects.select_related("item__body", "item__unit").filter(pk=pk).first()


def begun_as(name: str | None) -> Edition | None:
    """Return the first edition of the item that was begun by this form."""
    rows = Edition.objects.select_related("item__body", "item__unit", "item__column")
    return rows.filter(item__begun_as=name, order=1).first() if name else None


def newest(item: Item) -> Edition:
    """Return the newest edition of an item that was not dropped, else the newest."""
    rows = item.editions.select_related("item__body", "item__unit", "item__column", "saved_by")
    kept = rows.exclude(state=EditionState.DROPPED).order_by("-order").first()
    found = kept or rows.order_by("-order").first()
    if found is None:
        raise LookupError(f"item {item.pk} has no edition")
    return found


def published(item: Item) -> Edition | None:
    """Return the edition that is out, whoever may read it."""
    return item.editions.filter(state=EditionState.PUBLISHED).first()


def editions_of(item: Item) -> list[Edition]:
    """Return all editions, newest first."""
    return list(item.editions.select_related("saved_by").order_by("-order"))


def files_of(edition: Edition) -> list[EditionFile]:
    """Return the files of an edition in their order, those that were removed left out."""
    rows = edition.files.filter(removed_at=None).select_related("file", "copy")
    return list(rows.order_by("role", "order", "id"))


def file_keys(edition: Edition) -> list[int]:
    """Return the stored files that may leave the drafting section, originals left out."""
    return [row.file_id for row in files_of(edition) if row.role != FileRole.ORIGINAL]


def content_of(edition: Edition) -> Content:
    """Return all of an edition that is signed, as it is stored now."""
    item = edition.item
    facts = [
        FileFact(row.role, row.title, row.file.sha256, row.copy.sha256 if row.copy else "")
        for row in files_of(edition)
    ]
    readers = edition.readers.filter(live=True).order_by("unit_id")
    formed_on = None if edition.signing_forms else edition.formed_on
    return Content(
        index_number=item.index_number or "",
        kind=item.kind,
        change=edition.change,
        change_note=edition.change_note,
        title=edition.title,
        document_number=edition.document_number,
        issuers=tuple(edition.issuers),
        attribute=edition.attribute,
        ground=edition.ground,
        reason=edition.reason,
        audience=edition.audience,
        readers=tuple(readers.values_list("unit_id", flat=True)),
        formed_on=formed_on.isoformat() if formed_on else "",
        effective_on=edition.effective_on.isoformat() if edition.effective_on else "",
        lapses_on=edition.lapses_on.isoformat() if edition.lapses_on else "",
        topic=edition.topic,
        column=item.column.code if item.column else "",
        keywords=edition.keywords,
        abstract=edition.abstract,
        source=edition.source,
        source_url=edition.source_url,
        text=edition.text,
        files=tuple(facts),
    )


def sendings_of(edition: Edition) -> list[Sending]:
    """Return what of an edition was sent to be signed, the latest first."""
    return list(edition.sendings.order_by("-id"))


def content_before(edition: Edition, kind: str, pk: int) -> Content | None:
    """Return what a sending of the edition (``sent``) or another edition of its item held."""
    if kind == "sent":
        sending = edition.sendings.filter(pk=pk).first()
        return content_from(sending.content) if sending else None
    other = Edition.objects.select_related("item__body", "item__unit", "item__column")
    found = other.filter(pk=pk, item_id=edition.item_id).first() if kind == "edition" else None
    return content_of(found) if found else None


def digest_of(edition: Edition) -> str:
    """Return the digest of what is stored now."""
    return digest(content_of(edition))


def check_of(edition: Edition, digest: str | None = None) -> Check | None:
    """Return the newest check over this exact version, by default over what was saved last."""
    return edition.checks.filter(digest=digest or edition.digest).order_by("-id").first()


def findings_of(check: Check) -> list[Finding]:
    """Return what a check found, what must be dealt with first."""
    rank = {"stop": 0, "ask": 1, "note": 2}
    rows = list(check.findings.select_related("overruled_by").order_by("id"))
    return sorted(rows, key=lambda row: (row.overruled_at is not None, rank[row.severity]))


def finding_or_none(user: User, pk: int) -> Finding | None:
    """Return a finding over an edition of an item whose drafts the person may see."""
    rows = Finding.objects.select_related("check_run__edition__item__body")
    items = policies.worked_items(user)
    return rows.filter(pk=pk, check_run__edition__item__in=items).first()


def file_or_none(user: User, pk: int) -> EditionFile | None:
    """Return a file of an edition of an item whose drafts the person may see."""
    rows = EditionFile.objects.select_related("edition__item__body", "file")
    return rows.filter(pk=pk, edition__item__in=policies.worked_items(user)).first()


def readable_item(user: User | None, pk: int) -> Edition | None:
    """Return what a reader gets of an item: its published edition, to whom it is published."""
    rows = policies.published_to(user).filter(item=pk)
    return rows.select_related("item__body", "item__unit", "item__column").first()


@dataclass(frozen=True)
class PublicFile:
    """A file as readers get it: what it is called, which stored file is given out."""

    title: str
    file: files.StoredFile


def public_files(edition: Edition) -> list[PublicFile]:
    """Return the attachments that readers get: cleaned copies where there are, no originals."""
    return [
        PublicFile(row.title, row.copy or row.file)
        for row in files_of(edition)
        if row.role == FileRole.ATTACHMENT
    ]


def return_reason(edition: Edition) -> str:
    """Return why the newest round sent an edition back; "" when it did not."""
    found = approvals.newest_round(subject_key(edition))
    if found is None or edition.state != EditionState.RETURNED:
        return ""
    step = found.steps.filter(state=approvals.StepState.RETURNED).first()
    return step.comment if step else ""


def chain_of(edition: Edition) -> str:
    """Return the chain that an edition goes through: by its kind, or that of an emergency."""
    if edition.emergency:
        return EMERGENCY_CHAIN
    chain = CHAINS[Kind(edition.item.kind)]
    if edition.item.kind == Kind.REPOST:
        return chain  # nobody of the section signs it
    has_head = people_of(edition.item.unit, [Role.SECTION_HEAD])
    return chain if has_head else without_head(chain)


def stops_of(edition: Edition, user: User) -> tuple[approvals.Stop, ...]:
    """Return the steps of the edition's chain as they stand, or as they will be asked."""
    try:
        way = approvals.standing(
            chain_of(edition),
            subject=subject_key(edition),
            digest=edition.digest,
            unit=edition.item.unit,
            actor=user,
        )
    except LookupError:
        return ()
    return way.stops


def register(user: User) -> QuerySet[Item]:
    """Return the register: the items whose drafts the person may see, for a list.

    Of one section it is read along that section's index: the scope alone, a condition on paths,
    would have the database walk along what others changed.
    """
    rows = policies.worked_items(user).select_related("body", "unit", "duty")
    units = policies.units_in_scope(user)
    return rows.filter(unit=units[0]) if len(units) == 1 else rows


def ledger(user: User) -> QuerySet[Publication]:
    """Return the ledger of publication of the bodies and units in scope."""
    rows = Publication.objects.filter(item__in=policies.worked_items(user))
    return rows.select_related("item", "edition", "by", "item__unit")


def comings_out(body: Unit, columns: Collection[int]) -> QuerySet[Publication]:
    """Return the times that something of these columns came out to the public and still counts.

    What was withdrawn does not, nor that it came out again as it was: the latest first.
    """
    came_out = (EditionState.PUBLISHED, EditionState.REPLACED)
    rows = Publication.objects.filter(body=body, item__column__in=columns, item__hidden=False)
    rows = rows.filter(edition__state__in=came_out, edition__audience=Audience.PUBLIC)
    taken_back = Withdrawal.objects.filter(restored_at=None).values("edition")
    rows = rows.exclude(how=How.RESTORED).exclude(edition__in=taken_back)
    return rows.order_by("-at", "-id")


def due_by(now: datetime, most: int) -> list[Edition]:
    """Return editions whose time to come out has come, the earliest first."""
    rows = Edition.objects.filter(state=EditionState.SCHEDULED, publish_at__lte=now)
    return list(rows.select_related("item__body", "item__unit").order_by("publish_at", "id")[:most])


def by_work(rows: QuerySet[Item], value: str) -> QuerySet[Item]:
    """Narrow the register to what is worked or what is done."""
    working = [s for s in EditionState if s in ("draft", "sent", "returned", "signed", "scheduled")]
    if value == "open":
        return rows.filter(state__in=working)
    return rows.exclude(state__in=working) if value == "done" else rows


MOST_NEEDS = 50


def needs(user: User) -> list[Edition]:
    """Return what waits for a person: returned to them, signed for them to publish, or a draft of
    their section whose clock runs out; the earliest clock first."""
    drafting = [unit.pk for unit in policies.drafting_units(user)]
    publishing = [unit.pk for unit in policies.publishing_bodies(user)]
    if not drafting and not publishing:
        return []
    mine = Q(saved_by=user) | Q(item__unit__in=drafting)
    waiting = Q(mine, state=EditionState.RETURNED)
    waiting |= Q(mine, state=EditionState.DRAFT, duty__light__in=["amber", "red"])
    waiting |= Q(state=EditionState.SIGNED, item__body__in=publishing)
    rows = Edition.objects.filter(waiting, item__hidden=False)
    rows = rows.select_related("item__unit", "duty").order_by("duty__due_at", "id")
    return list(rows[:MOST_NEEDS])


def column_choices() -> list[tuple[str, str]]:
    """Return the columns as choices, children under their parents."""
    rows = list(Column.objects.order_by("order", "id"))
    below: dict[int | None, list[Column]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def lines(parent: int | None, depth: int) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for row in below.get(parent, []):
            found.append((str(row.pk), f"{'　' * depth}{row.name}"))
            found += lines(row.pk, depth + 1)
        return found

    return lines(None, 0)


def column_by_pk(pk: int | None) -> Column | None:
    """Return a column by key."""
    return Column.objects.filter(pk=pk).first() if pk else None


def reader_choices() -> list[tuple[str, str]]:
    """Return the units that may be named as readers: every living unit of the platform."""
    return [(str(pk), name) for pk, name in choices(living(Unit.objects.all()))]


def unit_by_pk(pk: int) -> Unit | None:
    """Return a unit by key."""
    return unit_or_none(pk)


def grammar_of(body: Unit) -> Grammar | None:
    """Return how a body writes its index numbers; None where it set nothing."""
    return Grammar.objects.filter(body=body_of(body)).first()


def emergency_of(edition: Edition) -> Emergency | None:
    """Return that the short chain was taken for an edition."""
    return Emergency.objects.filter(edition=edition).first()


def withdrawals_of(edition: Edition) -> list[Withdrawal]:
    """Return the times that an edition was taken back and not restored."""
    return list(edition.withdrawals.filter(restored_at=None).order_by("id"))


def newest_withdrawal(item: Item) -> Withdrawal | None:
    """Return the last time that an edition of the item was taken back and not restored."""
    rows = Withdrawal.objects.select_related("by").filter(edition__item=item, restored_at=None)
    return rows.order_by("-id").first()


def emergency_by_subject(subject: str) -> Emergency | None:
    """Return the emergency that a round is about."""
    pk = subject.partition(":")[2]
    rows = Emergency.objects.select_related("edition__item__body", "edition__item__unit")
    return rows.filter(pk=pk).first()


def check_by_pk(pk: int) -> Check | None:
    """Return a check by key, for the worker."""
    return Check.objects.select_related("edition", "asked_by").filter(pk=pk).first()


_OWN_FILE = re.compile(r"/files/(\d+)/")


def owns(item: Item, address: str) -> bool:
    """Say whether an address is that of an image of this item: the only ones its text may show."""
    match = _OWN_FILE.fullmatch(address)
    if match is None:
        return False
    rows = EditionFile.objects.filter(edition__item=item, role=FileRole.IMAGE)
    return rows.filter(file=int(match[1])).exists()


def images_of(edition: Edition) -> list[EditionFile]:
    """Return the images that the text may show."""
    return [row for row in files_of(edition) if row.role == FileRole.IMAGE]
