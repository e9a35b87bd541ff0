"""Measures the tick that turns lights: so many changes at scale over as many on the small side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from bench.loading import copies_of
from bench.measuring import Measure, clocked, interleaved
from bench.sides import Side
from gongkai.duties.actions import turn_lights
from gongkai.duties.models import Duty
from gongkai.kernel import clock

AIM = 1.5


def turning_due() -> date:
    """Return the due day of the duties whose light turns within a day from now."""
    for ahead in range(1, 30):
        due = clock.today() + timedelta(days=ahead)
        change = copies_of(due, None, clock.now())["next_change_at"]
        if change is not None and change <= _moment():
            return due
    raise AssertionError("no due day turns a light tomorrow; choose another moment")


def _moment() -> datetime:
    return clock.now() + timedelta(days=1)


def measure(small: Side, large: Side, *, times: int, turning: int) -> Iterator[Measure]:
    """Yield the one measure: all changes that are due, in the ticker's own batches, rolled back."""
    moment = _moment()
    for side in (small, large):
        with side.open():
            due = Duty.objects.filter(next_change_at__lte=moment).count()
        if due != turning:
            raise AssertionError(f"{due} changes are due at {side.duties} duties, not {turning}")
    works = {side.name: _Tick(side, moment, turning) for side in (small, large)}
    readings = interleaved({name: tick.clocked for name, tick in works.items()}, times)
    baseline = f"the same {turning:,} changes at {small.duties:,} duties"
    yield Measure.of("tick.lights", readings[large.name], readings[small.name], baseline, AIM)


class _Tick:
    """The tick on one side; the outer transaction takes back what it did."""

    def __init__(self, side: Side, moment: datetime, turning: int) -> None:
        self.side, self.moment, self.turning = side, moment, turning

    def clocked(self) -> float:
        """Turn all lights that are due; returns milliseconds."""
        with self.side.open(), clock.at(self.moment), transaction.atomic():
            took = clocked(self._turn)
            transaction.set_rollback(True)
        return took

    def _turn(self) -> None:
        done = 0
        while n := turn_lights(self.moment):
            done += n
        if done != self.turning:
            raise AssertionError(f"the tick turned {done} lights, not {self.turning}")
