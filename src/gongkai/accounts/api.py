"""The door of the accounts: what other apps may use."""

from gongkai.accounts.actions import (
    appoint,
    create_user,
    delegate,
    end_delegation,
    end_post,
    reset_password,
    set_active,
)
from gongkai.accounts.models import Delegation, Post, User
from gongkai.accounts.policies import may_administer
from gongkai.accounts.queries import (
    Held,
    acting_for,
    admin_paths,
    demo_accounts,
    has_role,
    held_by,
    in_scope,
    people_of,
    posts_of,
    roles_of,
    scope_paths,
    stand_ins,
    under,
    user_of,
)
from gongkai.accounts.states import SEES_WORK, Role

__all__ = [
    "SEES_WORK",
    "Delegation",
    "Held",
    "Post",
    "Role",
    "User",
    "acting_for",
    "admin_paths",
    "appoint",
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
    "posts_of",
    "reset_password",
    "roles_of",
    "scope_paths",
    "set_active",
    "stand_ins",
    "under",
    "user_of",
]
