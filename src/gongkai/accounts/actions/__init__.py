"""Every change to accounts, posts and delegations, and what signing in leaves."""

from gongkai.accounts.actions.identities import bind_identity, unbind_identity
from gongkai.accounts.actions.people import (
    appoint,
    correct_user,
    create_user,
    delegate,
    end_delegation,
    end_post,
    end_posts_of,
    found_office,
    note_password_changed,
    reset_password,
    set_active,
)
from gongkai.accounts.actions.signing_in import (
    end_sessions,
    note_locked_out,
    note_second_factor,
    note_sign_in_failed,
    note_signed_in,
    note_signed_out,
    reset_second_factor,
)

__all__ = [
    "appoint",
    "bind_identity",
    "correct_user",
    "create_user",
    "delegate",
    "end_delegation",
    "end_post",
    "end_posts_of",
    "end_sessions",
    "found_office",
    "note_locked_out",
    "note_password_changed",
    "note_second_factor",
    "note_sign_in_failed",
    "note_signed_in",
    "note_signed_out",
    "reset_password",
    "reset_second_factor",
    "set_active",
    "unbind_identity",
]
