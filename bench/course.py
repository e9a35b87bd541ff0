"""The course of a run: makes both sides, then takes the measures one after the other."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from bench import (
    binding,
    city,
    comparing,
    documents,
    growth,
    pages,
    screening,
    sealing,
    sheets,
    ticking,
)
from bench.items import load_items
from bench.loading import load
from bench.measuring import Measure
from bench.plan import DECLARED, Plan
from bench.sides import Side, sides
from gongkai.audit.api import seal
from gongkai.kernel import clock

MOMENT = timezone.make_aware(datetime(2026, 6, 15, 10))  # noqa: DTZ001  # made aware here
"""The moment of every run: a Monday morning in the middle of the programme's year."""


def run(folder: Path, plan: Plan, only: str = "") -> Iterator[Measure]:
    """Yield every measure whose name begins with ``only``, in the order of ``DECLARED``."""
    wanted = {
        group: tuple(n for n in DECLARED if n.startswith(f"{group}.") and n.startswith(only))
        for group in dict.fromkeys(name.split(".")[0] for name in DECLARED)
    }
    yield from documents.measure(wanted.pop("reader"), times=plan.works, longer=plan.longer)
    yield from growth.measure(wanted.pop("growth"), times=plan.works, share=plan.share)
    yield from comparing.measure(wanted.pop("compare"), times=plan.works, share=plan.share)
    yield from screening.measure(wanted.pop("screen"), times=plan.works, share=plan.share)
    if not any(wanted.values()):
        return
    scales = {"small": plan.small, "large": plan.scale}
    with clock.at(MOMENT), sides(folder, scales) as made:
        for side in made.values():
            _fill(side, plan)
        gc.collect()
        gc.freeze()  # what the loading left is not gone through again before each reading
        for group, measures in _courses(made["small"], made["large"], plan):
            if wanted[group]:
                yield from (m for m in measures(wanted[group]) if m.name in wanted[group])


def _courses(
    small: Side, large: Side, plan: Plan
) -> list[tuple[str, Callable[[tuple[str, ...]], Iterator[Measure]]]]:
    works = plan.works
    return [
        ("page", lambda names: pages.measure(names, small, large, times=plan.pages)),
        ("tick", lambda _: ticking.measure(small, large, times=works, turning=plan.turning)),
        ("audit", lambda _: sealing.measure(small, large, times=works, events=plan.events)),
        ("bind", lambda _: binding.measure(small, times=works, rows=plan.rows)),
        ("sheet", lambda _: sheets.measure(small, times=works, rows=plan.rows)),
    ]


def _fill(side: Side, plan: Plan) -> None:
    """Found the city by the actions, seal that, and load the duties."""
    print(f"loading {side.duties:,} duties", file=sys.stderr)
    with side.open():
        side.marks["city"] = city.found(plan.bodies)
        while seal():
            pass
        side.marks["loaded"] = load(
            side.marks["city"], side.duties, plan.turning, ticking.turning_due()
        )
        side.marks["item"] = load_items(side.marks["city"], side.duties)
