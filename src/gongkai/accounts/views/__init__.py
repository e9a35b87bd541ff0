"""Pages of accounts: one's own posts and stand-ins, people and what they are."""

from gongkai.accounts.views.own import delegate, end_delegation, me
from gongkai.accounts.views.people import (
    appoint,
    correct,
    end_post,
    new_person,
    people,
    person,
    reset_password,
    set_active,
)

__all__ = [
    "appoint",
    "correct",
    "delegate",
    "end_delegation",
    "end_post",
    "me",
    "new_person",
    "people",
    "person",
    "reset_password",
    "set_active",
]
