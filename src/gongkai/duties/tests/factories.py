"""Duties for tests, opened through the actions."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.duties.actions import open_duty
from gongkai.duties.models import Duty
from gongkai.duties.rules import working_days

OFFICE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=OFFICE)
_numbers = count(1)


def moment(text: str) -> datetime:
    """Read a moment at the office, stored as any moment is, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE).astimezone(UTC)


def make_duty(owner: Any, **fields: Any) -> Duty:
    """Open a duty of 20 working days from 2026-02-12, due 2026-03-18, unless told otherwise."""
    given: dict[str, Any] = {
        "kind": "tests.reply",
        "subject": f"tests.thing:{next(_numbers)}",
        "title": "答复公开申请",
        "limit": working_days(20),
        "started_at": moment("2026-02-12T10:00"),
        "actor": None,
    }
    return open_duty(owner=owner, **{**given, **fields})
