"""Lists of duties, each from who may see it; whom a duty can be given to; what a calendar moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet, Sum

from gongkai.accounts.api import Post, User, scope_paths, under
from gongkai.duties import policies
from gongkai.duties.models import RUNS, Counter, Duty, Move
from gongkai.duties.states import State
from gongkai.kernel import clock as time
from gongkai.organisation.api import Unit, choices, living
from gongkai.outbox.api import progress_of

M = TypeVar("M", bound=Model)


def visible_to(user: User) -> QuerySet[Duty]:
    """Return the duties a user may see."""
    return Duty.objects.filter(policies.visible_to(user)).select_related("owner", "person")


def mine(user: User) -> QuerySet[Duty]:
    """Return the open duties that are the user's own or their units', soonest first."""
    rows = narrowed(visible_to(user), "owner", scope_paths(user)).filter(RUNS, history=False)
    return rows.filter(Q(person=user) | under("owner__path", policies.acting_paths(user)))


FEW = 2_000
"""So many duties, of all years, are read and sorted sooner than found among everybody's."""


def narrowed(rows: QuerySet[M], unit: str, paths: Sequence[str]) -> QuerySet[M]:
    """Name the units under the paths one by one, where they have few duties.

    It keeps the same rows, which have to be of units under the paths already; it only leads the
    database to the rows of these units, which it would else look for along the order of the list.
    """
    units = list(Unit.objects.filter(under("path", paths)).values_list("pk", flat=True))
    total = Counter.objects.filter(owner__in=units).aggregate(n=Sum("n"))["n"] or 0
    return rows if total > FEW else rows.filter(**{f"{unit}__in": units})


def duty_for(user: User, pk: int) -> Duty:
    """Return a duty that the user may see. Raises ``Duty.DoesNotExist``."""
    return visible_to(user).get(pk=pk)


def duties_of(subject: str) -> QuerySet[Duty]:
    """Return the duties of a subject in order of their due moment; for the app that opened them."""
    rows = Duty.objects.filter(subject=subject).select_related("owner", "person")
    return rows.order_by("order_at", "id")


def due_between(user: User, first: date, last: date) -> QuerySet[Duty]:
    """Return the open duties a user may see that are due from the first to the last day."""
    rows = visible_to(user).filter(state=State.OPEN, history=False, due_on__range=(first, last))
    return rows.order_by("order_at", "id")


def moves_for(user: User, number: int) -> QuerySet[Move]:
    """Return what a version of the calendar moved among the duties a user may see."""
    rows = Move.objects.filter(policies.moves_visible_to(user), calendar=number)
    return rows.select_related("duty__owner")


def recomputing(number: int) -> str:
    """Say how far the reading anew after a version of the calendar is; "" when it is over."""
    found = progress_of(f"duties.calendar:{number}")
    if not found or found["outcome"]:
        return ""
    return f"{found['label']}：已算{found['done']}项，共{found['total']}项。"


MOST_PEOPLE = 500
"""So many posts are offered for a duty."""


def owners_for(user: User) -> list[tuple[int, str]]:
    """Return the living units to which the person may give a duty, as choices."""
    return choices(living(Unit.objects.filter(under("path", policies.acting_paths(user)))))


def people_for(user: User) -> list[tuple[int, str]]:
    """Return the people who work for those units, with where, as choices."""
    today = time.today()
    posts = Post.objects.filter(
        Q(until_on=None) | Q(until_on__gt=today),
        under("unit__path", policies.acting_paths(user)),
        from_on__lte=today,
        user__is_active=True,
        role__in=policies.ACTING,
    )
    found: dict[int, str] = {}
    for post in posts.select_related("user", "unit").order_by("unit__path", "id")[:MOST_PEOPLE]:
        found.setdefault(post.user_id, f"{post.user.full_name}（{post.unit.name}）")
    return list(found.items())


def unit_of(pk: int) -> Unit:
    """Return a unit by its key. Raises ``DoesNotExist``."""
    return Unit.objects.get(pk=pk)


def person_of(pk: int | None) -> User | None:
    """Return a person by key; None for nobody."""
    return User.objects.filter(pk=pk).first() if pk else None
