"""How the version of a document as it now stands is signed; the rounds belong to the approvals."""

from __future__ import annotations

from gongkai.accounts.api import User
from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import subject_key
from gongkai.programme.models import Document
from gongkai.programme.queries.documents import digest_of
from gongkai.programme.states import CHAIN


def how_signed(document: Document, *, actor: User) -> approvals.Standing:
    """Say how what is accepted now is signed, and whether the actor alone can make it binding."""
    return approvals.standing(
        CHAIN,
        subject=subject_key(document),
        digest=digest_of(document),
        unit=document.body,
        actor=actor,
    )


def was_sent(document: Document) -> bool:
    """Say whether any version of the document was sent round before."""
    return approvals.newest_round(subject_key(document)) is not None
