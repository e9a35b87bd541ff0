"""How the tests of actions look at what was done: the trail, the rows, a refusal."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.audit import api as audit
from gongkai.kernel.refusal import Refused
from gongkai.organisation.models import Unit, UnitName, UnitSet

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def last(subject):
    entry = audit.timeline(subject)[0]
    return entry.event, entry.facts


def refused(codes, act, *args, **kwargs):
    """Check that an action is refused with these codes and leaves every row as it was."""
    before = [list(m.objects.order_by("pk").values()) for m in (Unit, UnitName, UnitSet)]
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert caught.value.codes == codes
    assert [list(m.objects.order_by("pk").values()) for m in (Unit, UnitName, UnitSet)] == before
