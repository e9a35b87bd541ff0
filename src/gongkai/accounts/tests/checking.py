"""How the tests of actions look at what was done: the trail, the rows, a refusal."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.accounts.models import Delegation, Post, User
from gongkai.audit import api as audit
from gongkai.audit.api import AuditEvent
from gongkai.kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
GOOD = "Another-secret-9"


def last(subject):
    entry = audit.timeline(subject)[0]
    return entry.event, entry.facts


def rows():
    return [list(m.objects.order_by("pk").values()) for m in (User, Post, Delegation)]


def refused(codes, act, *args, **kwargs):
    """Check that an action is refused with these codes and leaves rows and trail as they were."""
    before = rows(), AuditEvent.objects.count()
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert caught.value.codes == codes
    assert (rows(), AuditEvent.objects.count()) == before
