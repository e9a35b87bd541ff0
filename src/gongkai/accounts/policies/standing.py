"""Who somebody is and what they may see: posts, delegations, roles, scope; changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.accounts import rules
from gongkai.accounts.models import Delegation, Post, User
from gongkai.accounts.states import (
    CHANGES_STRUCTURE,
    DELEGABLE,
    SEES_PEOPLE,
    SEES_STRUCTURE,
    SEES_WORK,
    Role,
)
from gongkai.kernel import clock
from gongkai.organisation.api import Unit


@dataclass(frozen=True)
class Held:
    """A role somebody holds at a unit; ``by`` is who gave it when it is held for another."""

    role: Role
    unit: Unit
    by: User | None = None


def _current(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gt=day))


def current_posts(day: date | None = None) -> QuerySet[Post]:
    """Return the posts held on a day (by default today) by people whose accounts are in use."""
    return Post.objects.filter(_current(day or clock.today()), user__is_active=True)


def held_by(user: Any, on: date | None = None) -> tuple[Held, ...]:
    """Return every role the person holds on a day, own ones first, then those held for others.

    Read once for each person object and day, since every page asks many times.
    """
    if not isinstance(user, User) or not user.is_active:
        return ()
    day = on or clock.today()
    kept: dict[date, tuple[Held, ...]] = user.__dict__.setdefault("_held", {})
    if day not in kept:
        kept[day] = _read_held(user, day)
    return kept[day]


def forget_held(user: User) -> None:
    """Forget what was read of a person's roles, after they changed."""
    user.__dict__.pop("_held", None)


def _read_held(user: User, day: date) -> tuple[Held, ...]:
    own = current_posts(day).filter(user=user).select_related("unit").order_by("id")
    held = [Held(Role(post.role), post.unit) for post in own]
    givers = {d.giver_id: d.giver for d in delegations_to(user, day).select_related("giver")}
    if givers:
        lent = current_posts(day).filter(user__in=givers, role__in=DELEGABLE)
        held += [
            Held(Role(p.role), p.unit, givers[p.user_id])
            for p in lent.select_related("unit").order_by("id")
        ]
    return tuple(held)


def delegations_to(user: User, day: date) -> QuerySet[Delegation]:
    """Return the delegations under which the person stands in on a day."""
    return Delegation.objects.filter(
        taker=user, ended_at=None, from_on__lte=day, until_on__gte=day, giver__is_active=True
    )


def roles_of(user: Any, unit: Unit | None = None, on: date | None = None) -> set[Role]:
    """Return the roles the person holds on a day (today), at a unit or above it, or anywhere."""
    held = held_by(user, on)
    return {h.role for h in held if unit is None or unit.path.startswith(h.unit.path)}


def has_role(user: Any, role: Role, *, unit: Unit) -> bool:
    """Say whether the person holds the role now at the unit or above it, delegations included."""
    return any(h.role is role and unit.path.startswith(h.unit.path) for h in held_by(user))


def posts_of(user: Any) -> tuple[Held, ...]:
    """Return the roles the person holds now, with their units."""
    return held_by(user)


def acting_for(user: Any, role: Role, unit: Unit) -> User | None:
    """Return for whom the person acts in this role at this unit; None when in their own right."""
    fits = [h for h in held_by(user) if h.role is role and unit.path.startswith(h.unit.path)]
    if not fits or any(h.by is None for h in fits):
        return None
    return fits[0].by


def _paths(user: Any, roles: Collection[Role]) -> tuple[str, ...]:
    return rules.widest({h.unit.path for h in held_by(user) if h.role in roles})


def scope_paths(user: Any) -> tuple[str, ...]:
    """Return the paths of the units whose work, with all below, the person may see."""
    return _paths(user, SEES_WORK)


def audit_paths(user: Any) -> tuple[str, ...] | None:
    """Return the paths whose trail the person may read; None for whoever is no auditor."""
    return _paths(user, {Role.AUDITOR}) or None


def admin_paths(user: Any) -> tuple[str, ...]:
    """Return the paths of the units whose structure the person may change."""
    return _paths(user, CHANGES_STRUCTURE)


def structure_paths(user: Any) -> tuple[str, ...]:
    """Return the paths of the units whose records the person may open."""
    return _paths(user, SEES_STRUCTURE)


def account_paths(user: Any) -> tuple[str, ...]:
    """Return the paths of the units whose people's accounts the person administers."""
    return _paths(user, {Role.PLATFORM_ADMIN})


def in_scope(field: str, user: Any) -> Q:
    """Return the condition that the unit path at ``field`` lies in the person's scope."""
    return under(field, scope_paths(user))


def under(field: str, paths: Iterable[str]) -> Q:
    """Return the condition that the unit path at ``field`` is one of the paths or below."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def visible_people(user: Any) -> QuerySet[User]:
    """Return the people whose records the person may open: those who are or were in their bodies.

    Administrators and auditors see people; nobody else needs a list of accounts.
    """
    return _people_at(_paths(user, SEES_PEOPLE))


def _people_at(paths: Collection[str]) -> QuerySet[User]:
    if not paths:
        return User.objects.none()
    posts = Post.objects.filter(under("unit__path", paths), user=OuterRef("pk"))
    return User.objects.filter(Exists(posts) | under("body__path", paths))


def meeting(rows: QuerySet[Delegation], start: date, end: date) -> QuerySet[Delegation]:
    """Keep the delegations in force on some day of a span, ends included."""
    return rows.filter(ended_at=None, from_on__lte=end, until_on__gte=start)


def all_posts(user: User) -> QuerySet[Post]:
    """Return every post the person ever held, those held now first."""
    return user.posts.select_related("unit").order_by("until_on", "-from_on", "id")
