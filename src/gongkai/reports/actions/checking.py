"""A report is handed in, its figures are computed again, and a finding is set aside or taken up."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell
from gongkai.organisation.api import Unit
from gongkai.programme.api import Document
from gongkai.reading.result import Reading
from gongkai.reports import policies, rules
from gongkai.reports.models import Check, Finding
from gongkai.reports.states import CheckState

PURPOSE = "reports.source"
"""The purpose under which the gate of files knows the reports handed in."""


def receive_report(
    *,
    actor: User,
    body: Unit,
    upload: UploadedFile[Any] | bytes,
    name: str,
    title: str = "",
    replaces: Check | None = None,
) -> Check:
    """Take in a report of a body; the worker computes its figures again afterwards.

    ``replaces`` is the check of an earlier version to compare with. The file is checked and kept
    before the transaction begins. Raises ``Refused``; a refusal leaves no check.
    """
    refuse_if(policies.why_not_receive(body, actor=actor, replaces=replaces))
    stored = files.store(upload, name=name, actor=actor, unit=body, purpose=PURPOSE)
    with transaction.atomic():
        check = Check.objects.create(
            body=body,
            file=stored,
            title=(title.strip() or PurePath(name).stem)[:300],
            replaces=replaces,
            received_at=clock.now(),
            received_by=actor,
        )
        files.attach(stored, subject_key(check))
        record("reports.check_received", subject=check, actor=actor, unit=body, name=name)
    return check


def receive_document(
    document: Document,
    *,
    actor: User,
    body: Unit,
    title: str = "",
    replaces: Check | None = None,
) -> Check:
    """Take in a report that was received as a document; a copy of its file is checked.

    ``body`` is the document's own. Raises ``Refused`` as ``receive_report`` does, and when the
    actor does not see the document or it is another body's.
    """
    refuse_if(policies.why_not_receive_document(document, actor=actor, body=body))
    return receive_report(
        actor=actor,
        body=body,
        upload=files.read_bytes(document.file),
        name=document.file.name,
        title=title.strip() or document.title,
        replaces=replaces,
    )


@transaction.atomic
def take_figures(check: Check, *, reading: Reading, text: str) -> Check:
    """Keep each figure that was computed again, and tell who handed the report in.

    ``text`` is the decoded text into which the spans point. Raises ``Refused`` when it was done.
    """
    check = lock(check)
    refuse_if(policies.why_not_wait(check))
    name = PurePath(check.file.name).stem
    if check.title == name:
        check.title = (reading.title or rules.heading(text, file_name=name))[:300]
    check.text = text
    check.state = CheckState.CHECKED
    check.save()
    Finding.objects.bulk_create(
        Finding(
            report=check,
            order=order,
            kind=one.kind,
            text=one.text,
            stated=one.stated,
            computed=one.computed,
            agrees=one.agrees,
            start=one.start,
            end=one.end,
            where=one.where or "",
        )
        for order, one in enumerate(reading.figures)
    )
    found, wrong = len(reading.figures), sum(not one.agrees for one in reading.figures)
    record(
        "reports.report_checked",
        subject=check,
        actor=None,
        unit=check.body,
        figures=found,
        wrong=wrong,
    )
    _tell_receiver(check, f"{rules.cited(check.title)}复核了{found}处数字，{wrong}处不符。")
    return check


@transaction.atomic
def report_unreadable(check: Check, *, problem: str) -> Check:
    """Say that the report cannot be read and why; the file stays."""
    check = lock(check)
    refuse_if(policies.why_not_wait(check))
    check.state = CheckState.UNREADABLE
    check.problem = problem
    check.save(update_fields=["state", "problem"])
    record("reports.report_unreadable", subject=check, actor=None, unit=check.body, problem=problem)
    _tell_receiver(check, f"{rules.cited(check.title)}无法读取：{problem}")
    return check


@transaction.atomic
def set_aside(finding: Finding, *, actor: User, expected: int, reason: str) -> Finding:
    """Note why a figure that does not agree may stand; the text stays marked with the reason."""
    finding = lock(finding, expected=expected)
    refuse_if(policies.why_not_set_aside(finding, actor=actor))
    if not reason.strip():
        refuse_if([Refusal("reports.no_reason", "请写明为什么这个数字可以保留。")])
    finding.reason = reason.strip()
    finding.set_aside_at = clock.now()
    finding.set_aside_by = actor
    finding.save(update_fields=["reason", "set_aside_at", "set_aside_by"])
    check = finding.report
    record(
        "reports.finding_set_aside",
        subject=check,
        actor=actor,
        unit=check.body,
        figure=finding.text,
        reason=finding.reason,
    )
    return finding


@transaction.atomic
def take_up(finding: Finding, *, actor: User, expected: int) -> Finding:
    """Show a finding that was set aside again; the reason stays in the audit chain."""
    finding = lock(finding, expected=expected)
    refuse_if(policies.why_not_take_up(finding, actor=actor))
    finding.reason = ""
    finding.set_aside_at = None
    finding.set_aside_by = None
    finding.save(update_fields=["reason", "set_aside_at", "set_aside_by"])
    check = finding.report
    record(
        "reports.finding_taken_up",
        subject=check,
        actor=actor,
        unit=check.body,
        figure=finding.text,
    )
    return finding


def _tell_receiver(check: Check, sentence: str) -> None:
    tell(
        [check.received_by],
        kind="reports.check",
        subject=subject_key(check),
        sentence=sentence,
        url=reverse("reports:check", args=[check.pk]),
        key=f"{subject_key(check)}:{check.state}",
    )
