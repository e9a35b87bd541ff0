"""What signing in leaves: events, second factors, the places where a person is signed in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from gongkai.accounts import policies, queries, rules
from gongkai.accounts.models import User
from gongkai.audit.api import record
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock


@transaction.atomic
def note_signed_in(user: User, *, way: str = "") -> None:
    """Keep that the person signed in, and what led there if it was not our own page."""
    record("accounts.signed_in", subject=user, actor=user, unit=queries.home_of(user), way=way)


@transaction.atomic
def note_signed_out(user: User) -> None:
    """Keep that the person signed out."""
    record("accounts.signed_out", subject=user, actor=user, unit=queries.home_of(user))


@transaction.atomic
def note_sign_in_failed(username: str) -> None:
    """Keep that somebody failed to sign in under a name that exists.

    Other names leave no trace: what is typed there may be a password.
    """
    _note_unknown_hand("accounts.sign_in_failed", username)


@transaction.atomic
def note_locked_out(username: str) -> None:
    """Keep that a sign-in name, if it exists, is locked after too many failures."""
    _note_unknown_hand("accounts.locked_out", username)


def _note_unknown_hand(event: str, username: str) -> None:
    user = User.objects.filter(username=rules.clean_username(username)).first()
    if user is not None:
        record(event, subject=user, actor=None, unit=queries.home_of(user))


@transaction.atomic
def note_second_factor(user: User, event: str) -> None:
    """Keep that the person set up, gave up or made anew a second factor."""
    record(f"accounts.{event}", subject=user, actor=user, unit=queries.home_of(user))


@transaction.atomic
def reset_second_factor(user: User, *, actor: Any, expected: int, reason: str) -> User:
    """Take a person's second factors away, because the telephone is lost; open sessions end.

    The secrets are destroyed. Raises ``Refused``.
    """
    user = lock(user, expected=expected)
    refuse_if(policies.why_not_reset_second_factor(user, actor=actor))
    if not reason.strip():
        raise Refused(Refusal("accounts.no_reason", "请写明为什么解除，如：手机丢失，已当面核实。"))
    Authenticator.objects.filter(user=user).delete()
    record(
        "accounts.second_factor_reset",
        subject=user,
        actor=actor,
        unit=queries.home_of(user),
        reason=reason.strip()[:200],
    )
    _end(UserSession.objects.filter(user=user))
    return user


@transaction.atomic
def end_sessions(user: User, *, actor: User, but: str = "", only: int | None = None) -> int:
    """Sign a person out elsewhere: in one place, or everywhere ``but`` in this session.

    Returns how many ended. Raises ``Refused``.
    """
    refuse_if(policies.why_not_end_sessions(user, actor=actor))
    rows = UserSession.objects.filter(user=user).exclude(session_key=but)
    ended = _end(rows.filter(pk=only) if only is not None else rows)
    if ended:
        record(
            "accounts.sessions_ended",
            subject=user,
            actor=actor,
            unit=queries.home_of(user),
            sessions=ended,
        )
    return ended


def _end(rows: Any) -> int:
    ended = list(rows)
    for session in ended:
        session.end()
    return len(ended)
