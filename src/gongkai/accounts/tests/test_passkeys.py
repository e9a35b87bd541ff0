"""Passkeys in a real browser with an authenticator of its own: added, used, removed."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from gongkai.accounts import queries
from gongkai.accounts.tests.world import PASSWORD
from gongkai.audit.api import AuditEvent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page):
    """A page on localhost with an authenticator inside; passkeys know no numbers as addresses."""
    cache.clear()
    page = browser_page.page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


@pytest.fixture
def site(live_server):
    return live_server.url.replace("127.0.0.1", "localhost")


def sign_in(page, site, user):
    page.goto(site + reverse("account_login"))
    page.locator("[name=login]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="登录", exact=True).click()


def add(page, site, *, alone):
    page.goto(site + reverse("mfa_add_webauthn"))
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    page.locator("[name=name]").fill("办公室电脑")
    if alone:
        page.locator("[name=passwordless]").check()
    page.get_by_role("button", name="添加", exact=True).click()
    page.get_by_text("通行密钥已添加。").wait_for()


def sign_out(page):
    page.context.clear_cookies()
    cache.clear()


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_a_passkey_signs_in_without_a_password_and_goes(world, browser_page, page, site, sit):
    getattr(browser_page, sit)()
    user = world.own.officer
    sign_in(page, site, user)
    add(page, site, alone=True)
    assert queries.has_second_factor(user)
    sign_out(page)
    page.goto(site + reverse("account_login"))
    assert browser_page.axe() == []
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(site + "/")
    page.goto(site + reverse("mfa_list_webauthn"))
    assert page.get_by_text("办公室电脑").is_visible()
    assert browser_page.axe() == []
    browser_page.shot("passkeys")
    page.get_by_role("link", name="移除办公室电脑").click()
    page.locator("[name=password]").or_(page.get_by_role("button", name="移除")).first.wait_for()
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="确认").click()
    page.get_by_role("button", name="移除", exact=True).click()
    page.get_by_text("通行密钥已移除。").wait_for()
    assert not queries.has_second_factor(user)
    events = list(AuditEvent.objects.values_list("event", flat=True))
    assert events.count("accounts.passkey_added") == 1
    assert events.count("accounts.passkey_removed") == 1


def test_a_passkey_confirms_a_password(world, page, site):
    user = world.own.officer
    sign_in(page, site, user)
    add(page, site, alone=False)
    sign_out(page)
    sign_in(page, site, user)
    assert page.url.endswith(reverse("mfa_authenticate"))
    page.get_by_role("button", name="用通行密钥", exact=True).click()
    page.wait_for_url(site + "/")
    assert Authenticator.objects.get(user=user, type="webauthn").last_used_at is not None


def test_without_a_passkey_it_says_so_and_the_password_still_works(world, page, site):
    page.goto(site + reverse("account_login"))
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_text("没有读到通行密钥。").wait_for()
    sign_in(page, site, world.own.officer)
    assert page.url == site + "/"
