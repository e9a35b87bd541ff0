"""Normative documents for tests, made through the actions."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from gongkai.interpretations import actions as explaining
from gongkai.interpretations.states import Missing
from gongkai.normative import actions
from gongkai.normative.models import Standing
from gongkai.outbox import api as outbox
from gongkai.publications.api import Edition, Kind
from gongkai.publications.tests import factories as items

NUMBERS = count(1)


def drafted(side: Any, **how: Any) -> Edition:
    """Draft a normative document that a leader lets go without interpretation."""
    usual: dict[str, Any] = {
        "kind": Kind.NORMATIVE,
        "document_number": f"清交规〔2026〕{next(NUMBERS)}号",
        "lapses_on": date(2031, 3, 1),
    }
    edition = items.drafted(side, **{**usual, **how})
    for missing in Missing:
        explaining.except_from(
            edition.item, actor=side.leader, missing=missing, reason="试用，不必解读"
        )
    return edition


def registered(side: Any, edition: Edition, **how: Any) -> Standing:
    """Register a document."""
    usual: dict[str, Any] = {"number": f"QJGS-2026-{next(NUMBERS):04}", "expected": 0}
    return actions.register(edition.item, actor=side.officer, **{**usual, **how})


def out(side: Any, edition: Edition) -> Edition:
    """Sign and publish a document and let the worker follow."""
    from gongkai.publications import actions as publishing

    edition = items.sign_all(side, items.sent(side, items.again(edition)))
    publishing.publish(edition, actor=side.openness_office, expected=edition.version)
    outbox.drain()
    return items.again(edition)


def in_force(side: Any, **how: Any) -> Edition:
    """Bring a registered document out."""
    edition = drafted(side, **how)
    registered(side, edition)
    return out(side, edition)


def standing(edition: Edition) -> Standing:
    """Return a document's standing as it is now."""
    return Standing.objects.select_related("duty", "item__unit").get(item=edition.item_id)
