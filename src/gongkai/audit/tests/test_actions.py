"""Recording, sealing, anchors: what is written, what is refused."""

import pytest
from django.db import transaction

from gongkai.audit import api
from gongkai.audit.models import Seal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _declared() -> None:
    api.declare_events({"things.changed": "改了"})


def test_an_event_is_recorded_sealed_and_verified() -> None:
    with transaction.atomic():
        api.record("things.changed", subject="test.thing:1", actor=None, days=2)
    assert api.seal() == 1
    assert api.seal() == 0
    assert Seal.objects.get().sequence == 1
    assert api.verify().ok
    assert [e.label for e in api.timeline("test.thing:1")] == ["改了"]
