"""Gathers what other apps say needs a person; each app decides for itself what that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from gongkai.ui.parts import Need, Stripe

SHOWN = 50
FEWEST = 5
"""So many are open on a phone even where nothing presses."""
URGENCY = {"red": 0, "amber": 1}
"""What is late or came back, then what slips or waits for a signature; all else by its day."""

NeedSource = Callable[[Any], Iterable[Need]]
NEED_SOURCES: dict[str, NeedSource] = {}


@dataclass(frozen=True)
class Summary:
    """How a unit stands, in one line that leads to its records."""

    label: str
    url: str
    stripes: tuple[Stripe, ...]

    @property
    def n(self) -> int:
        """How many records stand behind the line."""
        return sum(stripe.n for stripe in self.stripes)


SummarySource = Callable[[Any], Iterable[Summary]]
SUMMARY_SOURCES: dict[str, SummarySource] = {}


def needs(request: HttpRequest) -> list[Need]:
    """Return what waits for the person of this request: what burns first, then by time left.

    Among equals what has no day comes after what has one. One thing that two apps name by the
    same key is shown once, as the app asked first says it.
    """
    found: dict[str, Need] = {}
    for source in NEED_SOURCES.values():
        for need in source(request.user):
            found.setdefault(need.key or f"{need.url} {need.button}", need)
    return sorted(found.values(), key=_time_left)


def summaries(request: HttpRequest) -> list[Summary]:
    """Return how the units of this person stand; nothing for who leads none."""
    return [s for source in SUMMARY_SOURCES.values() for s in source(request.user)]


def _time_left(need: Need) -> tuple[int, bool, float, str]:
    """What burns comes first, and what others wait for before what has time; then by the day."""
    due = need.due if need.due is not None else need.sign.due
    return (URGENCY.get(need.sign.code, 2), due is None, _seconds(due), need.title)


def _seconds(due: date | datetime | None) -> float:
    """Return a moment to sort by; a day ends at its midnight."""
    if due is None:
        return 0.0
    if not isinstance(due, datetime):
        due = timezone.make_aware(datetime.combine(due, time.max))
    return due.timestamp()
