"""Measures the trail: what an event costs to seal and to verify, at scale over at 1,000."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction

from bench.measuring import Measure, clocked, interleaved
from bench.sides import Side
from gongkai.audit.api import record, seal, verify
from gongkai.audit.models import Seal

AIM = 1.5


def measure(small: Side, large: Side, *, times: int, events: int) -> Iterator[Measure]:
    """Yield sealing and verifying, each per event."""
    sides = (small, large)
    sealing = interleaved({s.name: _per_event(s, lambda: _sealed(events)) for s in sides}, times)
    baseline = f"per event, on a chain of {small.marks['loaded'].duties:,} events"
    yield _measure("audit.seal", sealing, small, large, f"sealing, {baseline}")
    verifying = interleaved({s.name: _per_event(s, _verified) for s in sides}, times)
    yield _measure("audit.verify", verifying, small, large, f"verifying, {baseline}")


def _measure(
    name: str, readings: dict[str, list[float]], small: Side, large: Side, baseline: str
) -> Measure:
    return Measure.of(name, readings[large.name], readings[small.name], baseline, AIM)


def _per_event(side: Side, work: Callable[[], float]) -> Callable[[], float]:
    def reading() -> float:
        with side.open():
            return work()

    return reading


def _sealed(events: int) -> float:
    """Seal fresh events behind the chain and take them back; milliseconds per event."""
    with transaction.atomic():
        for number in range(events):
            record("duties.opened", subject=f"duties.duty:{number + 1}", actor=None)
        took = clocked(_seal_all)
        transaction.set_rollback(True)
    return took / events


def _seal_all() -> None:
    while seal():
        pass


def _verified() -> float:
    """Verify the whole chain; milliseconds per event."""
    verdicts = []
    took = clocked(lambda: verdicts.append(verify()))
    if not verdicts[0].ok:
        raise AssertionError(f"the loaded chain does not hold: {verdicts[0].sentence}")
    return took / Seal.objects.count()
