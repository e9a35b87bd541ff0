"""What the worker promises, one sentence a test; killing it is in test_kills."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from gongkai.kernel import clock
from gongkai.outbox import api, registry
from gongkai.outbox.models import Cursor, Errand, Message, Tick

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("CONSUMERS", "TICKERS", "STARTS"):
        table = getattr(registry, name)
        kept = dict(table)
        table.clear()
        monkeypatch.setattr(registry, "_kept", kept, raising=False)
    yield


@pytest.fixture(autouse=True)
def _restore_registry() -> Iterator[None]:
    kept = [(t, dict(t)) for t in (registry.CONSUMERS, registry.TICKERS, registry.STARTS)]
    yield
    for table, before in kept:
        table.clear()
        table.update(before)


def _put(subject: str, topic: str = "things.changed") -> None:
    with transaction.atomic():
        api.put(topic, subject=f"test.thing:{subject}")


def _listen(name: str = "listener", topics: tuple[str, ...] = ("things.changed",)):
    calls: list[tuple[str, set[str]]] = []
    api.consumer(name, topics)(lambda subject, named: calls.append((subject, named)))
    return calls


def test_a_smoke() -> None:
    calls = _listen()
    _put("1")
    _put("1")
    _put("2")
    assert api.drain() == 2
    assert calls == [("test.thing:1", {"things.changed"}), ("test.thing:2", {"things.changed"})]
    assert not Errand.objects.exists()
    assert api.drain() == 0
