"""Askings for tests, made through the actions."""

from __future__ import annotations

from typing import Any

from gongkai.coordination import actions
from gongkai.coordination.models import Asking
from gongkai.publications.api import Edition
from gongkai.publications.tests import factories as items

QUESTION = "第二条涉及贵单位职责，请核。"


def asked(side: Any, unit: Any, edition: Edition | None = None, **how: Any) -> Asking:
    """Ask a unit about a draft."""
    edition = items.again(edition or items.drafted(side))
    usual: dict[str, Any] = {"question": QUESTION, "days": 5}
    return actions.ask(edition, unit=unit, actor=side.officer, **{**usual, **how})


def again(asking: Asking) -> Asking:
    """Return the asking as it now stands."""
    return Asking.objects.select_related("unit", "item__unit", "edition", "duty").get(pk=asking.pk)
