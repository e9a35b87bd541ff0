"""Keeps the counters by unit and light in step, in the transaction that changes a light."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import IntegrityError, transaction
from django.db.models import F

from gongkai.audit.api import record
from gongkai.duties import queries
from gongkai.duties.models import Counter
from gongkai.duties.queries import CounterKey
from gongkai.duties.states import Light

Deltas = dict[CounterKey, int]
_gathered: ContextVar[Deltas | None] = ContextVar("gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Gather the counter changes of many verbs and write each counter once, in one order.

    Use it where one transaction touches many duties: two such transactions then take the rows in
    the same order and do not wait for each other in a ring. When the block fails nothing is
    written; a verb that succeeded inside must not be rolled back alone.
    """
    if _gathered.get() is not None:
        yield
        return
    deltas: Deltas = {}
    token = _gathered.set(deltas)
    try:
        with transaction.atomic():
            yield
            _write(deltas)
    finally:
        _gathered.reset(token)


def count(*, before: CounterKey | None, after: CounterKey | None) -> None:
    """Move one duty from one counter to another; None: it was, or is, nowhere."""
    if before == after:
        return
    deltas: Deltas = {}
    for key, n in ((before, -1), (after, 1)):
        if key is not None:
            deltas[key] = n
    gathered = _gathered.get()
    if gathered is None:
        _write(deltas)
        return
    for key, n in deltas.items():
        gathered[key] = gathered.get(key, 0) + n


def _write(deltas: Deltas) -> None:
    for key in sorted(deltas):
        if deltas[key]:
            _add(key, deltas[key])


def _add(key: CounterKey, n: int) -> None:
    owner, history, light = key
    row = Counter.objects.filter(owner=owner, history=history, light=light)
    if row.update(n=F("n") + n):
        return
    try:
        with transaction.atomic():
            Counter.objects.create(owner_id=owner, history=history, light=light, n=n)
    except IntegrityError:  # another transaction made the row meanwhile
        row.update(n=F("n") + n)


@transaction.atomic
def mend_counters() -> dict[CounterKey, tuple[int, int]]:
    """Set every wrong counter to what is there; returns key → (said, is there).

    Takes the rows first, so that what verbs do meanwhile waits and is not lost.
    """
    list(Counter.objects.select_for_update().order_by("owner", "history", "light"))
    wrong = queries.miscounts()
    for (owner, history, light), (_, there) in sorted(wrong.items()):
        Counter.objects.update_or_create(
            owner_id=owner, history=history, light=Light(light).value, defaults={"n": there}
        )
    if wrong:
        record("duties.counters_mended", subject="duties.counter:all", actor=None, wrong=len(wrong))
    return wrong
