"""What the tests of pages share: words of a page, addresses, a form as it is sent."""

from __future__ import annotations

from django.urls import reverse


def text_of(response):
    return response.content.decode()


def url(name, row):
    return reverse(f"programme:{name}", args=[row.pk])


def filled_in(proposal, **changes):
    """What the page of a proposal sends when a person changed some fields."""
    sent = {
        "version": proposal.version,
        "text": proposal.text,
        "lead": "、".join(proposal.lead),
        "support": "、".join(proposal.support),
        "clause": proposal.clause,
        "superior": proposal.superior,
        **(proposal.clock or {"kind": ""}),
    }
    return {k: v for k, v in (sent | changes).items() if not isinstance(v, list | tuple)}
