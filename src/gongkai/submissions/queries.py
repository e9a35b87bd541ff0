"""Reads of what is owed upward; each starts from what the user may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from gongkai.accounts.api import User
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.organisation.api import Unit, choices, living, units_under
from gongkai.programme.api import edited_bodies
from gongkai.submissions import policies
from gongkai.submissions.models import Requirement, Round, Sending
from gongkai.submissions.states import Rhythm, RoundState

__all__ = ["Requirement", "Round", "Sending", "Sent"]

UNANSWERED = timedelta(days=10)
"""After so many days without a receipt somebody should ask."""

MOST_NEEDS = 30
LAST_MONTHS = 11
"""From this month on the next year's rounds are asked for."""


def rounds(user: User) -> QuerySet[Round]:
    """Return the rounds that the user sees, for the list."""
    return policies.visible_rounds(user).select_related("requirement", "owner", "duty")


def by_work(rows: QuerySet[Round], value: str) -> QuerySet[Round]:
    """Keep what somebody still has to do something about ("open"), or what is over."""
    over = (RoundState.RECEIVED, RoundState.DROPPED)
    return rows.filter(state__in=over) if value == "over" else rows.exclude(state__in=over)


def round_or_none(user: User, pk: int) -> Round | None:
    """Return a round that the user sees."""
    rows = policies.visible_rounds(user)
    return rows.select_related("requirement", "owner", "body", "duty").filter(pk=pk).first()


def requirement_or_none(user: User, pk: int) -> Requirement | None:
    """Return a requirement that the user sees."""
    rows = policies.visible_requirements(user)
    return rows.select_related("owner", "body", "added_by").filter(pk=pk).first()


def rounds_of(requirement: Requirement) -> list[Round]:
    """Return the rounds of a requirement, the latest due first."""
    rows = requirement.rounds.select_related("requirement", "duty")
    return list(rows.order_by("-due_on", "-id")[:100])


@dataclass(frozen=True)
class Sent:
    """A sending with its files."""

    sending: Sending
    files: list[files.StoredFile]


def sendings_of(round_: Round) -> list[Sent]:
    """Return what was sent, the last first; two queries."""
    rows = round_.sendings.select_related("sent_by", "receipt").order_by("-order")
    kept = list(files.files_of(subject_key(round_)))
    return [Sent(row, [file for file in kept if file.pk in row.file_ids]) for row in rows]


def last_sending(round_: Round) -> Sending | None:
    """Return what was sent last."""
    return round_.sendings.order_by("-order").first()


def owner_choices(body: Unit) -> list[tuple[int, str]]:
    """Return the living units of a body as choices."""
    return choices(living(units_under(body)))


def unit_of(body: Unit, pk: int) -> Unit | None:
    """Return a unit of the body."""
    return units_under(body).filter(pk=pk).first()


def needs(user: User) -> list[Round]:
    """Return what came back to this person's units, and what is without a receipt for long."""
    rows = rounds(user).select_related("body")
    back = rows.filter(state=RoundState.RETURNED).order_by("due_on", "id")[:MOST_NEEDS]
    before = clock.today() - UNANSWERED
    quiet = rows.filter(state=RoundState.SENT, sent_on__lte=before)
    found = [*back, *quiet.order_by("due_on", "id")[:MOST_NEEDS]]
    return [one for one in found if policies.acts_on(user, one)]


def to_open(user: User) -> list[Requirement]:
    """Return the requirements of the user's bodies whose next year has to be opened."""
    bodies = edited_bodies(user)
    today = clock.today()
    if not bodies:
        return []
    year = today.year + (today.month >= LAST_MONTHS)
    rows = Requirement.objects.filter(body__in=bodies, ended_at=None, opened_to__lt=year)
    return list(rows.exclude(rhythm=Rhythm.ONCE).select_related("body").order_by("id")[:MOST_NEEDS])
