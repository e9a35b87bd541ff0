"""The door of the accounts: what other apps may use."""

from gongkai.accounts.actions import (
    appoint,
    correct_user,
    create_user,
    delegate,
    end_delegation,
    end_post,
    reset_password,
    set_active,
)
from gongkai.accounts.models import Delegation, Post, User
from gongkai.accounts.policies import (
    Held,
    acting_for,
    admin_paths,
    has_role,
    held_by,
    in_scope,
    may_administer,
    posts_of,
    roles_of,
    scope_paths,
    under,
)
from gongkai.accounts.queries import (
    demo_accounts,
    people_of,
    posts_in_words,
    stand_ins,
    user_of,
)
from gongkai.accounts.states import DELEGABLE, SEES_WORK, Role

__all__ = [
    "DELEGABLE",
    "SEES_WORK",
    "Delegation",
    "Held",
    "Post",
    "Role",
    "User",
    "acting_for",
    "admin_paths",
    "appoint",
    "correct_user",
    "create_user",
    "delegate",
    "demo_accounts",
    "end_delegation",
    "end_post",
    "has_role",
    "held_by",
    "in_scope",
    "may_administer",
    "people_of",
    "posts_in_words",
    "posts_of",
    "reset_password",
    "roles_of",
    "scope_paths",
    "set_active",
    "stand_ins",
    "under",
    "user_of",
]
