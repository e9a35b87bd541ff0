"""Reads of people and posts: who somebody is, where, and what a person may see; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from gongkai.accounts import rules
from gongkai.accounts.models import Delegation, Identity, Post, User
from gongkai.accounts.policies.standing import (
    _paths,
    account_paths,
    current_posts,
    held_by,
    under,
    visible_people,
)
from gongkai.accounts.states import (
    SEES_PEOPLE,
    Role,
)
from gongkai.kernel import clock
from gongkai.organisation.api import Line, Panel, Unit, choices, living


def user_of(request: HttpRequest) -> User:
    """Return the signed-in person of a request.

    Raises ``TypeError`` when there is none: such views are behind the sign-in.
    """
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user


# -- what a person holds -----------------------------------------------------------------------


# -- what a person sees ------------------------------------------------------------------------


# -- people of units ---------------------------------------------------------------------------


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
    return User.objects.filter(pk__in=rows.values("taker"), is_active=True).order_by("id")


def posts_at(unit: Unit, day: date) -> QuerySet[Post]:
    """Return the posts at exactly this unit that go on to a day or beyond."""
    rows = Post.objects.filter(Q(until_on=None) | Q(until_on__gt=day), unit=unit)
    return rows.select_related("user", "unit").order_by("id")


def beside_unit(unit: Unit, user: Any) -> Panel:
    """Show a unit's people on its record; whoever may open their records gets the links."""
    posts = list(current_posts().filter(unit=unit).select_related("user").order_by("id"))
    seen = set(visible_people(user).filter(posts__unit=unit).values_list("pk", flat=True))
    lines = [_line(p, known=p.user_id in seen) for p in posts]
    names = "、".join(dict.fromkeys(p.user.full_name for p in posts))
    ends = f"{names}在这里的职务将同时结束。" if names else ""
    return Panel("人员", lines, "这里还没有人任职。", ends)


def _line(post: Post, *, known: bool) -> Line:
    url = reverse("accounts:person", args=[post.user_id]) if known else ""
    return Line(post.user.full_name, url, Role(post.role).label)


def holding(rows: QuerySet[User], role: Role) -> QuerySet[User]:
    """Keep the people who hold the role now."""
    return rows.filter(Exists(current_posts().filter(user=OuterRef("pk"), role=role)))


def at_unit(rows: QuerySet[User], path: str) -> QuerySet[User]:
    """Keep the people who hold a post at the unit of this path or below now."""
    posts = current_posts().filter(user=OuterRef("pk"), unit__path__startswith=path)
    return rows.filter(Exists(posts))


def with_posts(rows: QuerySet[User]) -> QuerySet[User]:
    """Read the present posts along with the people, for ``posts_in_words``."""
    posts = current_posts().select_related("unit").order_by("id")
    return rows.prefetch_related(Prefetch("posts", posts, to_attr="posts_now"))


def posts_in_words(user: User) -> str:
    """Say what a person is now, in one line."""
    read: list[Post] | None = user.__dict__.get("posts_now")
    if read is not None:
        held = [(post.unit.short, Role(post.role)) for post in read]
    else:
        held = [(h.unit.short, h.role) for h in held_by(user) if h.by is None]
    return "、".join(f"{unit}{role.label}" for unit, role in held) or "没有职务"


@dataclass(frozen=True)
class DemoAccount:
    """A person of the demo as the sign-in page names them."""

    username: str
    full_name: str
    roles: str


def demo_accounts() -> list[DemoAccount]:
    """Return the demo's people for its sign-in page; nothing anywhere else.

    ``DEMO_ACCOUNTS`` in the settings names who is shown; without it, all.
    """
    if not getattr(settings, "DEMO", False):
        return []
    people = User.objects.filter(is_active=True)
    named = list(getattr(settings, "DEMO_ACCOUNTS", ()))
    if named:
        people = people.filter(username__in=named)
    rows = with_posts(people).order_by("id")[:40]
    return [DemoAccount(u.username, u.full_name, posts_in_words(u)) for u in rows]


# -- pages -------------------------------------------------------------------------------------


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


def possible_takers(user: User) -> list[tuple[int, str]]:
    """Return the colleagues of the same bodies who may stand in, as choices."""
    bodies = {h.unit.body_id for h in held_by(user) if h.by is None}
    posts = current_posts().filter(user=OuterRef("pk"), unit__body__in=bodies)
    rows = User.objects.filter(Exists(posts), is_active=True).exclude(pk=user.pk)
    people = with_posts(rows).order_by("full_name", "id")[:500]
    return [(u.pk, f"{u.full_name}（{posts_in_words(u)}）") for u in people]


def visible_post(actor: User, pk: int) -> Post | None:
    """Return a post at a unit whose people the actor administers."""
    rows = Post.objects.filter(under("unit__path", account_paths(actor)))
    return rows.select_related("user", "unit").filter(pk=pk).first()


def visible_person(actor: User, pk: int) -> User | None:
    """Return a person whose record the actor may open."""
    return visible_people(actor).select_related("body").filter(pk=pk).first()


def units_to_appoint(actor: User) -> list[tuple[int, str]]:
    """Return the living units whose people the actor administers, as choices."""
    return choices(living(Unit.objects.filter(under("path", account_paths(actor)))))


def bodies_of(actor: User) -> list[tuple[int, str]]:
    """Return the living bodies for which the actor opens accounts, as choices."""
    rows = Unit.objects.filter(under("path", account_paths(actor)), kind="body")
    return choices(living(rows))


def units_to_filter(user: User) -> list[tuple[str, str]]:
    """Return the units by which the person may narrow the list of people: path and name."""
    rows = living(Unit.objects.filter(under("path", _paths(user, SEES_PEOPLE))))
    paths = {unit.pk: unit.path for unit in rows}
    return [(paths[pk], name) for pk, name in choices(rows)]


def home_of(user: User) -> Unit | None:
    """Return the unit whose auditors read what a person does with the account."""
    held = next((h.unit for h in held_by(user) if h.by is None), None)
    return held or user.body


def unit_by_id(pk: int) -> Unit:
    """Return a unit by its key. Raises ``DoesNotExist``."""
    return Unit.objects.get(pk=pk)


def person_or_none(pk: int) -> User | None:
    """Return a person by key."""
    return User.objects.filter(pk=pk).first()


def is_empty() -> bool:
    """Say whether nobody has an account yet."""
    return not User.objects.exists()


def has_second_factor(user: Any) -> bool:
    """Say whether the person has bound a telephone or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def identity_of(user: Any) -> Identity | None:
    """Return what the person signs in with at the office's sign-on, if it is bound."""
    return Identity.objects.filter(user=user, live=True).first()


def person_behind(trace: str) -> User | None:
    """Return the person to whom an identity of the office's sign-on is bound."""
    found = Identity.objects.filter(trace=trace, live=True).select_related("user").first()
    return found.user if found else None


def person_named(username: str) -> User | None:
    """Return the person with this sign-in name, whatever its case."""
    return User.objects.filter(username=rules.clean_username(username)).first()


def sessions_of(user: Any) -> list[UserSession]:
    """Return where the person is signed in, the latest first; what has ended is cleared away."""
    there = UserSession.objects.purge_and_list(user)
    return sorted(there, key=lambda session: session.created_at, reverse=True)
