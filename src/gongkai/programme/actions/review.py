"""The officer's review of proposals: accept, correct, split, merge, leave out, take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.programme import policies
from gongkai.programme.actions.names import note_names
from gongkai.programme.actions.signing import text_changed
from gongkai.programme.models import Correction, Document, Proposal
from gongkai.programme.states import PROPOSAL_MOVES, ProposalState

CORRECTABLE = ("clause", "text", "lead", "support", "clock", "targets", "superior")
"""The fields that a person may correct; all others stay as read."""


@transaction.atomic
def accept(proposal: Proposal, *, actor: User, expected: int) -> Proposal:
    """Accept a proposal as it stands. Raises ``Refused`` when it lacks a lead or a clock."""
    proposal = lock(proposal, expected=expected)
    refuse_if(policies.why_not_accept(proposal, actor=actor))
    return _move(proposal, "accept", "programme.proposal_accepted", actor=actor)


@transaction.atomic
def accept_clear(document: Document, *, actor: User) -> tuple[int, int]:
    """Accept every proposal that leaves nothing to decide; return how many, and how many stay."""
    refuse_if(policies.why_not_document("bind", document, actor=actor))
    accepted = left = 0
    for proposal in document.proposals.filter(state=ProposalState.PROPOSED).order_by("id"):
        if any(policies.gaps(proposal)):
            left += 1
            continue
        proposal = lock(proposal)
        proposal.state = ProposalState.ACCEPTED
        proposal.save(update_fields=["state"])
        accepted += 1
    record(
        "programme.proposals_accepted",
        subject=document,
        actor=actor,
        unit=document.body,
        accepted=accepted,
        left=left,
    )
    text_changed(document, actor=actor)
    return accepted, left


@transaction.atomic
def correct(proposal: Proposal, *, actor: User, expected: int, **fields: Any) -> Proposal:
    """Correct fields of a proposal; each correction is kept with what stood before.

    ``fields`` are of ``CORRECTABLE``. ``expected`` is the version the person's page showed:
    when somebody corrected it since, ``Refused`` (``kernel.stale``) and nothing is lost.
    """
    unknown = set(fields) - set(CORRECTABLE)
    if unknown:
        raise ValueError(f"not correctable: {sorted(unknown)}")
    proposal = lock(proposal, expected=expected)
    refuse_if(policies.why_not_proposal("correct", proposal, actor=actor))
    changed = {k: v for k, v in fields.items() if getattr(proposal, k) != v}
    for field, after in changed.items():
        _keep_correction(proposal, field, after, actor=actor)
    proposal.save()
    note_names(proposal.document)
    return _move(
        proposal, "correct", "programme.proposal_corrected", actor=actor, fields=sorted(changed)
    )


def _keep_correction(proposal: Proposal, field: str, after: Any, *, actor: User) -> None:
    Correction.objects.create(
        proposal=proposal,
        field=field,
        before=getattr(proposal, field),
        after=after,
        made_at=clock.now(),
        made_by=actor,
    )
    setattr(proposal, field, after)


@transaction.atomic
def drop(proposal: Proposal, *, actor: User, expected: int, reason: str) -> Proposal:
    """Leave a proposal out, with the reason."""
    proposal = lock(proposal, expected=expected)
    refuse_if(policies.why_not_drop(proposal, actor=actor, reason=reason))
    proposal.reason = reason.strip()
    return _move(proposal, "drop", "programme.proposal_dropped", actor=actor, reason=reason)


@transaction.atomic
def restore(proposal: Proposal, *, actor: User, expected: int) -> Proposal:
    """Take a proposal back for review, whether left out or accepted."""
    proposal = lock(proposal, expected=expected)
    refuse_if(policies.why_not_proposal("restore", proposal, actor=actor))
    proposal.reason = ""
    return _move(proposal, "restore", "programme.proposal_restored", actor=actor)


@transaction.atomic
def split(
    proposal: Proposal, *, actor: User, expected: int, texts: Sequence[str]
) -> list[Proposal]:
    """Split a proposal into several, each with its units and clock; return the new ones."""
    texts = [text.strip() for text in texts if text.strip()]
    proposal = lock(proposal, expected=expected)
    refuse_if(policies.why_not_proposal("split", proposal, actor=actor))
    if len(texts) < 2:
        raise Refused(Refusal("programme.split_in_one", "拆分后至少要有两条，请分行填写。"))
    children = [_copy(proposal, text=text, parent=proposal) for text in texts]
    _move(proposal, "split", "programme.proposal_split", actor=actor, into=len(children))
    return children


@transaction.atomic
def merge(proposals: Sequence[Proposal], *, actor: User, expected: Sequence[int]) -> Proposal:
    """Merge proposals of one document into one, at the place of the first; return it."""
    if len({p.pk for p in proposals}) < 2 or len({p.document_id for p in proposals}) > 1:
        raise Refused(Refusal("programme.merge_of_one", "请选同一文件的两条以上任务再合并。"))
    rows = [lock(p, expected=v) for p, v in zip(proposals, expected, strict=True)]
    rows.sort(key=lambda row: (row.order, row.pk))
    for row in rows:
        refuse_if(policies.why_not_proposal("merge", row, actor=actor))
    one = _copy(
        rows[0],
        text="\n".join(row.text for row in rows),
        lead=_union(row.lead for row in rows),
        support=_union(row.support for row in rows),
        start=min(row.start for row in rows),
        end=max(row.end for row in rows),
    )
    for row in rows:
        row.parent = one
        _move(row, "merge", "programme.proposal_merged", actor=actor, into=one.pk)
    return one


def _union(lists: Any) -> list[str]:
    return list(dict.fromkeys(text for names in lists for text in names))


def _copy(proposal: Proposal, **changes: Any) -> Proposal:
    kept = {
        field.attname: getattr(proposal, field.attname)
        for field in Proposal._meta.concrete_fields
        if field.attname not in ("id", "version", "state", "reason", "parent_id")
    }
    return Proposal.objects.create(**(kept | changes))


def _move(proposal: Proposal, verb: str, event: str, *, actor: User, **facts: Any) -> Proposal:
    proposal.state = PROPOSAL_MOVES[verb][1]
    proposal.save(update_fields=["state", "reason", "parent"])
    record(
        event,
        subject=proposal,
        actor=actor,
        unit=proposal.document.body,
        also=[proposal.document],
        row=proposal.row,
        **facts,
    )
    text_changed(proposal.document, actor=actor)
    return proposal
