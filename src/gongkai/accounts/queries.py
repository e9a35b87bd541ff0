"""Reads of people and posts: who somebody is, where, and what a person may see; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from gongkai.accounts.models import Delegation, Post, User
from gongkai.accounts.states import DELEGABLE, SEES_WORK, Role
from gongkai.kernel import clock
from gongkai.organisation.api import Unit, living


@dataclass(frozen=True)
class Held:
    """A role somebody holds now at a unit; ``by`` is who gave it when it is held for another."""

    role: Role
    unit: Unit
    by: User | None = None


def user_of(request: HttpRequest) -> User:
    """Return the signed-in person of a request.

    Raises ``TypeError`` when there is none: such views are behind the sign-in.
    """
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user


def _current(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gt=day))


def current_posts(day: date | None = None) -> QuerySet[Post]:
    """Return the posts held on a day (by default today)."""
    return Post.objects.filter(_current(day or clock.today()), user__is_active=True)


def held_by(user: Any) -> tuple[Held, ...]:
    """Return every role the person holds now, own ones first, then those held for others.

    Read once for each person object and day, since every page asks many times.
    """
    if not isinstance(user, User) or not user.is_active:
        return ()
    day = clock.today()
    kept = getattr(user, "_held", None)
    if kept is None or kept[0] != day:
        kept = (day, _read_held(user, day))
        user._held = kept  # type: ignore[attr-defined]  # lives as long as the request's user
    found: tuple[Held, ...] = kept[1]
    return found


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


def roles_of(user: Any, unit: Unit | None = None) -> set[Role]:
    """Return the roles the person holds now, at a unit or anywhere."""
    return {h.role for h in held_by(user) if unit is None or unit.path.startswith(h.unit.path)}


def has_role(user: Any, role: Role, *, unit: Unit) -> bool:
    """Say whether the person holds the role at the unit or above it, delegations included."""
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


def scope_paths(user: Any) -> tuple[str, ...]:
    """Return the paths of the units whose work, with all below, the person may see."""
    paths = sorted({h.unit.path for h in held_by(user) if h.role in SEES_WORK})
    return tuple(p for p in paths if not any(p != q and p.startswith(q) for q in paths))


def admin_paths(user: Any) -> tuple[str, ...]:
    """Return the paths of the units whose accounts and structure the person may change."""
    kinds = (Role.PLATFORM_ADMIN, Role.OPENNESS_OFFICE)
    return tuple(sorted({h.unit.path for h in held_by(user) if h.role in kinds}))


def in_scope(field: str, user: Any) -> Q:
    """Return the condition that the unit path at ``field`` lies in the person's scope."""
    return under(field, scope_paths(user))


def under(field: str, paths: Iterable[str]) -> Q:
    """Return the condition that the unit path at ``field`` is one of the paths or below."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def people_of(unit: Unit, roles: Iterable[Role] | None = None) -> QuerySet[User]:
    """Return the people who hold a post at exactly this unit now."""
    posts = current_posts().filter(user=OuterRef("pk"), unit=unit)
    if roles is not None:
        posts = posts.filter(role__in=list(roles))
    return User.objects.filter(Exists(posts)).order_by("id")


def stand_ins(user: User, on: date | None = None) -> QuerySet[User]:
    """Return the people who stand in for the person on a day (by default today)."""
    day = on or clock.today()
    rows = Delegation.objects.filter(giver=user, ended_at=None, from_on__lte=day, until_on__gte=day)
    return User.objects.filter(pk__in=rows.values("taker"), is_active=True)


def people_under(user: Any) -> QuerySet[User]:
    """Return the people whose accounts the person administers, and those without any post."""
    paths = admin_paths(user)
    if not paths:
        return User.objects.none()
    posts = Post.objects.filter(user=OuterRef("pk"))
    theirs = Exists(posts.filter(under("unit__path", paths)))
    return User.objects.filter(theirs | ~Exists(posts))


@dataclass(frozen=True)
class DemoAccount:
    """A person of the demo as the sign-in page names them."""

    username: str
    full_name: str
    roles: str


def demo_accounts() -> list[DemoAccount]:
    """Return the demo's people for its sign-in page; nothing anywhere else."""
    if not getattr(settings, "DEMO", False):
        return []
    people = User.objects.filter(is_active=True).order_by("id")[:40]
    return [DemoAccount(u.username, u.full_name, _roles_in_words(u)) for u in people]


def _roles_in_words(user: User) -> str:
    return "、".join(f"{h.unit.short}{h.role.label}" for h in held_by(user) if h.by is None)


def posts_in_words(user: User) -> str:
    """Say what a person is now, in one line."""
    return _roles_in_words(user) or "没有职务"


def holding(rows: QuerySet[User], role: Role) -> QuerySet[User]:
    """Keep the people who hold the role now."""
    return rows.filter(Exists(current_posts().filter(user=OuterRef("pk"), role=role)))


def possible_takers(user: User) -> list[tuple[int, str]]:
    """Return the colleagues of the same bodies who may stand in, as choices."""
    bodies = {h.unit.body_id for h in held_by(user) if h.by is None}
    posts = current_posts().filter(user=OuterRef("pk"), unit__body__in=bodies)
    rows = User.objects.filter(Exists(posts), is_active=True).exclude(pk=user.pk)
    return [(u.pk, u.full_name) for u in rows.order_by("full_name", "id")[:500]]


def delegations_given(user: User) -> QuerySet[Delegation]:
    """Return the delegations of the person's posts that are not over."""
    rows = Delegation.objects.filter(giver=user, ended_at=None, until_on__gte=clock.today())
    return rows.select_related("taker").order_by("from_on", "id")


def delegations_taken(user: User) -> QuerySet[Delegation]:
    """Return the delegations under which the person stands in, now or to come."""
    rows = Delegation.objects.filter(taker=user, ended_at=None, until_on__gte=clock.today())
    return rows.select_related("giver").order_by("from_on", "id")


def delegation_or_none(user: User, pk: int) -> Delegation | None:
    """Return a delegation that the person gave or took."""
    return Delegation.objects.filter(Q(giver=user) | Q(taker=user), pk=pk).first()


def all_posts(user: User) -> QuerySet[Post]:
    """Return every post the person ever held, those held now first."""
    return user.posts.select_related("unit").order_by("until_on", "-from_on", "id")


def post_or_none(actor: User, pk: int) -> Post | None:
    """Return a post at a unit that the actor administers."""
    rows = Post.objects.filter(under("unit__path", admin_paths(actor)))
    return rows.select_related("user", "unit").filter(pk=pk).first()


def units_to_appoint(actor: User) -> list[tuple[int, str]]:
    """Return the living units that the actor administers, indented as the tree, as choices."""
    rows = living(Unit.objects.filter(under("path", admin_paths(actor)))).order_by("path")
    return [(u.pk, "　" * (u.path.count("/") - 2) + u.name) for u in rows[:2000]]


def unit_by_id(pk: int) -> Unit:
    """Return a unit by its key. Raises ``DoesNotExist``."""
    return Unit.objects.get(pk=pk)


def person_or_none(pk: int) -> User | None:
    """Return a person by key."""
    return User.objects.filter(pk=pk).first()
