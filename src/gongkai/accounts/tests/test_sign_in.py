"""Signing in and out, the lock, changing a password, and what the trail keeps of it."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gongkai.accounts import actions
from gongkai.accounts.tests.factories import make_person
from gongkai.accounts.tests.world import PASSWORD
from gongkai.audit.api import AuditEvent

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"
GOOD = "Another-secret-9"


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


def sign_in(client, username="ownofficer", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": username, "password": password}, **more)


def events(name):
    return AuditEvent.objects.filter(event=f"accounts.{name}").count()


def test_signing_in_and_out(world, client):
    answer = sign_in(client, "OwnOfficer ")
    assert (answer.status_code, answer.url) == (HTTPStatus.FOUND, "/")
    assert get_user(client) == world.own.officer
    event = AuditEvent.objects.get(event="accounts.signed_in")
    assert (event.actor_id, event.unit_path) == (world.own.officer.pk, world.own.section.path)
    answer = client.post("/sign-out/")
    assert answer.url == SIGN_IN
    assert get_user(client).is_anonymous
    assert events("signed_out") == 1


def test_the_way_back_is_kept_but_never_to_another_site(world, client):
    assert client.get("/accounts/me/").url == f"{SIGN_IN}?next=/accounts/me/"
    answer = client.post(
        SIGN_IN, {"login": "ownofficer", "password": PASSWORD, "next": "/accounts/me/"}
    )
    assert answer.url == "/accounts/me/"
    client.logout()
    given = {"login": "ownofficer", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(SIGN_IN, given).url == "/"


def test_the_sign_in_page_speaks_our_words_and_names_nobody(world, client):
    page = client.get(SIGN_IN).content.decode()
    assert "登录名" in page
    assert "平台管理员" in page
    assert "ownofficer" not in page
    assert "演示" not in page


def test_the_demo_names_its_people(world, client, settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, "Qingjiang-2026"
    settings.DEMO_ACCOUNTS = ["ownofficer", "nobody"]
    page = client.get(SIGN_IN).content.decode()
    assert "ownofficer" in page
    assert "科技科信息员" in page
    assert "ownleader" not in page
    assert "Qingjiang-2026" in page


@pytest.mark.parametrize("username", ["ownofficer", "nobody"])
def test_a_wrong_password_and_an_unknown_name_look_alike(world, client, username):
    answer = sign_in(client, username, "wrong")
    assert answer.status_code == HTTPStatus.OK
    assert "登录名或密码不对" in answer.content.decode()
    assert events("sign_in_failed") == (username == "ownofficer")
    assert "wrong" not in str(list(AuditEvent.objects.values()))


def test_the_fifth_failure_locks_and_the_right_password_does_not_help(world, client):
    for _ in range(5):
        assert sign_in(client, password="wrong").status_code == HTTPStatus.OK
    answer = sign_in(client)
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert answer["Retry-After"] == "900"
    assert "请过15分钟再试" in page
    assert get_user(client).is_anonymous
    for _ in range(3):
        sign_in(client)
    assert events("locked_out") == 1
    assert events("sign_in_failed") == 5
    assert sign_in(client, "ownleader").status_code == HTTPStatus.FOUND


def test_an_unknown_name_is_locked_alike_and_leaves_no_trace(world, client):
    for _ in range(5):
        sign_in(client, "nobody", "wrong")
    assert sign_in(client, "nobody").status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert events("locked_out") == 0


def test_a_reset_opens_the_lock(world, client):
    for _ in range(6):
        sign_in(client, password="wrong")
    admin = Client()
    admin.force_login(world.own.platform_admin)
    user = world.own.officer
    user.refresh_from_db()
    url = reverse("accounts:reset_password", args=[user.pk])
    answer = admin.post(url, {"version": user.version, "reset_password-password": GOOD})
    assert answer.status_code == HTTPStatus.FOUND
    assert sign_in(client, password=GOOD).status_code == HTTPStatus.FOUND


def test_a_deactivated_person_is_told_so_with_the_right_password_only(world, client):
    user = world.own.officer
    actions.set_active(user, actor=None, active=False, expected=user.version)
    answer = sign_in(client, follow=True)
    assert "账号已停用" in answer.content.decode()
    assert get_user(client).is_anonymous
    assert "账号已停用" not in sign_in(client, password="wrong", follow=True).content.decode()


def test_somebody_deactivated_is_out_at_once(world, client):
    user = world.own.officer
    client.force_login(user)
    actions.set_active(user, actor=None, active=False, expected=user.version)
    assert client.get("/accounts/me/").status_code == HTTPStatus.FOUND


def change(client, old, new, again=None):
    given = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/password/", given)


def test_changing_one_s_own_password(world, client):
    client.force_login(world.own.officer)
    other = Client()
    other.force_login(world.own.officer)
    assert change(client, PASSWORD, GOOD).status_code == HTTPStatus.FOUND
    assert get_user(client) == world.own.officer
    assert get_user(other).is_anonymous
    assert events("password_changed") == 1


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("wrong", GOOD, GOOD, "现在的密码不对"),
        (PASSWORD, "Short-1", "Short-1", "10"),
        (PASSWORD, "onlylowercase", "onlylowercase", "至少3种"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与现在的密码相同"),
        (PASSWORD, "Ownofficer-1", "Ownofficer-1", "相似"),
        (PASSWORD, GOOD, "Other-secret-1", "密码"),
    ],
)
def test_a_password_that_is_not_taken(world, client, old, new, again, words):
    client.force_login(world.own.officer)
    answer = change(client, old, new, again)
    assert answer.status_code == HTTPStatus.OK
    assert words in answer.content.decode()
    world.own.officer.refresh_from_db()
    assert world.own.officer.check_password(PASSWORD)
    assert events("password_changed") == 0


class TestHavingToChange:
    @pytest.fixture
    def newcomer(self, world, client):
        user = make_person(world.own.section, must_change_password=True)
        client.force_login(user)
        return user

    @pytest.mark.parametrize("url", ["/", "/accounts/me/", "/ui/gallery/", "/nowhere/"])
    def test_every_way_leads_to_the_change(self, newcomer, client, url):
        assert client.get(url).url == "/password/"

    def test_a_fragment_sends_the_whole_page_there(self, newcomer, client):
        answer = client.get("/accounts/me/", headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Redirect"]) == (204, "/password/")

    def test_the_page_says_why_and_then_lets_go(self, newcomer, client):
        assert "管理员设的" in client.get("/password/").content.decode()
        change(client, PASSWORD, GOOD)
        newcomer.refresh_from_db()
        assert not newcomer.must_change_password
        assert client.get("/accounts/me/").status_code == HTTPStatus.OK

    def test_one_may_leave(self, newcomer, client):
        assert client.post("/sign-out/").url == SIGN_IN


@pytest.mark.parametrize("url", ["/sign-up/", "/forgotten/"])
def test_nobody_signs_up_or_resets_by_mail(db, client, url):
    assert client.get(url).url == SIGN_IN


def test_strangers_get_nothing_but_the_sign_in(world, client):
    from gongkai.accounts.tests import scope

    for name, allowed in scope.ALLOWED.items():
        if allowed != "public":
            url = reverse(name, kwargs=scope.SAMPLES[name](world, True))
            assert client.get(url).url.startswith(SIGN_IN), name


def test_too_many_forms_from_one_address(world, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    for _ in range(2):
        sign_in(client, "nobody", "wrong")
    answer = sign_in(client, "nobody", "wrong")
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "提交太频繁" in answer.content.decode()


@pytest.mark.parametrize(("proxies", "locked"), [(0, True), (1, False)])
def test_an_address_is_believed_of_one_s_own_proxies_only(world, client, settings, proxies, locked):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "2/15m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for i in range(3):
        headers = {"X-Forwarded-For": f"203.0.113.{i}"}
        answer = sign_in(client, f"nobody{i}", "wrong", headers=headers)
    assert (answer.status_code == HTTPStatus.TOO_MANY_REQUESTS) is locked
