"""Binding who a person is at the office's sign-on to an account, and ending that."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from gongkai.accounts import policies, queries
from gongkai.accounts.models import Identity, User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock

AT_ONCE = Refusal("accounts.bound_at_once", "刚刚有人绑定了同一个身份，请刷新后核对。")


@transaction.atomic
def bind_identity(user: User, *, trace: str, by_name: bool = False) -> Identity:
    """Let the person sign in through the office's sign-on from now on; the person does it.

    ``by_name`` says that the sign-on named the account and the office trusts it in this (ADR
    0056). Raises ``Refused``: an identity is bound to one account, an account to one identity.
    """
    given, user = user, lock(User.objects.get(pk=user.pk))
    refuse_if(policies.why_not_bind(user, trace))
    try:
        with transaction.atomic():
            made = Identity.objects.create(user=user, trace=trace, bound_at=clock.now())
    except IntegrityError as error:  # the same identity came with two accounts at once
        raise Refused(AT_ONCE) from error
    given.version = user.version
    way = "登录名与统一身份认证的一致，登录时自动绑定" if by_name else "本人绑定"
    record("accounts.identity_bound", subject=user, actor=user, unit=queries.home_of(user), way=way)
    return made


@transaction.atomic
def unbind_identity(user: User, *, actor: Any, reason: str = "") -> User:
    """End that the person signs in through the office's sign-on; the row stays with its end.

    The person need not say why, the administrator has to. Raises ``Refused``.
    """
    user = lock(User.objects.get(pk=user.pk))
    refuse_if(policies.why_not_unbind(user, actor=actor))
    if actor is not None and actor.pk != user.pk and not reason.strip():
        raise Refused(Refusal("accounts.no_reason", "请写明为什么解除，如：已调离，账号另有安排。"))
    Identity.objects.filter(user=user, live=True).update(live=None, ended_at=clock.now())
    record(
        "accounts.identity_unbound",
        subject=user,
        actor=actor,
        unit=queries.home_of(user),
        reason=reason.strip()[:200],
    )
    return user
