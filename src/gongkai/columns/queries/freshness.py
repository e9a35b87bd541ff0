"""Reads of columns: when each was updated, how all of a body stand; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from gongkai.accounts.api import User, people_of
from gongkai.calendars.api import WorkingCalendar, add_working_days, working_calendar
from gongkai.columns import policies
from gongkai.columns.models import Alteration, Pair, Upkeep
from gongkai.columns.queries.catalogue import columns, columns_above
from gongkai.columns.rules import Month, Stretch, in_words, incomplete, late_stretches, strip
from gongkai.columns.states import Freshness, Rhythm
from gongkai.kernel import clock
from gongkai.organisation.api import Unit, choices, living, units_under
from gongkai.publications import api as publications
from gongkai.publications.api import Edition

__all__ = ["Line", "Pair", "Upkeep"]


def _whole(rows: QuerySet[Upkeep]) -> QuerySet[Upkeep]:
    return rows.select_related("body", "column__parent", "owner", "person", "duty", "set_by")


def upkeep_or_none(user: User, pk: int) -> Upkeep | None:
    """Return a kept column that the person may see."""
    return _whole(policies.visible_upkeeps(user)).filter(pk=pk).first()


def pair_or_none(user: User, pk: int) -> Pair | None:
    """Return a pair of columns that the person may see."""
    rows = Pair.objects.select_related("first__body", "first__owner", "second")
    return rows.filter(pk=pk, first__in=policies.visible_upkeeps(user)).first()


def upkeeps_of(body: Unit) -> list[Upkeep]:
    """Return all columns that a body keeps or kept, in the order of the catalogue."""
    rows = _whole(Upkeep.objects.filter(body=body))
    return list(rows.order_by("column__parent__order", "column__order", "id"))


def touched_by(column_id: int, body_id: int) -> list[Upkeep]:
    """Return the columns of a body that something new in this one updates: itself, all above."""
    above = columns_above().get(column_id, [])
    return list(_whole(Upkeep.objects.filter(body=body_id, column__in=above)).order_by("id"))


def _with_below(column_id: int) -> list[int]:
    return [pk for pk, line in columns_above().items() if column_id in line]


def update_times(upkeep: Upkeep) -> list[datetime]:
    """Return when something of the column came out that counts, the latest first."""
    rows = publications.comings_out(upkeep.body, _with_below(upkeep.column_id))
    return list(rows.values_list("at", flat=True))


def last_update(upkeep: Upkeep) -> datetime | None:
    """Return when the column was updated last by something that was not taken back."""
    rows = publications.comings_out(upkeep.body, _with_below(upkeep.column_id))
    return rows.values_list("at", flat=True).first()


def columns_to_keep(body: Unit) -> list[tuple[int, str]]:
    """Return the columns of the catalogue that the body does not keep yet, as choices.

    Columns that another body made for itself are not offered.
    """
    kept = set(Upkeep.objects.filter(body=body).values_list("column_id", flat=True))
    others = "field.own."
    return [
        (row.pk, f"{row.parent.name}：{row.name}" if row.parent else row.name)
        for row in columns()
        if row.pk not in kept and not row.code.startswith(others)
    ]


@dataclass(frozen=True)
class Line:
    """A column as the picture of all shows it."""

    upkeep: Upkeep
    freshness: Freshness
    rhythm: str
    months: tuple[Month, ...]
    lacks: tuple[str, ...]
    """Columns that should have come out with it this year and did not."""


@dataclass(frozen=True)
class Group:
    """Columns under one head of the catalogue."""

    name: str
    lines: tuple[Line, ...]


def grouped(lines: Iterable[Line]) -> list[Group]:
    """Return lines by their head in the catalogue."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        parent = line.upkeep.column.parent
        groups.setdefault(parent.name if parent else "信息公开专栏", []).append(line)
    return [Group(name, tuple(found)) for name, found in groups.items()]


def retired_of(body: Unit) -> list[Upkeep]:
    """Return the columns that a body keeps no more."""
    return list(Upkeep.objects.filter(body=body).exclude(retired_at=None).order_by("name", "id"))


def retired_codes(body: Unit) -> set[str]:
    """Return the codes of the columns that a body keeps no more."""
    rows = Upkeep.objects.filter(body=body).exclude(retired_at=None)
    return set(rows.values_list("column__code", flat=True))


def units_of(body: Unit) -> list[tuple[int, str]]:
    """Return the living units of a body as choices, itself first."""
    return choices(living(units_under(body)))


def people_in(body: Unit) -> list[tuple[int, str]]:
    """Return the people who keep columns in a body, as choices."""
    found: dict[int, str] = {}
    for unit in living(units_under(body)):
        found |= {one.pk: one.full_name for one in people_of(unit, policies.KEEPERS)}
    return sorted(found.items(), key=lambda pair: pair[1])


def person_by_pk(pk: int | None) -> User | None:
    """Return a person by key."""
    return User.objects.filter(pk=pk).first() if pk else None


def column_of(pk: int | None) -> publications.Column | None:
    """Return a column of the catalogue by key."""
    return publications.column_by_pk(pk)


def others_of(upkeep: Upkeep) -> list[tuple[int, str]]:
    """Return the other columns that the body keeps, as choices."""
    rows = Upkeep.objects.filter(body=upkeep.body, retired_at=None).exclude(pk=upkeep.pk)
    return [(one.pk, one.name) for one in rows.order_by("column__order", "id")]


def rhythm_of(upkeep: Upkeep) -> str:
    """Say how often a column is updated."""
    return in_words(Rhythm(upkeep.rhythm), upkeep.amount)


def place_of(upkeep: Upkeep) -> str:
    """Say where a column stands in the catalogue."""
    parent = upkeep.column.parent
    return f"{parent.name} › {upkeep.column.name}" if parent else upkeep.column.name


def counts(lines: Iterable[Line]) -> dict[Freshness, int]:
    """Return how many columns stand how, what burns first."""
    found = dict.fromkeys((Freshness.RED, Freshness.AMBER, Freshness.GREEN, Freshness.GREY), 0)
    for line in lines:
        found[line.freshness] += 1
    return found


def lines_of(body: Unit, year: int) -> list[Line]:
    """Return the columns that a body keeps, each with its year, in a fixed number of queries."""
    upkeeps = [one for one in upkeeps_of(body) if one.retired_at is None]
    days = _update_days(body, upkeeps, date(year - 1, 1, 1))
    changes = _changes({one.pk for one in upkeeps})
    lacking, calendar = _lacking(upkeeps, days, year), working_calendar()
    return [
        Line(
            upkeep=one,
            freshness=freshness_of(one),
            rhythm=in_words(Rhythm(one.rhythm), one.amount),
            months=_months(one, year, days[one.pk], changes.get(one.pk, []), calendar),
            lacks=tuple(lacking.get(one.pk, [])),
        )
        for one in upkeeps
    ]


def line_of(upkeep: Upkeep, year: int) -> Line:
    """Return one column with its year."""
    return next(one for one in lines_of(upkeep.body, year) if one.upkeep.pk == upkeep.pk)


def freshness_of(upkeep: Upkeep) -> Freshness:
    """Say how a column stands now, by its clock."""
    duty = upkeep.duty
    if duty is None or duty.closed_at is not None:
        return Freshness.GREY
    return Freshness(duty.light) if duty.light in list(Freshness) else Freshness.GREEN


def _update_days(body: Unit, upkeeps: list[Upkeep], since: date) -> dict[int, list[date]]:
    """Return for each column the days on which something of it or below came out."""
    above = columns_above()
    by_column = {one.column_id: one.pk for one in upkeeps}
    found: dict[int, list[date]] = {one.pk: [] for one in upkeeps}
    wanted = [pk for pk, line in above.items() if any(c in by_column for c in line)]
    rows = publications.comings_out(body, wanted).filter(at__gte=clock.morning_of(since))
    for column, at in rows.values_list("item__column", "at"):
        for upper in above[column]:
            if upper in by_column:
                found[by_column[upper]].append(clock.day_of(at))
    return found


def _changes(upkeeps: set[int]) -> dict[int, list[Alteration]]:
    found: dict[int, list[Alteration]] = {}
    rows = Alteration.objects.filter(upkeep__in=upkeeps).order_by("changed_on", "id")
    for row in rows:
        found.setdefault(row.upkeep_id, []).append(row)
    return found


def _months(
    upkeep: Upkeep,
    year: int,
    updates: list[date],
    changes: list[Alteration],
    calendar: WorkingCalendar,
) -> tuple[Month, ...]:
    today, begun = clock.today(), clock.day_of(upkeep.begun_at)
    rhythm = Rhythm(upkeep.rhythm)
    if rhythm is Rhythm.CHANGES:
        late = _late_changes(upkeep, changes, today, calendar)
    else:
        start = max(begun, date(year - 1, 1, 1))
        late = late_stretches(rhythm, upkeep.amount, start, updates, today)
    return tuple(strip(year, begun, updates, late, today))


def _late_changes(
    upkeep: Upkeep, changes: list[Alteration], today: date, calendar: WorkingCalendar
) -> list[Stretch]:
    """Return when changes were not published though their days had run out."""
    found: list[Stretch] = []
    for one in changes:
        due = add_working_days(one.changed_on, upkeep.amount, calendar).due
        until = clock.day_of(one.answered_at) if one.answered_at else today
        if until > due:
            found.append(Stretch(due + timedelta(days=1), until))
    return found


def _lacking(upkeeps: list[Upkeep], days: dict[int, list[date]], year: int) -> dict[int, list[str]]:
    """Return for each column which other one should have come out with it and did not."""
    by_pk = {one.pk: one for one in upkeeps}
    found: dict[int, list[str]] = {}
    rows = Pair.objects.filter(first__in=by_pk, second__in=by_pk, ended_at=None)
    for row in rows.order_by("id"):
        if not incomplete(days[row.first_id], days[row.second_id], year):
            continue
        came = any(day.year == year for day in days[row.first_id])
        missing = by_pk[row.second_id if came else row.first_id]
        for pk in (row.first_id, row.second_id):
            found.setdefault(pk, []).append(missing.name)
    return found


def pairs_of(upkeep: Upkeep) -> list[Pair]:
    """Return the pairs in which a column stands."""
    rows = Pair.objects.select_related("first", "second").filter(ended_at=None)
    return list(rows.filter(Q(first=upkeep) | Q(second=upkeep)).order_by("id"))


def alterations_of(upkeep: Upkeep) -> list[Alteration]:
    """Return the changes told of, the latest first."""
    rows = upkeep.alterations.select_related("told_by").order_by("-changed_on", "-id")
    return list(rows[:20])


def out_in(user: User | None, upkeep: Upkeep, most: int = 20) -> list[Edition]:
    """Return what a reader may read of a column, the latest first."""
    rows = publications.published_to(user).filter(
        item__body=upkeep.body, item__column__in=_with_below(upkeep.column_id)
    )
    return list(rows.select_related("item").order_by("-published_at", "-id")[:most])


MOST_NEEDS = 50


def needs(user: User) -> list[Upkeep]:
    """Return columns of this person's units that are soon due or overdue, the earliest first."""
    rows = Upkeep.objects.filter(owner__in=policies.keeping_units(user), retired_at=None)
    rows = rows.filter(duty__closed_at=None, duty__light__in=["amber", "red"])
    rows = rows.filter(Q(person=None) | Q(person=user))
    return list(rows.select_related("duty", "owner").order_by("duty__order_at", "id")[:MOST_NEEDS])
