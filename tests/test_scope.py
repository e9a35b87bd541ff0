"""Every address × every role × own and other unit: who is shown what, and who changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from importlib import import_module, util
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.functional import SimpleLazyObject

from gongkai.accounts.api import Role
from gongkai.accounts.tests.world import Side, World, make_world

REFUSED = {403, 404}
LEADS_BACK = {
    "account_signup",
    "account_reset_password",
    "mfa_login_webauthn",
    "accounts:sign_on",
    "accounts:sign_on_back",
}
"""Addresses that are open to strangers and send them to sign in."""
CHANGED_NOTHING = {302, 400, 405, 409, 422}
"""How a verb may answer somebody who may see the record but not do this, if it changes nothing."""


def addresses() -> list[str]:
    """Return the name of every address of the product."""
    return sorted(set(_named(get_resolver().url_patterns, "")))


def _named(patterns: list[Any], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _named(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else f"nameless {pattern.pattern}"


def declared() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the apps' ``tests/scope.py`` say: SAMPLES and ALLOWED of all together."""
    samples: dict[str, Any] = {}
    allowed: dict[str, Any] = {}
    for config in apps.get_app_configs():
        module = _scope_of(config.name) if config.name.startswith("gongkai.") else None
        if module is not None:
            samples |= module.SAMPLES
            allowed |= dict.fromkeys(getattr(module, "POST_ONLY", ()), "post-only")
            allowed |= module.ALLOWED
    return samples, allowed


def _scope_of(app: str) -> Any:
    """Return an app's declaration, or None where it has none."""
    there = util.find_spec(f"{app}.tests") and util.find_spec(f"{app}.tests.scope")
    return import_module(f"{app}.tests.scope") if there else None


SCOPE = SimpleLazyObject(declared)
HOW = (
    "declare it in {place}: SAMPLES['{name}'] = lambda world, own: {{…its arguments, for a record "
    "of world.own or world.other…}} and ALLOWED['{name}'] = a set of roles, 'all' (whoever is "
    "signed in) or 'public'"
)


def _place(name: str) -> str:
    app = name.partition(":")[0] if ":" in name else "accounts"
    return f"src/gongkai/{app}/tests/scope.py"


@pytest.mark.parametrize("name", addresses())
def test_every_address_says_who_may_see_it(name):
    samples, allowed = SCOPE
    assert name in samples, HOW.format(place=_place(name), name=name)
    assert name in allowed, HOW.format(place=_place(name), name=name)


def test_nothing_is_declared_that_is_not_there():
    samples, allowed = SCOPE
    assert not (set(samples) | set(allowed)) - set(addresses())


# -- the walk -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Make the world once for all cases of a process; what a case changes is undone to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    """Give each case the world as it was made, also what its objects remember."""
    own, other = (
        Side(*deepcopy((side.body, side.section, side.people))) for side in (built.own, built.other)
    )
    return World(own, other)


@cache
def _counting() -> str:
    """Return one question for the rows of every table of the product."""
    quote = connection.ops.quote_name
    tables = [m._meta.db_table for m in apps.get_models() if m.__module__.startswith("gongkai.")]
    return "SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {quote(table)})" for table in tables)


def snapshot() -> tuple[int, ...]:
    """Count the rows of every table of the product; each verb leaves at least an audit event."""
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        counted: tuple[int, ...] = cursor.fetchone()
    return counted


def ask(client: Client, method: str, url: str) -> Any:
    """Ask without data; a stream is read to its end, for closing it early ends the connection."""
    answer = client.get(url) if method == "GET" else client.post(url, {})
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def to_sign_in(answer: Any) -> bool:
    """Say whether the answer leads to the sign-in page."""
    return answer.status_code == 302 and answer["Location"].startswith(reverse(settings.LOGIN_URL))


def may(allowed: Any, role: Role, own: bool, bound: bool) -> bool | None:
    """Say whether a role may see an address; None where the declaration leaves it to the app.

    ``bound`` is whether the address leads to a record of one unit: then no role may, in another.
    """
    if allowed == "public":
        return True
    if bound and not own:
        return False
    if allowed == "post-only":
        return None
    return True if allowed == "all" else role in allowed


def trouble(
    wanted: bool | None, own: bool, method: str, status: int, changed: bool, looked: bool = False
) -> str:
    """Return what is wrong with an answer, "" for nothing.

    Who was shown the page (``looked``) may still be refused what its form does.
    """
    if status >= 500:
        return f"broke with {status}"
    if wanted:
        only_looks = looked and method == "POST" and not changed
        return f"is refused with {status}" if status in REFUSED and not only_looks else ""
    if changed and wanted is False:
        return "changed something that was not theirs to change"
    if wanted is None or status in REFUSED or status == 405:
        return ""
    if own and method == "POST" and status in CHANGED_NOTHING:
        return ""
    return f"is answered with {status}"


def walk(name: str, world: Any, own: bool) -> Iterator[str]:
    """Yield what is wrong when each role asks for one address of its own or another body."""
    samples, allowed = SCOPE
    arguments = samples[name](world, own)
    bound = arguments != samples[name](world, not own)
    url = reverse(name, kwargs=arguments)
    asked = sorted(Role, key=lambda role: may(allowed[name], role, own, bound) is not False)
    for role in asked:
        wanted = may(allowed[name], role, own, bound)
        client = Client()
        client.force_login(world.own.people[role])
        looked = False
        for method in ("GET", "POST"):
            before = snapshot()
            answer = ask(client, method, url)
            if answer.status_code == 405:
                continue
            changed = snapshot() != before
            said = trouble(wanted, own, method, answer.status_code, changed, looked)
            looked = method == "GET" and not said
            if said:
                yield f"{method} {url}: {role.label} {'own' if own else 'other'}: {said}"
            if to_sign_in(answer) and name != "account_logout":
                break


@pytest.mark.django_db
@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
@pytest.mark.parametrize("name", addresses())
def test_each_role_sees_what_it_may_and_changes_nothing_else(name, own, world):
    samples, allowed = SCOPE
    if name not in samples or name not in allowed:
        pytest.fail(HOW.format(place=_place(name), name=name))
    found = list(walk(name, world, own))
    assert not found, "\n".join(found)


@pytest.mark.django_db
@pytest.mark.parametrize("name", addresses())
def test_strangers_are_sent_to_sign_in(name, world):
    samples, allowed = SCOPE
    if name not in samples:
        pytest.fail(HOW.format(place=_place(name), name=name))
    url = reverse(name, kwargs=samples[name](world, True))
    for method in ("GET", "POST"):
        before = snapshot()
        answer = ask(Client(), method, url)
        if allowed.get(name) == "public":
            assert answer.status_code not in REFUSED
            assert not to_sign_in(answer) or name in LEADS_BACK
        else:
            assert to_sign_in(answer), f"{method} {url} answers strangers {answer.status_code}"
            assert snapshot() == before


# -- the walk itself ------------------------------------------------------------------------------

HEADS = {Role.SECTION_HEAD}


@pytest.mark.parametrize(
    ("allowed", "role", "own", "bound", "wanted"),
    [
        ("public", Role.OFFICER, False, True, True),
        ("all", Role.OFFICER, True, True, True),
        ("all", Role.OFFICER, False, True, False),
        ("all", Role.OFFICER, False, False, True),
        (HEADS, Role.SECTION_HEAD, True, True, True),
        (HEADS, Role.SECTION_HEAD, False, True, False),
        (HEADS, Role.OFFICER, True, True, False),
        (HEADS, Role.OFFICER, False, False, False),
        ("post-only", Role.OFFICER, True, True, None),
        ("post-only", Role.OFFICER, False, True, False),
    ],
)
def test_who_may(allowed, role, own, bound, wanted):
    assert may(allowed, role, own, bound) is wanted


@pytest.mark.parametrize(
    ("wanted", "own", "method", "status", "changed", "looked", "wrong"),
    [
        (True, True, "POST", 403, False, True, False),
        (True, True, "POST", 403, True, True, True),
        (True, True, "GET", 200, False, False, False),
        (True, True, "GET", 403, False, False, True),
        (True, True, "POST", 404, False, False, True),
        (True, True, "POST", 302, True, False, False),
        (False, True, "GET", 200, False, False, True),
        (False, True, "GET", 403, False, False, False),
        (False, False, "GET", 302, False, False, True),
        (False, False, "POST", 409, False, False, True),
        (False, False, "POST", 404, False, False, False),
        (False, False, "POST", 404, True, False, True),
        (False, True, "POST", 422, False, False, False),
        (False, True, "POST", 422, True, False, True),
        (None, True, "POST", 302, True, False, False),
        (None, True, "POST", 500, False, False, True),
    ],
)
def test_what_is_wrong_with_an_answer(wanted, own, method, status, changed, looked, wrong):
    assert bool(trouble(wanted, own, method, status, changed, looked)) is wrong
