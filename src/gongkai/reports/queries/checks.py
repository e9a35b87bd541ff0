"""Reads of checked reports: the list, one check with its findings, what a later version mends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongkai.accounts.api import User
from gongkai.organisation.api import Unit
from gongkai.programme.api import Document, DocumentState, visible_documents
from gongkai.reports import policies, rules
from gongkai.reports.models import Check, Finding

MOST_DOCUMENTS = 50
"""So many received documents are offered, newest first; an older one is uploaded."""


def checks(user: User) -> QuerySet[Check]:
    """Return the checks the user sees, with the counts that the list shows."""
    differs = Q(findings__agrees=False)
    wrong = differs & Q(findings__reason="")
    return (
        policies.visible_checks(user)
        .select_related("received_by")
        .defer("text")
        .annotate(
            found=Count("findings"),
            wrong=Count("findings", filter=wrong),
            noted=Count("findings", filter=differs & ~wrong),
        )
    )


def check_or_none(user: User, pk: int) -> Check | None:
    """Return the check if the user may see it."""
    rows = policies.visible_checks(user).select_related("body", "file", "received_by", "replaces")
    return rows.filter(pk=pk).first()


def check_to_read(pk: int) -> Check | None:
    """Return a check for the worker, whoever sees it."""
    return Check.objects.select_related("body", "file", "received_by").filter(pk=pk).first()


def documents_to_check(user: User, bodies: Sequence[Unit]) -> list[Document]:
    """Return the newest documents of these bodies that can be checked without another upload."""
    rows = visible_documents(user).filter(
        body__in=bodies,
        state__in=(DocumentState.READ, DocumentState.BOUND),
        file__kind__in=policies.KINDS,
    )
    shown = rows.select_related("body", "file").defer("text", "figures", "citations")
    return list(shown.order_by("-received_at", "-pk")[:MOST_DOCUMENTS])


def finding_or_none(user: User, pk: int) -> Finding | None:
    """Return the finding if the user may see its report."""
    rows = Finding.objects.select_related("report__body", "set_aside_by")
    return rows.filter(pk=pk, report__in=policies.visible_checks(user)).first()


def findings(check: Check) -> list[Finding]:
    """Return the figures of a report in the order of its text."""
    return list(check.findings.select_related("set_aside_by").order_by("order"))


def sum_of(finding: Finding) -> str:
    """Return the finding's sum written out, "" where it cannot be shown."""
    return rules.written_out(
        finding.kind, finding.text, stated=finding.stated, computed=finding.computed
    )


@dataclass(frozen=True)
class Compared:
    """What became of the wrong figures of the earlier version; ``mended`` are gone."""

    earlier: Check
    mended: tuple[Finding, ...]
    still: tuple[Finding, ...]
    new: tuple[Finding, ...]


def compared(check: Check, found: list[Finding]) -> Compared | None:
    """Compare with the version that this one replaces; None where it replaces none."""
    if check.replaces is None:
        return None
    before = {one.text: one for one in check.replaces.findings.filter(agrees=False)}
    now = {one.text: one for one in found if not one.agrees}
    return Compared(
        check.replaces,
        mended=tuple(one for text, one in before.items() if text not in now),
        still=tuple(one for text, one in now.items() if text in before),
        new=tuple(one for text, one in now.items() if text not in before),
    )
