"""A document comes in, is read or cannot be, or is withdrawn."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell
from gongkai.organisation.api import Unit
from gongkai.programme import policies
from gongkai.programme.actions.names import note_names
from gongkai.programme.actions.signing import given_up
from gongkai.programme.models import Clause, Document, Proposal
from gongkai.programme.rules import propose_clock
from gongkai.programme.states import GIVEN_UP, DocumentState
from gongkai.reading.result import Reading

PURPOSE = "programme.source"
"""The purpose under which the gate of files knows the source documents."""


def receive_document(
    *,
    actor: User,
    body: Unit,
    upload: UploadedFile[Any] | bytes,
    name: str,
    title: str = "",
    replaces: Document | None = None,
) -> Document:
    """Take in a source document for a body; the worker reads it afterwards.

    ``replaces`` is the bound document of which this is a later version. The file is checked and
    kept before the transaction begins. Raises ``Refused``; a refusal leaves no document.
    """
    refuse_if(policies.why_not_receive(body, actor=actor, replaces=replaces))
    stored = files.store(upload, name=name, actor=actor, unit=body, purpose=PURPOSE)
    with transaction.atomic():
        if replaces is not None:
            replaces = lock(replaces)
            refuse_if(policies.why_not_receive(body, actor=actor, replaces=replaces))
            # One that could not be read or was withdrawn leaves its place to this one.
            Document.objects.filter(replaces=replaces, state__in=GIVEN_UP).update(replaces=None)
        document = Document.objects.create(
            body=body,
            file=stored,
            sha256=stored.sha256,
            title=title.strip() or PurePath(name).stem,
            replaces=replaces,
            received_at=clock.now(),
            received_by=actor,
        )
        files.attach(stored, subject_key(document))
        record("programme.document_received", subject=document, actor=actor, unit=body, name=name)
    return document


@transaction.atomic
def take_reading(
    document: Document, *, reading: Reading, text: str, quietly: bool = False
) -> Document:
    """Keep what the reader found: clauses, proposals and names; done once, repeats are refused.

    ``text`` is the decoded text into which the spans point. ``quietly`` tells nobody: who received
    it needs not look it through.
    """
    document = _lock_received(document)
    _take_header(document, reading, text)
    Clause.objects.bulk_create(
        Clause(
            document=document,
            order=order,
            path=c.path[:120],
            heading=c.heading,
            text=c.text,
            start=c.start,
            end=c.end,
            where=c.where or "",
        )
        for order, c in enumerate(reading.clauses)
    )
    Proposal.objects.bulk_create(_proposals(document, reading))
    note_names(document)
    record(
        "programme.document_read",
        subject=document,
        actor=None,
        unit=document.body,
        clauses=len(reading.clauses),
        tasks=len(reading.tasks),
    )
    if not quietly:
        n = len(reading.tasks)
        _tell_receiver(document, f"《{document.title}》已读出{n}条拟任务，请核对。")
    return document


def _lock_received(document: Document) -> Document:
    document = lock(document)
    if document.state != DocumentState.RECEIVED:
        raise Refused(Refusal("programme.wrong_state", "这份文件已经读过。"))
    return document


def _take_header(document: Document, reading: Reading, text: str) -> None:
    plain = reading.as_json()
    given = document.title != PurePath(document.file.name).stem
    document.title = (document.title if given else reading.title or document.title)[:300]
    document.issuer = (reading.issuer or "")[:200]
    document.number = (reading.number or "")[:100]
    document.signed_on = date.fromisoformat(reading.date) if reading.date else None
    document.published_on = date.fromisoformat(reading.published) if reading.published else None
    document.year = reading.year
    document.attachments = plain["attachments"]
    document.citations = plain["citations"]
    document.figures = plain["figures"]
    document.text = text
    document.state = DocumentState.READ
    document.save()


def _proposals(document: Document, reading: Reading) -> list[Proposal]:
    rows = []
    for order, (task, plain) in enumerate(
        zip(reading.tasks, reading.as_json()["tasks"], strict=True)
    ):
        clock_ = propose_clock(plain["due"])
        rows.append(
            Proposal(
                document=document,
                order=order,
                row=task.row,
                clause=task.clause[:120],
                text=task.text,
                lead=plain["lead"],
                support=plain["support"],
                due=plain["due"],
                clock=clock_.as_json() if clock_ else None,
                limits=plain["limits"],
                targets=plain["targets"],
                superior=task.superior or "",
                flags=plain["flags"],
                origin=plain,
                start=task.start,
                end=task.end,
                where=task.where or "",
            )
        )
    return rows


@transaction.atomic
def report_unreadable(document: Document, *, problem: str) -> Document:
    """Say that the file cannot be read and why; the file stays as evidence."""
    document = _lock_received(document)
    document.state = DocumentState.UNREADABLE
    document.problem = problem
    document.save(update_fields=["state", "problem"])
    record(
        "programme.document_unreadable",
        subject=document,
        actor=None,
        unit=document.body,
        problem=problem,
    )
    _tell_receiver(document, f"《{document.title}》无法读取：{problem}")
    return document


@transaction.atomic
def withdraw(document: Document, *, actor: User, expected: int, reason: str) -> Document:
    """Withdraw a document that was never made binding; nothing is deleted."""
    document = lock(document, expected=expected)
    refuse_if(policies.why_not_document("withdraw", document, actor=actor))
    if not reason.strip():
        raise Refused(Refusal("programme.no_reason", "撤回文件要写明原因。"))
    document.state = DocumentState.WITHDRAWN
    document.problem = reason
    document.save(update_fields=["state", "problem"])
    record(
        "programme.document_withdrawn",
        subject=document,
        actor=actor,
        unit=document.body,
        reason=reason,
    )
    given_up(document, actor=actor)
    return document


def _tell_receiver(document: Document, sentence: str) -> None:
    key = f"{subject_key(document)}:{document.state}"
    url = f"/programme/documents/{document.pk}/"
    tell(
        [document.received_by],
        kind="programme.document",
        subject=subject_key(document),
        sentence=sentence,
        url=url,
        key=key,
    )
