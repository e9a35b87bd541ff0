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
from bench.plan import SMALL, Plan
from bench.sides import Side, sides
from gongkai.audit.api import seal
from gongkai.kernel import clock

MOMENT = timezone.make_aware(datetime(2026, 6, 15, 10))  # noqa: DTZ001  # made aware here
"""The moment of every run: a Monday morning in the middle of the programme's year."""


def run(folder: Path, plan: Plan, only: str = "") -> Iterator[Measure]:
    """Yield every measure whose name begins with ``only``, in the order of ``DECLARED``."""
    if _wanted("reader", only):
        found = documents.measure(times=plan.works, longer=plan.longer)
        yield from (m for m in found if m.name.startswith(only))
    if not any(_wanted(name, only) for name in ("page", "tick", "audit", "bind")):
        return
    scales = {"small": SMALL, "large": plan.scale}
    with clock.at(MOMENT), sides(folder, scales) as made:
        for side in made.values():
            _fill(side, plan)
        for name, measures in _courses(made["small"], made["large"], plan):
            if _wanted(name, only):
                yield from (m for m in measures() if m.name.startswith(only))


def _courses(
    small: Side, large: Side, plan: Plan
) -> list[tuple[str, Callable[[], Iterator[Measure]]]]:
    works = plan.works
    return [
        ("page", lambda: pages.measure(small, large, times=plan.pages)),
        ("tick", lambda: ticking.measure(small, large, times=works, turning=plan.turning)),
        ("audit", lambda: sealing.measure(small, large, times=works, events=plan.events)),
        ("bind", lambda: binding.measure(small, times=works, rows=plan.rows)),
    ]


def _wanted(name: str, only: str) -> bool:
    """Say whether a group has measures that were asked for."""
    return name.startswith(only) or only.startswith(name)


def _fill(side: Side, plan: Plan) -> None:
    """Found the city by the actions, seal that, and load the duties."""
    print(f"loading {side.duties:,} duties", file=sys.stderr)
    with side.open():
        side.marks["city"] = city.found()
        while seal():
            pass
        side.marks["loaded"] = load(
            side.marks["city"], side.duties, plan.turning, ticking.turning_due()
        )
