"""Pages of accounts: one's own posts and stand-ins, people and what they are."""

from gongkai.accounts.views.own import delegate, end_delegation, end_sessions, me, sessions
from gongkai.accounts.views.people import (
    appoint,
    correct,
    end_post,
    new_person,
    people,
    person,
    reset_password,
    reset_second_factor,
    set_active,
    sign_out_person,
    unbind_person,
)
from gongkai.accounts.views.single_sign_on import bind, come_back, sign_in, unbind

__all__ = [
    "appoint",
    "bind",
    "come_back",
    "correct",
    "delegate",
    "end_delegation",
    "end_post",
    "end_sessions",
    "me",
    "new_person",
    "people",
    "person",
    "reset_password",
    "reset_second_factor",
    "sessions",
    "set_active",
    "sign_in",
    "sign_out_person",
    "unbind",
    "unbind_person",
]
