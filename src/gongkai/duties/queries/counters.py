"""The counters by unit and light, and the count anew that they are checked with."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from gongkai.accounts.api import under
from gongkai.duties.models import Counter, Duty

CounterKey = tuple[int, bool, str]
"""Owner, bound as history, light."""


def counts_for(paths: Sequence[str], *, history: bool = False) -> dict[int, dict[str, int]]:
    """Return unit → light → number of duties, from the counters, for units under the paths."""
    rows = Counter.objects.filter(under("owner__path", paths), history=history, n__gt=0)
    found: dict[int, dict[str, int]] = {}
    for owner, light, n in rows.values_list("owner_id", "light", "n"):
        found.setdefault(owner, {})[light] = n
    return found


def recounted() -> dict[CounterKey, int]:
    """Count all duties anew, past the counters."""
    rows = Duty.objects.order_by().values_list("owner_id", "history", "light")
    return {(owner, history, light): n for owner, history, light, n in rows.annotate(n=Count("id"))}


def counted() -> dict[CounterKey, int]:
    """Return what the counters say, without the zeros."""
    rows = Counter.objects.exclude(n=0).values_list("owner_id", "history", "light", "n")
    return {(owner, history, light): n for owner, history, light, n in rows}


def miscounts() -> dict[CounterKey, tuple[int, int]]:
    """Return each counter that is wrong: key → (what it says, what is there)."""
    said, there = counted(), recounted()
    keys = said.keys() | there.keys()
    pairs = {key: (said.get(key, 0), there.get(key, 0)) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
