"""A Word document becomes a draft: its text, its pictures, and what the reader recognises of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.files import api as files
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.organisation.api import Unit, body_of
from gongkai.publications import policies, queries
from gongkai.publications.actions.drafting import PURPOSE, Draft, draft, put_file, save
from gongkai.publications.models import Edition
from gongkai.publications.states import Attribute, FileRole, Kind
from gongkai.reading.elements import Found, document_elements
from gongkai.reading.source import Unreadable, load
from gongkai.richtext.api import Picture, from_docx, plain


@dataclass(frozen=True)
class Begun:
    """A draft that was begun, and what of the document the drafter should look at, in words."""

    edition: Edition
    doubts: tuple[str, ...] = ()


def begin(
    *,
    unit: Unit,
    actor: User,
    kind: Kind,
    title: str = "",
    upload: UploadedFile[Any] | None = None,
    once: str = "",
) -> Begun:
    """Begin a draft by its title, or by a Word document that becomes its text.

    What the document says of itself is taken (B1), and may be changed. It is read outside any
    transaction: a large one takes seconds. ``once`` names the form: sent twice, it gives the draft
    that it gave first. Raises ``Refused``.
    """
    begun_as = f"{actor.pk}:{once}" if once else None
    try:
        if upload is None:
            what = Draft(title=title, kind=kind)
            return Begun(draft(unit=unit, actor=actor, what=what, begun_as=begun_as))
        return _begin_with(upload, unit, actor, Draft(title=title, kind=kind), begun_as)
    except IntegrityError:
        before = queries.begun_as(begun_as)
        if before is None:
            raise
        return Begun(before)


def _begin_with(
    upload: UploadedFile[Any], unit: Unit, actor: User, asked: Draft, begun_as: str | None
) -> Begun:
    """Begin a draft by a Word document."""
    data = b"".join(upload.chunks())
    pictures: list[Picture] = []

    def keep(picture: Picture) -> str:
        pictures.append(picture)
        return _place(len(pictures))

    try:
        html = from_docx(data, keep).html
        issuer = body_of(unit).name
        what, doubts = recognised(data, upload.name or "", asked, issuer=issuer)
    except Unreadable as problem:
        said = f"这个文件不能用来起草：{problem}"
        raise Refused(Refusal("publications.unreadable", said)) from None
    refuse_if(policies.why_not_draft(unit, actor=actor, title=what.title))
    kept = [
        files.store(one.data, name=one.name, actor=actor, unit=unit, purpose=PURPOSE)
        for one in pictures
    ]
    with transaction.atomic():
        edition = draft(unit=unit, actor=actor, what=what, begun_as=begun_as)
        for n, stored in enumerate(kept, 1):
            put_file(edition, stored, actor=actor, role=FileRole.IMAGE)
            html = html.replace(_place(n), reverse("files:download", args=[stored.pk]))
        return Begun(_with_text(edition, html, what, actor), doubts)


def _place(n: int) -> str:
    """Return where a picture stands in the text until it is kept."""
    return f"/picture-{n}-of-the-document/"


def recognised(
    data: bytes, name: str, asked: Draft, *, issuer: str
) -> tuple[Draft, tuple[str, ...]]:
    """Return what a document says of itself as a draft without text, and what is in doubt.

    The title that was ``asked`` for stands, and ``issuer`` where it names none. Raises
    ``Unreadable``.
    """
    found = document_elements(load(data, name))
    issuers = [one.value for one in found.issuers] or [issuer]
    what = Draft(
        title=(asked.title.strip() or _value(found.title) or re.sub(r"\.docx$", "", name))[:300],
        kind=asked.kind,
        document_number=_value(found.number)[:100],
        issuers=issuers,
        attribute=Attribute(_value(found.attribute) or Attribute.PROACTIVE),
        formed_on=_day(found.formed_on),
        effective_on=_day(found.effective_on),
        lapses_on=_day(found.lapses_on),
        source=issuers[0][:200],
    )
    taken = (
        ("标题", None if asked.title.strip() else found.title),
        ("发文字号", found.number),
        ("公开属性", found.attribute),
        ("成文日期", found.formed_on),
        ("施行日期", found.effective_on),
        ("有效期截止", found.lapses_on),
        *(("发文机关", one) for one in found.issuers),
    )
    said = [f"{label}：{doubt}" for label, one in taken if one for doubt in one.doubts]
    return what, (*found.doubts, *said)


def _value(found: Found | None) -> str:
    return found.value if found else ""


def _day(found: Found | None) -> date | None:
    return date.fromisoformat(found.value) if found else None


def _with_text(edition: Edition, html: str, what: Draft, actor: User) -> Edition:
    """Put the document's text into the draft, and its beginning as the abstract."""
    whole = {**vars(what), "text": html, "abstract": plain(html)[:120]}
    found = queries.edition_by_pk(edition.pk)
    if found is None:
        raise LookupError(edition.pk)
    return save(found, actor=actor, what=Draft(**whole), expected=found.version)
