"""For the walk over every address: what each address of accounts is called with, who may see it."""

from collections.abc import Callable
from typing import Any

from gongkai.accounts.models import Delegation, Post
from gongkai.accounts.states import Role

READERS = {Role.PLATFORM_ADMIN, Role.AUDITOR}


def side(world: Any, own: bool) -> Any:
    """Return the body that is one's own, or the other."""
    return world.own if own else world.other


def person(world: Any, own: bool) -> dict[str, Any]:
    """Name the officer of a side."""
    return {"pk": side(world, own).officer.pk}


def post(world: Any, own: bool) -> dict[str, Any]:
    """Name the officer's post."""
    return {"pk": Post.objects.get(user=side(world, own).officer).pk}


def delegation(world: Any, own: bool) -> dict[str, Any]:
    """Name a delegation: none is made in the world, so that nobody finds one."""
    found = Delegation.objects.filter(giver=side(world, own).officer).first()
    return {"pk": found.pk if found else 0}


SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "accounts:me": lambda world, own: {},
    "accounts:people": lambda world, own: {},
    "accounts:new_person": lambda world, own: {},
    "accounts:person": person,
    # What only answers POST; the walk asks with GET and gets 405 or a refusal, never a page.
    "accounts:delegate": lambda world, own: {},
    "accounts:end_delegation": delegation,
    "accounts:appoint": person,
    "accounts:correct": person,
    "accounts:reset_password": person,
    "accounts:set_active": person,
    "accounts:reset_second_factor": person,
    "accounts:sign_out_person": person,
    "accounts:unbind_person": person,
    # Without the setting there is no sign-on: nobody finds it, and its doors lead to the sign-in.
    "accounts:bind": lambda world, own: {},
    "accounts:unbind": lambda world, own: {},
    "accounts:sign_on": lambda world, own: {},
    "accounts:sign_on_back": lambda world, own: {},
    "mfa_remove_webauthn": lambda world, own: {"pk": 1},  # nobody's: none is made in the world
    "accounts:sessions": lambda world, own: {},
    "accounts:end_sessions": lambda world, own: {},
    **dict.fromkeys(
        (
            "account_reauthenticate",
            "mfa_index",
            "mfa_authenticate",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
            "mfa_login_webauthn",
        ),
        lambda world, own: {},
    ),
    "accounts:end_post": post,
    "account_login": lambda world, own: {},
    "account_logout": lambda world, own: {},
    "account_change_password": lambda world, own: {},
    "account_inactive": lambda world, own: {},
    "account_signup": lambda world, own: {},
    "account_reset_password": lambda world, own: {},
}
ALLOWED: dict[str, Any] = {
    "accounts:me": "all",
    "accounts:people": READERS,
    "accounts:new_person": {Role.PLATFORM_ADMIN},
    "accounts:person": READERS,
    "accounts:sessions": "all",
    "mfa_list_webauthn": "all",
    "mfa_add_webauthn": "all",
    "mfa_reauthenticate_webauthn": "all",
    "mfa_remove_webauthn": "all",  # to the password once more; then nobody's is not found
    "mfa_login_webauthn": "public",
    "account_reauthenticate": "all",
    "mfa_index": "all",
    "mfa_authenticate": "all",
    "mfa_reauthenticate": "all",
    "mfa_activate_totp": "all",
    # Who has no second factor finds nothing behind these.
    "mfa_deactivate_totp": set(),
    "mfa_view_recovery_codes": set(),
    "mfa_download_recovery_codes": set(),
    "mfa_generate_recovery_codes": "all",
    "accounts:bind": set(),
    "accounts:sign_on": "public",
    "accounts:sign_on_back": "public",
    "account_login": "public",
    "account_logout": "all",
    "account_change_password": "all",
    "account_inactive": "public",
    "account_signup": "public",
    "account_reset_password": "public",
}
POST_ONLY = set(SAMPLES) - set(ALLOWED)
