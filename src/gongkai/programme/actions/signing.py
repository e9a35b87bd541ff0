"""What a change of a document does to the signatures under it; the rounds are the approvals'."""

from __future__ import annotations

from gongkai.accounts.api import User
from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import subject_key
from gongkai.programme import queries
from gongkai.programme.models import Document

LIVE = frozenset({approvals.RoundState.OPEN, approvals.RoundState.COMPLETE})


def text_changed(document: Document, *, actor: User) -> None:
    """Void the signatures of the version that was sent, if what would bind is another now.

    Called inside the transaction that changed the proposals or names. Whoever is asked to sign
    is asked no more; the office sends the document again when it is ready (ADR 0080).
    """
    sent = approvals.newest_round(subject_key(document))
    if sent is None or sent.state not in LIVE:
        return
    approvals.supersede(subject_key(document), digest=queries.digest_of(document), actor=actor)


def given_up(document: Document, *, actor: User) -> None:
    """End what is under way for a document that is withdrawn: nobody is asked to sign it."""
    sent = approvals.newest_round(subject_key(document))
    if sent is not None and sent.state in LIVE:
        approvals.supersede(subject_key(document), digest="", actor=actor)
