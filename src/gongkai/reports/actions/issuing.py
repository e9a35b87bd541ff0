"""A report is issued and becomes papers, or is abandoned; its next steps go into the next year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell
from gongkai.organisation.api import Unit
from gongkai.programme import api as programme
from gongkai.reports import policies, queries
from gongkai.reports.models import Draft, Template
from gongkai.reports.rules import docx, pdf
from gongkai.reports.rules.next_steps import NextStep, as_table
from gongkai.reports.states import DraftState

PAPER = "reports.paper"
"""The purpose under which the gate of files knows the papers of issued reports."""

STALE_LOOK = Refusal("kernel.stale", "别人刚刚换过本单位的版式。请看清现在的版式，要换再上传一次。")

TEMPLATE = "reports.template"
"""The purpose of an office's own templates."""


@transaction.atomic
def issue(draft: Draft, *, actor: User, expected: int, reason: str = "") -> Draft:
    """Make the report final: nothing in it changes any more, its papers are made.

    Where a figure does not agree with its own sum or with the records, ``reason`` says why the
    report goes out all the same. Raises ``Refused``.
    """
    draft = lock(draft, expected=expected)
    refuse_if(policies.why_not("issue", draft, actor=actor))
    for passage in draft.passages.order_by("section", "order"):
        lock(passage)  # who rewrites a passage at this moment is told that it changed
    doubts = queries.doubts(draft)
    if doubts and not reason.strip():
        raise Refused(
            Refusal(
                "reports.doubts",
                f"还有{doubts}处数字有疑问。请改正，或写明为什么这样定稿。",
            )
        )
    draft.state = DraftState.ISSUED
    draft.reason = reason.strip()
    draft.closed_at, draft.closed_by, draft.live = clock.now(), actor, None
    draft.save(update_fields=["state", "reason", "closed_at", "closed_by", "live"])
    record(
        "reports.draft_issued",
        subject=draft,
        actor=actor,
        unit=draft.body,
        wrong=doubts,
        reason=draft.reason,
    )
    return draft


@transaction.atomic
def abandon(draft: Draft, *, actor: User, expected: int, reason: str) -> Draft:
    """Give a report up; it stays to be read. Raises ``Refused``."""
    draft = lock(draft, expected=expected)
    refuse_if(policies.why_not("abandon", draft, actor=actor))
    draft.state, draft.reason = DraftState.ABANDONED, reason.strip()
    draft.closed_at, draft.closed_by, draft.live = clock.now(), actor, None
    draft.save(update_fields=["state", "reason", "closed_at", "closed_by", "live"])
    record(
        "reports.draft_abandoned",
        subject=draft,
        actor=actor,
        unit=draft.body,
        reason=draft.reason,
    )
    return draft


def make_papers(draft: Draft) -> Draft:
    """Keep an issued report as .docx and .pdf and tell who issued it; the worker calls it.

    Where no .pdf can be made, the report says why. Nothing when the papers are there.
    """
    issuer = draft.closed_by
    if draft.state != DraftState.ISSUED or draft.docx_id or issuer is None:
        return draft
    paper, problem = queries.paper_of(draft), ""
    word = _keep(draft, issuer, docx.render(paper, queries.template_bytes(draft.body)), "docx")
    try:
        portable = _keep(draft, issuer, pdf.render(paper, fonts=settings.FONTS).data, "pdf")
    except pdf.NoFont as missing:
        portable, problem = None, str(missing)
    with transaction.atomic():
        draft = lock(draft)
        draft.docx, draft.pdf, draft.paper_problem = word, portable, problem
        draft.save(update_fields=["docx", "pdf", "paper_problem"])
        for file in filter(None, (word, portable)):
            files.attach(file, subject_key(draft))
        record(
            "reports.papers_made",
            subject=draft,
            actor=None,
            unit=draft.body,
            problem=problem,
        )
        tell(
            [issuer],
            kind="reports.draft",
            subject=subject_key(draft),
            sentence=f"《{draft.title}》已定稿，可以下载。",
            url=reverse("reports:draft", args=[draft.pk]),
            key=f"{subject_key(draft)}:papers",
        )
    return draft


def _keep(draft: Draft, issuer: User, data: bytes, kind: str) -> files.StoredFile:
    name = f"{draft.title[:80]}.{kind}"
    return files.store(data, name=name, actor=issuer, unit=draft.body, purpose=PAPER)


@transaction.atomic
def hand_on(
    draft: Draft, *, actor: User, expected: int, steps: Sequence[NextStep]
) -> programme.Document:
    """Turn chosen next steps into a document of the next year, to be reviewed like any other.

    Raises ``Refused``, also when no step was chosen, and when somebody else was first.
    """
    # The report is taken before its steps become a file, so that only one of two makes one; the
    # file is our own and small, so it is checked while the row is held.
    draft = _lock_to_hand_on(draft, actor=actor, expected=expected)
    if not steps:
        raise Refused(Refusal("reports.no_steps", "请至少勾选一条下一步打算。"))
    title = f"{draft.body.name}{draft.year + 1}年政务公开工作要点责任分工表（建议稿）"
    document = programme.receive_document(
        actor=actor,
        body=draft.body,
        upload=as_table(title, steps),
        name=f"{title}.docx",
        title=title,
    )
    draft.handed_on = document
    draft.save(update_fields=["handed_on"])
    record(
        "reports.draft_handed_on",
        subject=draft,
        actor=actor,
        unit=draft.body,
        also=[document],
        figures=len(steps),
    )
    return document


def _lock_to_hand_on(draft: Draft, *, actor: User, expected: int) -> Draft:
    """Lock the report; who comes second reads that it was handed on, not only that it changed."""
    refuse_if(policies.why_not_hand_on(draft, actor=actor))
    try:
        draft = lock(draft, expected=expected)
    except Refused:
        refuse_if(policies.why_not_hand_on(Draft.objects.get(pk=draft.pk), actor=actor))
        raise
    refuse_if(policies.why_not_hand_on(draft, actor=actor))
    return draft


def set_template(
    *, actor: User, body: Unit, upload: UploadedFile[Any] | bytes, name: str
) -> Template:
    """Give a body's reports the look of a .docx of its own. Raises ``Refused``."""
    refuse_if(policies.why_not_template(body, actor=actor))
    stored = files.store(upload, name=name, actor=actor, unit=body, purpose=TEMPLATE)
    try:
        docx.check(files.read_bytes(stored))
    except docx.NotATemplate as why:
        raise Refused(Refusal("reports.template_unfit", str(why))) from why
    with transaction.atomic():
        template = _put_in_use(body, stored, actor)
        files.attach(stored, subject_key(template))
        record("reports.template_set", subject=template, actor=actor, unit=body, name=stored.name)
    return template


def _put_in_use(body: Unit, stored: files.StoredFile, actor: User) -> Template:
    Template.objects.filter(live=body.pk).update(live=None)
    try:
        with transaction.atomic():
            return Template.objects.create(
                body=body, file=stored, live=body.pk, set_at=clock.now(), set_by=actor
            )
    except IntegrityError:  # the one in use is new since: another person just put it there
        raise Refused(STALE_LOOK) from None


@transaction.atomic
def drop_template(*, actor: User, body: Unit) -> None:
    """Go back to the standard look; the template stays kept. Raises ``Refused``."""
    refuse_if(policies.why_not_template(body, actor=actor))
    template = Template.objects.select_for_update().filter(live=body.pk).first()
    if template is None:
        raise Refused(Refusal("reports.no_template", "现在用的就是标准版式。"))
    template.live = None
    template.save(update_fields=["live"])
    record("reports.template_dropped", subject=template, actor=actor, unit=body)
