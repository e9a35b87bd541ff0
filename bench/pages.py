"""Measures pages of the desk at scale over the same pages on the small side."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from bench.measuring import Measure, clocked, interleaved, p95, queries_of
from bench.sides import Side

AIM = 1.5


def addresses(side: Side) -> dict[str, str]:
    """Return page → address."""
    board = reverse("programme:board")
    return {
        "board": f"{board}?by=unit",
        "board_week": f"{board}?by=week",
        "home": reverse("desk:home"),
        "my_duties": reverse("duties:mine"),
        "tasks": reverse("programme:tasks"),
        "task": reverse("programme:task", args=[side.marks["loaded"].task]),
        "register": reverse("publications:register"),
        "ledger": reverse("publications:ledger"),
        "item": reverse("publications:item", args=[side.marks["item"]]),
    }


def measure(names: tuple[str, ...], small: Side, large: Side, *, times: int) -> Iterator[Measure]:
    """Yield a measure for each page and person named; asking more at scale is an error."""
    for name in names:
        _, page, person = name.split(".")
        yield _measure(page, person, small, large, times)


def _measure(page: str, person: str, small: Side, large: Side, times: int) -> Measure:
    views = {side.name: _View(side, page, person) for side in (small, large)}
    asked = {name: view.queries() for name, view in views.items()}
    if len(set(asked.values())) > 1:
        raise AssertionError(
            f"{page} for {person} asks {asked[small.name]} queries at {small.duties} duties"
            f" and {asked[large.name]} at {large.duties}; make one query answer for all rows"
        )
    readings = interleaved({name: view.clocked for name, view in views.items()}, times)
    return Measure.of(
        f"page.{page}.{person}",
        readings[large.name],
        readings[small.name],
        f"p95 of the same page at {small.duties:,} duties",
        AIM,
        by=p95,
        queries=asked[large.name],
    )


class _View:
    """One page as one person sees it on one side."""

    def __init__(self, side: Side, page: str, person: str) -> None:
        self.side = side
        self.address = addresses(side)[page]
        self.client = Client()
        with side.open():
            self.client.force_login(side.marks["city"].people[person])
            self._get()  # once for templates and caches

    def _get(self) -> None:
        answer = self.client.get(self.address)
        if answer.status_code != 200:
            raise AssertionError(f"{self.address} answered {answer.status_code}")

    def queries(self) -> int:
        """Count the queries of one answer."""
        with self.side.open():
            return queries_of(self._get)

    def clocked(self) -> float:
        """Answer once; returns milliseconds."""
        with self.side.open():
            return clocked(self._get)
