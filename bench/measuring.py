"""How a measure is taken and said: interleaved repetitions, medians, one line of JSON."""

from __future__ import annotations

import gc
import json
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

Work = Callable[[], object]


@dataclass(frozen=True)
class Measure:
    """What one line says: the ratio, what it is a ratio of, its range, the aim, and aside, ms.

    The range is that of the ratio with each fifth of the run left out in turn: how far one spell of
    bad weather on the machine moves it.
    """

    name: str
    ratio: float
    baseline: str
    range: tuple[float, float]
    aim: float
    value_ms: float
    baseline_ms: float
    queries: int | None = None

    @classmethod
    def of(
        cls,
        name: str,
        value: Sequence[float],
        base: Sequence[float],
        baseline: str,
        aim: float,
        by: Callable[[Sequence[float]], float] = statistics.median,
        queries: int | None = None,
    ) -> Measure:
        """Compare readings taken in turns, both summed up ``by`` the same function."""
        above, below = by(value), by(base)
        ratio = above / below
        parts = [by(v) / by(b) for v, b in zip(_without(value), _without(base), strict=True)]
        spread = (min([ratio, *parts]), max([ratio, *parts]))
        return cls(name, ratio, baseline, spread, aim, above, below, queries)

    def line(self) -> str:
        """Return the measure as one line of JSON."""
        said: dict[str, object] = {
            "name": self.name,
            "ratio": round(self.ratio, 2),
            "baseline": self.baseline,
            "range": [round(end, 2) for end in self.range],
            "aim": self.aim,
            "value_ms": round(self.value_ms, 2),
            "baseline_ms": round(self.baseline_ms, 2),
        }
        if self.queries is not None:
            said["queries"] = self.queries
        return json.dumps(said, ensure_ascii=False)


def _without(readings: Sequence[float]) -> list[Sequence[float]]:
    """Return the readings without each fifth of them in turn; nothing for fewer than two."""
    size = max(1, len(readings) // 5)
    starts = range(0, len(readings), size) if len(readings) > 1 else ()
    return [[*readings[:at], *readings[at + size :]] for at in starts]


def clocked(work: Work) -> float:
    """Run work once; returns milliseconds. What earlier work left is collected before."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def queries_of(work: Work) -> int:
    """Run work once; returns how many statements it sent to the database."""
    sent = 0

    def counting(execute: Any, *statement: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*statement)

    with connection.execute_wrapper(counting):
        work()
    return sent


def interleaved(works: Mapping[str, Callable[[], float]], times: int) -> dict[str, list[float]]:
    """Take each reading in turn, ``times`` times round, so that both sides share the weather."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(times):
        names = list(works)[:: 1 if turn % 2 == 0 else -1]
        for name in names:
            found[name].append(works[name]())
    return found


def p95(readings: Sequence[float]) -> float:
    """Return the reading that 95 of 100 do not exceed."""
    ordered = sorted(readings)
    return ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)]
