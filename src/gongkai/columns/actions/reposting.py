"""What becomes of something that a superior published: reposted, not reposted, measured."""

from __future__ import annotations

from html import escape
from typing import Any

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.columns import policies, queries
from gongkai.columns.actions.watching import start_clock
from gongkai.columns.models import Proposal
from gongkai.columns.rules import delay_words
from gongkai.columns.states import PROPOSAL_MOVES, ProposalState
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.publications import api as publications
from gongkai.publications.api import Draft, Edition, EditionState, Item, Kind


@transaction.atomic
def repost(proposal: Proposal, *, actor: User, expected: int) -> Edition:
    """Begin the item that reposts it, with title, source and link as the superior has them, and
    ask for its checks. Raises ``Refused``."""
    proposal = lock(proposal, expected=expected)
    refuse_if(policies.why_not_repost(proposal, actor=actor))
    source = proposal.source
    edition = publications.draft(unit=source.unit, actor=actor, what=_draft(proposal))
    edition = publications.edition_by_pk(edition.pk) or edition
    proposal.state, proposal.item = PROPOSAL_MOVES["repost"][1], edition.item
    proposal.decided_at, proposal.decided_by = clock.now(), actor
    proposal.save(update_fields=["state", "item", "decided_at", "decided_by"])
    _say("columns.reposting", proposal, actor)
    publications.ask_check(edition, actor=actor, expected=edition.version)
    return publications.edition_by_pk(edition.pk) or edition


def _draft(proposal: Proposal) -> Draft:
    source = proposal.source
    words = f"<p>{escape(proposal.summary)}</p>" if proposal.summary else ""
    link = f'<p>原文：<a href="{escape(proposal.url)}">{escape(proposal.title)}</a></p>'
    return Draft(
        title=proposal.title,
        kind=Kind.REPOST,
        column=source.column,
        issuers=[source.name],
        abstract=proposal.summary[:300] or proposal.title,
        source=source.name,
        source_url=proposal.url,
        formed_on=clock.day_of(proposal.issued_at or proposal.seen_at),
        text=words + link,
    )


def _say(event: str, proposal: Proposal, actor: User | None, **facts: Any) -> None:
    source = proposal.source
    record(event, subject=proposal, actor=actor, unit=source.unit, source=source.name, **facts)


@transaction.atomic
def decline(proposal: Proposal, *, actor: User, reason: str, expected: int) -> Proposal:
    """Decide that it is not reposted, and say why. Raises ``Refused``."""
    proposal = lock(proposal, expected=expected)
    refuse_if(policies.why_not_decline(proposal, actor=actor, reason=reason))
    proposal.state, proposal.reason = PROPOSAL_MOVES["decline"][1], reason.strip()[:300]
    proposal.decided_at, proposal.decided_by = clock.now(), actor
    proposal.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    if proposal.duty is not None and proposal.duty.closed_at is None:
        duties.cancel(proposal.duty, actor=None, reason="定为不转发")
    _say("columns.declined", proposal, actor, reason=proposal.reason[:200])
    return proposal


@transaction.atomic
def reopen_proposal(proposal: Proposal, *, actor: User, expected: int) -> Proposal:
    """Take back that it is not reposted. Raises ``Refused``."""
    proposal = lock(proposal, expected=expected)
    refuse_if(policies.why_not_reopen(proposal, actor=actor))
    _wait_again(proposal, actor)
    return proposal


def _wait_again(proposal: Proposal, actor: User | None) -> None:
    proposal.state, proposal.item = PROPOSAL_MOVES["reopen"][1], None
    proposal.out_at, proposal.delay, proposal.reason = None, None, ""
    proposal.save(update_fields=["state", "item", "out_at", "delay", "reason"])
    if proposal.duty is None or proposal.duty.closed_at is not None:
        start_clock(proposal)
    _say("columns.reopened", proposal, actor)


@transaction.atomic
def follow_item(item: Item) -> None:
    """Measure how late a repost came out, or let its proposal wait again when the draft was
    dropped. Repeating is harmless."""
    proposal = queries.proposal_of(item)
    if proposal is None:
        return
    if item.state == EditionState.DROPPED and proposal.state == ProposalState.TAKEN:
        _wait_again(lock(proposal), None)
    elif item.published_at is not None and proposal.state == ProposalState.TAKEN:
        _come_out(lock(proposal), item)


def _come_out(proposal: Proposal, item: Item) -> None:
    at = item.published_at
    if at is None:
        return
    proposal.state, proposal.out_at = PROPOSAL_MOVES["come_out"][1], at
    proposal.delay = queries.delay_of(proposal.issued_at or proposal.seen_at, at)
    proposal.save(update_fields=["state", "out_at", "delay"])
    if proposal.duty is not None and proposal.duty.closed_at is None:
        duties.meet(proposal.duty, actor=None, at=at, evidence="已转发")
    _say("columns.reposted", proposal, None, delay=delay_words(proposal.delay))
