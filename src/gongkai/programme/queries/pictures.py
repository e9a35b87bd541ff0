"""Counts for the pictures of a programme: its year by month, the load of its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from gongkai.accounts.api import User
from gongkai.duties import api as duties
from gongkai.organisation.api import Unit
from gongkai.programme.models import Programme
from gongkai.programme.policies import visible_programmes
from gongkai.programme.queries.board import visible_rows

Counts = Mapping[str, int]
"""Light → number of timed parts."""


@dataclass(frozen=True)
class Year:
    """The timed parts of a programme that the user sees, counted in three questions."""

    months: dict[int, Counts]
    """Month of the programme's year → counts."""
    elsewhere: int
    """Due in another year."""
    undated: int
    """Without a day: standing, or waiting for the superior's time."""
    units: list[tuple[Unit, Counts]]
    """Unit → counts, the one with most first."""


def programme_to_picture(user: User, pk: int | None) -> Programme | None:
    """Return the asked programme if the user sees it, else the newest one seen."""
    rows = visible_programmes(user).select_related("body")
    return rows.filter(pk=pk).first() if pk else rows.order_by("-year", "-pk").first()


def year_of(user: User, programme: Programme) -> Year:
    """Count the timed parts of a programme by month and by unit, as the user sees them."""
    rows = visible_rows(user).filter(task_part__task__programme=programme)
    rows = rows.exclude(state=duties.State.CANCELLED).select_related(None).order_by()
    dated = rows.annotate(in_year=ExtractYear("due_on"), in_month=ExtractMonth("due_on"))
    months: dict[int, dict[str, int]] = defaultdict(dict)
    elsewhere = undated = 0
    for year, month, light, n in dated.values_list("in_year", "in_month", "light").annotate(
        n=Count("pk")
    ):
        if year is None:
            undated += n
        elif year != programme.year:
            elsewhere += n
        else:
            months[month][light] = n
    return Year(dict(months), elsewhere, undated, _units(rows))


def _units(rows: QuerySet[duties.Duty]) -> list[tuple[Unit, Counts]]:
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for owner, light, n in rows.values_list("owner", "light").annotate(n=Count("pk")):
        counts[owner][light] = n
    units = Unit.objects.in_bulk(list(counts))
    most_first = sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return [(units[pk], found) for pk, found in most_first]
