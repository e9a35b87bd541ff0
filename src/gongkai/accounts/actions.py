"""Every change to accounts, posts and delegations. One verb, one function, one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.accounts import policies
from gongkai.accounts.models import Delegation, Post, User
from gongkai.accounts.queries import forget_held
from gongkai.accounts.states import Role
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit


@transaction.atomic
def create_user(
    *,
    actor: Any,
    username: str,
    full_name: str,
    password: str,
    email: str = "",
    must_change_password: bool = False,
) -> User:
    """Open an account. Raises ``Refused`` for a taken name or a weak password."""
    refuse_if(policies.why_not_create(username, full_name, password, actor=actor))
    user = User(
        username=username.strip().lower(),
        full_name=full_name.strip(),
        email=email.strip(),
        must_change_password=must_change_password,
        created_at=clock.now(),
    )
    user.set_password(password)
    user.save()
    record("accounts.user_created", subject=user, actor=actor, username=user.username)
    return user


@transaction.atomic
def set_active(user: User, *, actor: Any, active: bool, expected: int) -> User:
    """Deactivate an account, or let it be used again; nothing of it is removed."""
    user = lock(user, expected=expected)
    if active:
        refuse_if(policies.why_not_administer(user, actor=actor))
    else:
        refuse_if(policies.why_not_deactivate(user, actor=actor))
    user.is_active = active
    user.save(update_fields=["is_active"])
    event = "accounts.user_reactivated" if active else "accounts.user_deactivated"
    record(event, subject=user, actor=actor)
    return user


@transaction.atomic
def reset_password(user: User, *, actor: Any, password: str, expected: int) -> User:
    """Give the person a new password, to be changed at the next sign-in."""
    user = lock(user, expected=expected)
    refuse_if(policies.why_not_administer(user, actor=actor))
    refuse_if(policies.why_not_password(password, user))
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record("accounts.password_reset", subject=user, actor=actor)
    return user


@transaction.atomic
def note_password_changed(user: User) -> None:
    """Keep that the person changed the password; it need not be changed again."""
    user = lock(User.objects.get(pk=user.pk))
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    record("accounts.password_changed", subject=user, actor=user)


@transaction.atomic
def appoint(*, actor: Any, user: User, unit: Unit, role: Role, from_on: date | None = None) -> Post:
    """Give the person a role at a unit from a day on (by default today)."""
    role = Role(role)
    refuse_if(policies.why_not_appoint(user, unit, role, actor=actor))
    post = Post.objects.create(user=user, unit=unit, role=role, from_on=from_on or clock.today())
    forget_held(user)
    record("accounts.appointed", subject=user, actor=actor, unit=unit, role=role.value)
    return post


@transaction.atomic
def end_post(post: Post, *, actor: Any, on: date | None = None) -> Post:
    """End a post from a day on (by default today)."""
    post = Post.objects.select_related("user", "unit").get(pk=post.pk)
    lock(post.user)
    refuse_if(policies.why_not_end_post(post, actor=actor))
    post.until_on = on or clock.today()
    post.save(update_fields=["until_on"])
    forget_held(post.user)
    record("accounts.post_ended", subject=post.user, actor=actor, unit=post.unit, role=post.role)
    return post


@transaction.atomic
def delegate(*, actor: User, taker: User, from_on: date, until_on: date, reason: str) -> Delegation:
    """Let another person hold the actor's posts from one day to another, both included."""
    giver = lock(actor, expected=User.objects.get(pk=actor.pk).version)
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
        also=[taker],
        taker=taker.full_name,
        from_on=from_on,
        until_on=until_on,
        reason=made.reason,
    )
    return made


@transaction.atomic
def end_delegation(delegation: Delegation, *, actor: User) -> Delegation:
    """End a delegation at once."""
    found = Delegation.objects.select_related("giver", "taker").get(pk=delegation.pk)
    lock(found.giver)
    refuse_if(policies.why_not_end_delegation(found, actor=actor))
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    forget_held(found.taker)
    record("accounts.delegation_ended", subject=found.giver, actor=actor, also=[found.taker])
    return found


@transaction.atomic
def note_signed_in(user: User) -> None:
    """Keep that the person signed in."""
    record("accounts.signed_in", subject=user, actor=user)


@transaction.atomic
def note_signed_out(user: User) -> None:
    """Keep that the person signed out."""
    record("accounts.signed_out", subject=user, actor=user)


@transaction.atomic
def note_sign_in_failed(username: str) -> None:
    """Keep that somebody failed to sign in under a name that exists; others leave no trace."""
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is not None:
        record("accounts.sign_in_failed", subject=user, actor=None)
