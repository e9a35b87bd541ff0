"""Every change to accounts, posts and delegations. One verb, one function, one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.accounts import policies, queries, rules
from gongkai.accounts.models import Delegation, Post, User
from gongkai.accounts.policies import forget_held
from gongkai.accounts.states import Role
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit, UnitKind, body_of, create_unit


@transaction.atomic
def create_user(
    *,
    actor: Any,
    username: str,
    full_name: str,
    password: str,
    email: str = "",
    body: Unit | None = None,
    must_change_password: bool = False,
) -> User:
    """Open an account that the administrator of ``body`` looks after.

    Without ``body`` (the system only) the body of the first post becomes it. Raises ``Refused``
    for a taken sign-in name or a weak password.
    """
    refuse_if(policies.why_not_create(username, full_name, password, body, actor=actor))
    user = User(
        username=rules.clean_username(username),
        full_name=full_name.strip(),
        email=email.strip(),
        body=body,
        must_change_password=must_change_password,
        created_at=clock.now(),
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:  # somebody took the name between the question and the row
        raise Refused(policies.USERNAME_TAKEN) from error
    record("accounts.user_created", subject=user, actor=actor, unit=body, username=user.username)
    return user


@transaction.atomic
def found_office(*, body_name: str, username: str, full_name: str, password: str) -> User:
    """Set up the first body and its administrator on an empty database; the system acts.

    Raises ``Refused`` when anybody has an account already.
    """
    refuse_if([] if queries.is_empty() else [policies.FOUNDED])
    body = create_unit(actor=None, parent=None, kind=UnitKind.BODY, name=body_name)
    user = create_user(
        actor=None, username=username, full_name=full_name, password=password, body=body
    )
    appoint(actor=None, user=user, unit=body, role=Role.PLATFORM_ADMIN)
    return user


@transaction.atomic
def correct_user(user: User, *, actor: Any, full_name: str, email: str, expected: int) -> User:
    """Correct a person's name or mail address; the trail keeps that it was done, not the mail."""
    user = lock(user, expected=expected)
    refuse_if(policies.why_not_correct(user, full_name, actor=actor))
    before = user.full_name
    user.full_name, user.email = full_name.strip(), email.strip()
    user.save(update_fields=["full_name", "email"])
    record(
        "accounts.user_changed",
        subject=user,
        actor=actor,
        unit=queries.home_of(user),
        before=before,
        after=user.full_name,
    )
    return user


@transaction.atomic
def set_active(user: User, *, actor: Any, active: bool, expected: int) -> User:
    """Deactivate an account, or let it be used again; nothing of it is removed."""
    user = lock(user, expected=expected)
    why_not = policies.why_not_reactivate if active else policies.why_not_deactivate
    refuse_if(why_not(user, actor=actor))
    where = queries.home_of(user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    forget_held(user)
    event = "accounts.user_reactivated" if active else "accounts.user_deactivated"
    record(event, subject=user, actor=actor, unit=where)
    return user


@transaction.atomic
def reset_password(user: User, *, actor: Any, password: str, expected: int) -> User:
    """Give the person a new password, to be changed at the next sign-in; open sessions end."""
    user = lock(user, expected=expected)
    refuse_if(policies.why_not_reset(user, password, actor=actor))
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record("accounts.password_reset", subject=user, actor=actor, unit=queries.home_of(user))
    return user


@transaction.atomic
def note_password_changed(user: User) -> None:
    """Keep that the person changed the password; it need not be changed again."""
    kept = lock(User.objects.get(pk=user.pk))
    kept.must_change_password = False
    kept.save(update_fields=["must_change_password"])
    user.must_change_password, user.version = False, kept.version
    record("accounts.password_changed", subject=user, actor=user, unit=queries.home_of(user))


@transaction.atomic
def appoint(
    *,
    actor: Any,
    user: User,
    unit: Unit,
    role: Role,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Post:
    """Give the person a role at a unit from a day (by default today) until a day, if one is given.

    Several posts a person are usual. Raises ``Refused``; an auditor of a body is nothing else
    there.
    """
    role, start = Role(role), from_on or clock.today()
    given, user = user, lock(User.objects.get(pk=user.pk))
    refuse_if(
        policies.why_not_appoint(user, unit, role, actor=actor, from_on=start, until_on=until_on)
    )
    post = Post.objects.create(user=user, unit=unit, role=role, from_on=start, until_on=until_on)
    if user.body is None:
        user.body = body_of(unit)
        user.save(update_fields=["body"])
    _hand_back(given, user)
    record(
        "accounts.appointed",
        subject=user,
        actor=actor,
        unit=unit,
        also=[unit],
        appointee=user.full_name,
        post=f"{unit.name}{role.label}",
        from_on=start,
        until_on=until_on,
    )
    return post


def _hand_back(given: User, kept: User) -> None:
    """Let the caller's object know what changed, so that it can be used on."""
    given.version, given.body = kept.version, kept.body
    forget_held(given)


@transaction.atomic
def end_post(post: Post, *, actor: Any, on: date | None = None) -> Post:
    """End a post from a day on (by default today)."""
    day = on or clock.today()
    lock(User.objects.get(pk=post.user_id))
    post = Post.objects.select_related("user", "unit").get(pk=post.pk)
    refuse_if(policies.why_not_end_post(post, actor=actor, on=day))
    return _end(post, actor, day)


def _end(post: Post, actor: Any, day: date) -> Post:
    post.until_on = max(day, post.from_on)
    post.save(update_fields=["until_on"])
    forget_held(post.user)
    record(
        "accounts.post_ended",
        subject=post.user,
        actor=actor,
        unit=post.unit,
        also=[post.unit],
        appointee=post.user.full_name,
        post=f"{post.unit.name}{Role(post.role).label}",
        on=post.until_on,
    )
    return post


def end_posts_of(unit: Unit, actor: Any, on: date) -> None:
    """End every post at a unit that is dissolved from a day on; in the caller's transaction."""
    for post in queries.posts_at(unit, on):
        lock(post.user)
        _end(post, actor, on)


@transaction.atomic
def delegate(*, actor: User, taker: User, from_on: date, until_on: date, reason: str) -> Delegation:
    """Let another person act with the actor's roles from one day to another, both included.

    Secrecy review, audit and administration are not lent (ADR 0052). Raises ``Refused``.
    """
    # Both rows, always in one order: who gives and who takes at once must not pass each other.
    list(User.objects.select_for_update().filter(pk__in=[actor.pk, taker.pk]).order_by("pk"))
    giver = lock(User.objects.get(pk=actor.pk))
    forget_held(actor)
    actor.version = giver.version
    refuse_if(
        policies.why_not_delegate(
            actor=giver, taker=taker, from_on=from_on, until_on=until_on, reason=reason
        )
    )
    made = Delegation.objects.create(
        giver=giver,
        taker=taker,
        from_on=from_on,
        until_on=until_on,
        reason=reason.strip(),
        created_at=clock.now(),
    )
    forget_held(taker)
    record(
        "accounts.delegated",
        subject=giver,
        actor=actor,
        unit=queries.home_of(giver),
        also=[taker],
        taker=taker.full_name,
        from_on=from_on,
        until_on=until_on,
        reason=made.reason,
    )
    return made


@transaction.atomic
def end_delegation(delegation: Delegation, *, actor: User) -> Delegation:
    """End a delegation at once; giver and taker may."""
    lock(User.objects.get(pk=delegation.giver_id))
    found = Delegation.objects.select_related("giver", "taker").get(pk=delegation.pk)
    refuse_if(policies.why_not_end_delegation(found, actor=actor))
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    forget_held(found.taker)
    record(
        "accounts.delegation_ended",
        subject=found.giver,
        actor=actor,
        unit=queries.home_of(found.giver),
        also=[found.taker],
        taker=found.taker.full_name,
    )
    return found
