"""Reads of sources and of what they published, with how late we were; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Q, QuerySet
from django.utils import timezone

from gongkai.accounts.api import User
from gongkai.calendars.api import working_calendar
from gongkai.columns import policies
from gongkai.columns.models import Proposal, Source, Upkeep
from gongkai.columns.rules import delay_words, working_minutes
from gongkai.columns.states import ProposalState
from gongkai.kernel import clock
from gongkai.organisation.api import Unit
from gongkai.publications.api import Item


def source_or_none(user: User, pk: int) -> Source | None:
    """Return a source that the person may see."""
    rows = policies.visible_sources(user).select_related("body", "unit", "column")
    return rows.filter(pk=pk).first()


def proposal_or_none(user: User, pk: int) -> Proposal | None:
    """Return something that a superior published and the person may see."""
    rows = policies.visible_proposals(user)
    return rows.select_related("source__body", "source__unit", "item").filter(pk=pk).first()


def proposals(user: User) -> QuerySet[Proposal]:
    """Return what superiors published, for a list."""
    return policies.visible_proposals(user).select_related("source", "item", "duty")


def by_decision(rows: QuerySet[Proposal], value: str) -> QuerySet[Proposal]:
    """Narrow to what waits, or what was decided."""
    waiting = (ProposalState.WAITING, ProposalState.TAKEN)
    if value == "open":
        return rows.filter(state__in=waiting)
    return rows.exclude(state__in=waiting) if value == "done" else rows


def due_sources(now: datetime, most: int) -> list[Source]:
    """Return the sources whose time to be looked at has come."""
    rows = Source.objects.filter(look_at__lte=now).select_related("body", "unit", "column")
    return list(rows.order_by("look_at", "id")[:most])


def proposal_of(item: Item) -> Proposal | None:
    """Return of what an item is the repost."""
    rows = Proposal.objects.select_related("source__body", "source__unit", "duty")
    return rows.filter(item=item).first()


def delay_of(start: datetime, end: datetime) -> int:
    """Return the minutes of office hours between two moments."""
    calendar = working_calendar()
    first, last = timezone.localtime(start), timezone.localtime(end)
    return working_minutes(first, last, calendar.is_working)


def kept_columns(body: Unit) -> list[tuple[int, str]]:
    """Return the columns that a body keeps, as choices of where a repost goes."""
    rows = Upkeep.objects.filter(body=body, retired_at=None).order_by("column__order", "id")
    return list(rows.values_list("column_id", "name"))


@dataclass(frozen=True)
class SourceLine:
    """A source with what came of it."""

    source: Source
    waiting: int
    out: int
    declined: int
    delay: str
    """The mean delay of what was reposted, in words."""


def source_lines(user: User, body: Unit) -> list[SourceLine]:
    """Return the sources of a body, each with its counts, in one query."""
    state = "proposals__state"
    rows = policies.visible_sources(user).filter(body=body).select_related("unit", "column")
    rows = rows.annotate(
        waiting=Count("proposals", filter=Q(**{state: ProposalState.WAITING})),
        out=Count("proposals", filter=Q(**{state: ProposalState.OUT})),
        declined=Count("proposals", filter=Q(**{state: ProposalState.DECLINED})),
        mean=Avg("proposals__delay"),
    )
    return [
        SourceLine(
            row,
            row.waiting,
            row.out,
            row.declined,
            delay_words(round(row.mean)) if row.mean is not None else "",
        )
        for row in rows.order_by("ended_at", "id")
    ]


MOST_NEEDS = 50


def reposting_needs(user: User) -> list[Proposal]:
    """Return what waits to be reposted by this person's units, the earliest clock first."""
    rows = policies.visible_proposals(user).filter(state=ProposalState.WAITING)
    rows = rows.filter(source__unit__in=policies.keeping_units(user))
    rows = rows.select_related("source__unit", "duty")
    return list(rows.order_by("duty__order_at", "id")[:MOST_NEEDS])


def delay_words_of(proposal: Proposal) -> str:
    """Say how late ours was; "" before it is out."""
    return "" if proposal.delay is None else delay_words(proposal.delay)


def since_words(proposal: Proposal) -> str:
    """Say how late ours was, or how long the superior's has been out."""
    if proposal.delay is not None:
        return delay_words(proposal.delay)
    if proposal.state not in (ProposalState.WAITING, ProposalState.TAKEN):
        return ""
    passed = delay_of(proposal.issued_at or proposal.seen_at, clock.now())
    return f"已过{delay_words(passed)}"
