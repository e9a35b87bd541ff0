"""The course of a run: makes both sides, then takes the measures one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from bench import binding, city, documents, pages, sealing, ticking
from bench.loading import load
from bench.measuring import Measure
from bench.sides import Side, sides
from gongkai.audit.api import seal
from gongkai.kernel import clock

MOMENT = timezone.make_aware(datetime(2026, 6, 15, 10))  # noqa: DTZ001  # made aware here
"""The moment of every run: a Monday morning in the middle of the programme's year."""


def run(
    folder: Path, small: int, large: int, page_times: int, work_times: int, only: str
) -> Iterator[Measure]:
    """Yield every measure whose name begins with ``only``."""
    if _wanted("reader", only):
        yield from documents.measure(times=work_times)
    if only and _wanted("reader", only) and only.startswith("reader"):
        return
    with clock.at(MOMENT), sides(folder, {"small": small, "large": large}) as made:
        one, other = made["small"], made["large"]
        for side in made.values():
            _fill(side)
        for name, measures in _courses(one, other, page_times, work_times):
            if _wanted(name, only):
                yield from (m for m in measures() if m.name.startswith(only))


def _courses(
    small: Side, large: Side, page_times: int, work_times: int
) -> list[tuple[str, Callable[[], Iterator[Measure]]]]:
    return [
        ("page", lambda: pages.measure(small, large, times=page_times)),
        ("tick", lambda: ticking.measure(small, large, times=work_times)),
        ("audit", lambda: sealing.measure(small, large, times=work_times)),
        ("bind", lambda: binding.measure(small, times=work_times)),
    ]


def _wanted(name: str, only: str) -> bool:
    """Say whether a group has measures that were asked for."""
    return name.startswith(only) or only.startswith(name)


def _fill(side: Side) -> None:
    """Found the city by the actions, seal that, and load the duties."""
    print(f"loading {side.duties:,} duties", file=sys.stderr)
    with side.open():
        side.marks["city"] = city.found()
        while seal():
            pass
        side.marks["loaded"] = load(
            side.marks["city"], side.duties, ticking.TURNING, ticking.turning_due()
        )
