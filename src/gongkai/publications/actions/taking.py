"""A Word document becomes a draft: its text, its pictures, and what the reader recognises of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.kernel.refusal import Refusal, Refused
from gongkai.organisation.api import Unit, body_of
from gongkai.publications import queries
from gongkai.publications.actions.drafting import Draft, add_file, draft, save
from gongkai.publications.models import Edition
from gongkai.publications.rules import printed_attribute
from gongkai.publications.states import Attribute, FileRole, Kind
from gongkai.reading.read import read
from gongkai.reading.source import Unreadable, load
from gongkai.richtext.api import Picture, from_docx, plain


def begin(
    *,
    unit: Unit,
    actor: User,
    kind: Kind,
    title: str = "",
    upload: UploadedFile[Any] | None = None,
) -> Edition:
    """Begin a draft by its title, or by a Word document that becomes its text.

    Number, day, title, issuer and attribute are taken where the document says them, and may be
    changed. It is read outside any transaction: a large one takes seconds. Raises ``Refused``.
    """
    if upload is None:
        return draft(unit=unit, actor=actor, what=Draft(title=title, kind=kind))
    data = b"".join(upload.chunks())
    pictures: list[Picture] = []

    def keep(picture: Picture) -> str:
        pictures.append(picture)
        return _place(len(pictures))

    try:
        html = from_docx(data, keep).html
        issuer = body_of(unit).name
        what = recognised(data, upload.name or "", title=title, kind=kind, issuer=issuer)
    except Unreadable as problem:
        said = f"这个文件不能用来起草：{problem}"
        raise Refused(Refusal("publications.unreadable", said)) from None
    edition = draft(unit=unit, actor=actor, what=what)
    for n, picture in enumerate(pictures, 1):
        row = add_file(
            edition, actor=actor, upload=picture.data, name=picture.name, role=FileRole.IMAGE
        )
        edition.refresh_from_db()
        html = html.replace(_place(n), reverse("files:download", args=[row.file_id]))
    return _with_text(edition, html, what, actor)


def _place(n: int) -> str:
    """Return where a picture stands in the text until it is kept."""
    return f"/picture-{n}-of-the-document/"


def recognised(data: bytes, name: str, *, title: str, kind: Kind, issuer: str) -> Draft:
    """Return what a document says of itself as a draft without text; ``issuer`` where it says
    none. Raises ``Unreadable``."""
    source = load(data, name)
    header = read(source)
    said = printed_attribute(source.text)
    found = title.strip() or header.title or re.sub(r"\.docx$", "", name)
    return Draft(
        title=found[:300],
        kind=kind,
        document_number=header.number or "",
        issuers=[header.issuer or issuer],
        attribute=said or Attribute.PROACTIVE,
        formed_on=date.fromisoformat(header.date) if header.date else None,
        source=header.issuer or issuer,
    )


def _with_text(edition: Edition, html: str, what: Draft, actor: User) -> Edition:
    """Put the document's text into the draft, and its beginning as the abstract."""
    whole = {**vars(what), "text": html, "abstract": plain(html)[:120]}
    found = queries.edition_by_pk(edition.pk)
    if found is None:
        raise LookupError(edition.pk)
    return save(found, actor=actor, what=Draft(**whole), expected=found.version)
