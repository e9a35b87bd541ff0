"""Single sign-on: a certified peer in the browser, a forger at the socket, who is bound to whom."""

from __future__ import annotations

import time
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gongkai.accounts import actions, queries, single_sign_on
from gongkai.accounts.models import Identity
from gongkai.accounts.tests.sign_on import CLIENT, SECRET, certified, forging, office_sets
from gongkai.accounts.tests.world import PASSWORD
from gongkai.audit.api import AuditEvent
from gongkai.kernel import sealed
from gongkai.kernel.refusal import Refused

SIGN_IN, SIGN_ON, BACK = "/sign-in/", "/accounts/sign-on/", "/accounts/sign-on/back/"


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


def trace(issuer, subject="sub-1"):
    return sealed.trace(issuer, subject, purpose="accounts.identity")


def events(name):
    return list(AuditEvent.objects.filter(event=f"accounts.{name}"))


# -- with a certified sign-on of another maker, in the browser -------------------------------------


def sign_in_there(page, name):
    page.wait_for_url("**/interaction/**")
    page.locator("[name=login]").fill(name)
    page.get_by_role("button").click()


@pytest.fixture
def desk(live_server, settings):
    """The desk on localhost, the sign-on on 127.0.0.1: two sites to the browser."""
    site = live_server.url.replace("127.0.0.1", "localhost")
    with certified(site + BACK) as issuer:
        office_sets(settings, issuer, site)
        yield site


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_bound_once_it_signs_in_and_is_said_in_the_trail(world, desk, browser_page, sit):
    getattr(browser_page, sit)()
    page, user = browser_page.page, world.own.officer
    page.goto(desk + SIGN_IN)
    assert browser_page.axe() == []
    page.locator("[name=login]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.goto(desk + "/accounts/me/")
    page.get_by_role("link", name="统一身份认证").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    assert browser_page.axe() == []
    browser_page.shot("sign-on-bind")
    page.get_by_role("button", name="去绑定").click()
    sign_in_there(page, "sub-officer")
    page.get_by_text("已绑定。下次登录").wait_for()
    assert [e.facts["way"] for e in events("identity_bound")] == ["本人绑定"]

    page.context.clear_cookies()
    page.goto(desk + "/accounts/me/sessions/")
    browser_page.shot("sign-on-sign-in")
    page.get_by_role("button", name="用统一身份认证登录").click()
    sign_in_there(page, "sub-officer")
    page.wait_for_url(desk + "/accounts/me/sessions/")
    assert events("signed_in")[-1].facts["way"] == "统一身份认证"
    page.goto(desk + "/accounts/me/")
    assert page.get_by_text("统一身份认证", exact=False).first.is_visible()
    browser_page.shot("sign-on-me")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_who_is_not_bound_is_told_what_to_do_and_gets_no_account(world, desk, browser_page):
    page, before = browser_page.page, queries.User.objects.count()
    browser_page.expects(403)
    page.goto(desk + SIGN_IN)
    page.get_by_role("button", name="用统一身份认证登录").click()
    sign_in_there(page, "somebody")
    page.get_by_text("这个身份还没有绑定本平台的账号。").wait_for()
    assert browser_page.axe() == []
    browser_page.shot("sign-on-unknown")
    assert queries.User.objects.count() == before
    page.goto(desk + "/")
    assert SIGN_IN in page.url


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_trusted_name_binds_by_itself(world, desk, browser_page, settings):
    settings.OIDC_USERNAME_CLAIM = "preferred_username"
    page, user = browser_page.page, world.own.officer
    page.goto(desk + SIGN_IN)
    page.get_by_role("button", name="用统一身份认证登录").click()
    sign_in_there(page, f"sub-{user.username}")
    page.wait_for_url(desk + "/")
    assert queries.identity_of(user)
    assert events("identity_bound")[0].facts["way"].startswith("登录名与统一身份认证的一致")


# -- with one that forges --------------------------------------------------------------------------


@pytest.fixture
def forger(settings):
    with forging() as made:
        office_sets(settings, made.url, "http://testserver")
        yield made
    single_sign_on._registered.cache_clear()


def set_out(client, **given):
    answer = client.post(SIGN_ON, given)
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    return {key: values[0] for key, values in parse_qs(urlsplit(answer.url).query).items()}


def come_back(client, asked, **given):
    return client.get(BACK, {"code": "c", "state": asked["state"], **given})


@pytest.fixture
def bound(world, forger):
    actions.bind_identity(world.own.officer, trace=trace(forger.url))
    return world.own.officer


def test_it_asks_with_state_nonce_and_a_challenge(forger, client):
    asked = set_out(client)
    assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20


def test_a_right_statement_signs_in_and_leads_where_one_wanted(bound, forger, client):
    asked = set_out(client, next="/accounts/me/")
    forger.says(asked["nonce"])
    answer = come_back(client, asked)
    assert answer.url == "/accounts/me/"
    assert get_user(client) == bound
    said = client.post("/sign-out/", follow=True).content.decode()
    assert "统一身份认证那边可能还登录着" in said


def test_it_never_leads_to_another_site(bound, forger, client):
    asked = set_out(client, next="https://evil.example/")
    forger.says(asked["nonce"])
    assert come_back(client, asked).url == "/"


def bend_signature(forger):
    other = type(forger.key).generate_key(2048, {"kid": "one"})
    forger.signing = other


def bend_none(forger):
    forger.header = {"alg": "none"}


BENT = {
    "the nonce of another sign-in": lambda f, n: f.says("other"),
    "no nonce": lambda f, n: f.says(None),
    "meant for another desk": lambda f, n: f.says(n, aud="another"),
    "said by another": lambda f, n: f.says(n, iss="http://127.0.0.1:1"),
    "expired": lambda f, n: f.says(n, exp=int(time.time()) - 3600),
    "without an end": lambda f, n: f.says(n, exp=None),
    "of nobody": lambda f, n: f.says(n, sub=None),
    "signed by another key": lambda f, n: (f.says(n), bend_signature(f)),
    "signed with the public key": lambda f, n: (
        f.says(n),
        f.signs_with_a_shared_secret(f.key.as_pem(private=False)),
    ),
    "signed with the shared secret": lambda f, n: (
        f.says(n),
        f.signs_with_a_shared_secret(SECRET.encode()),
    ),
    "not signed": lambda f, n: (f.says(n), bend_none(f)),
    "no statement at all": lambda f, n: (f.says(n), f.bent.update(id_token=None)),
    "no statement but letters": lambda f, n: (f.says(n), f.bent.update(id_token="a.b.c")),
}


@pytest.mark.parametrize("how", BENT)
def test_what_is_not_proved_signs_nobody_in(bound, forger, client, how):
    asked = set_out(client)
    BENT[how](forger, asked["nonce"])
    answer = come_back(client, asked)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "没能核实您的身份" in answer.content.decode()
    assert get_user(client).is_anonymous
    assert events("signed_in") == []


def test_it_comes_back_once_and_only_where_it_set_out(bound, forger, client):
    asked = set_out(client)
    forger.says(asked["nonce"])
    other = Client()
    assert come_back(other, asked).status_code == HTTPStatus.BAD_REQUEST, "another browser"
    assert get_user(other).is_anonymous
    assert come_back(client, asked).status_code == HTTPStatus.FOUND
    client.post("/sign-out/")
    assert come_back(client, asked).status_code == HTTPStatus.BAD_REQUEST, "twice"
    before = len(forger.asked)
    assert client.get(BACK).status_code == HTTPStatus.BAD_REQUEST, "without anything"
    assert len(forger.asked) == before, "and the sign-on is not asked for it"


def test_who_did_not_want_to_is_back_at_the_sign_in(forger, client):
    asked = set_out(client)
    answer = client.get(BACK, {"error": "access_denied", "state": asked["state"]}, follow=True)
    assert "没有通过统一身份认证登录" in answer.content.decode()


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_sign_on_that_is_broken_is_said_so(bound, forger, client, path):
    if path.startswith("/.well"):
        forger.broken.add(path)
        answer = client.post(SIGN_ON)
    else:
        asked = set_out(client)
        forger.says(asked["nonce"])
        forger.broken.add(path)
        answer = come_back(client, asked)
    assert answer.status_code in (HTTPStatus.BAD_GATEWAY, HTTPStatus.BAD_REQUEST)
    assert "回到登录页" in answer.content.decode()
    assert get_user(client).is_anonymous


def test_a_sign_on_that_does_not_answer_keeps_nobody_waiting(forger, client, monkeypatch):
    monkeypatch.setattr(single_sign_on, "SECONDS", 0.2)
    forger.wait = 2
    answer = client.post(SIGN_ON)
    assert answer.status_code == HTTPStatus.BAD_GATEWAY
    assert "现在没有应答" in answer.content.decode()


def test_a_sign_on_that_calls_itself_something_else_is_not_believed(forger, client):
    forger.metadata["issuer"] = "https://another.example"
    assert client.post(SIGN_ON).status_code == HTTPStatus.BAD_GATEWAY


def test_the_name_is_believed_of_the_same_person_only(world, forger, client, settings):
    settings.OIDC_USERNAME_CLAIM = "preferred_username"
    asked = set_out(client)
    forger.says(asked["nonce"])
    forger.who = {"sub": "sub-2", "preferred_username": "ownofficer"}
    assert come_back(client, asked).status_code == HTTPStatus.BAD_REQUEST
    assert not Identity.objects.exists()


def test_a_name_does_not_take_over_an_account_that_is_bound(bound, forger, client, settings):
    settings.OIDC_USERNAME_CLAIM = "preferred_username"
    asked = set_out(client)
    forger.says(asked["nonce"], sub="sub-2", preferred_username=bound.username)
    answer = come_back(client, asked)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert get_user(client).is_anonymous


def test_a_name_is_not_asked_for_where_the_office_does_not_trust_it(world, forger, client):
    asked = set_out(client)
    forger.says(asked["nonce"], preferred_username="ownofficer")
    assert come_back(client, asked).status_code == HTTPStatus.FORBIDDEN
    assert "/who" not in forger.asked


def test_a_second_factor_is_asked_for_all_the_same(bound, forger, client):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(bound, "JBSWY3DPEHPK3PXP")
    asked = set_out(client)
    forger.says(asked["nonce"])
    assert come_back(client, asked).url == reverse("mfa_authenticate")
    assert get_user(client).is_anonymous


def test_a_deactivated_person_is_told_so(bound, forger, client):
    bound.refresh_from_db()
    actions.set_active(bound, actor=None, active=False, expected=bound.version)
    asked = set_out(client)
    forger.says(asked["nonce"])
    answer = client.get(BACK, {"code": "c", "state": asked["state"]}, follow=True)
    assert "账号已停用" in answer.content.decode()
    assert get_user(client).is_anonymous


def test_binding_is_for_whoever_set_out(world, forger, client):
    client.force_login(world.own.officer)
    assert client.get("/accounts/me/identity/").url.startswith("/confirm/")
    client.post("/confirm/", {"password": PASSWORD})
    answer = client.post("/accounts/me/identity/")
    asked = {k: v[0] for k, v in parse_qs(urlsplit(answer.url).query).items()}
    forger.says(asked["nonce"])
    session = client.session
    client.force_login(world.own.section_head)
    moved = client.session
    moved.update({k: v for k, v in session.items() if k.startswith("_state")})
    moved.save()
    assert come_back(client, asked).status_code == HTTPStatus.BAD_REQUEST
    assert not Identity.objects.exists()


def test_without_the_setting_nothing_of_it_is_there(world, client):
    assert "统一身份认证" not in client.get(SIGN_IN).content.decode()
    assert client.post(SIGN_ON).url == SIGN_IN
    assert client.get(BACK).url == SIGN_IN
    client.force_login(world.own.officer)
    assert client.get("/accounts/me/identity/").status_code == HTTPStatus.NOT_FOUND


def test_too_many_from_one_address(forger, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    for _ in range(2):
        set_out(client)
    assert client.post(SIGN_ON).status_code == HTTPStatus.TOO_MANY_REQUESTS


# -- who is bound to whom --------------------------------------------------------------------------


def test_one_identity_for_one_account_until_it_is_unbound(world):
    officer, head = world.own.officer, world.own.section_head
    actions.bind_identity(officer, trace=trace("https://a.example"))
    with pytest.raises(Refused, match="bound_already"):
        actions.bind_identity(officer, trace=trace("https://a.example", "sub-2"))
    with pytest.raises(Refused, match="bound_elsewhere"):
        actions.bind_identity(head, trace=trace("https://a.example"))
    actions.unbind_identity(officer, actor=officer)
    actions.bind_identity(head, trace=trace("https://a.example"))
    assert queries.person_behind(trace("https://a.example")) == head
    kept = Identity.objects.get(user=officer)
    assert kept.live is None
    assert kept.ended_at is not None
    assert len(events("identity_unbound")) == 1


def test_the_administrator_unbinds_with_a_reason(world, client):
    officer, admin = world.own.officer, world.own.platform_admin
    actions.bind_identity(officer, trace=trace("https://a.example"))
    with pytest.raises(Refused, match="no_reason"):
        actions.unbind_identity(officer, actor=admin)
    with pytest.raises(Refused, match="not_yours"):
        actions.unbind_identity(officer, actor=world.other.platform_admin, reason="调离")
    client.force_login(admin)
    page = client.get(reverse("accounts:person", args=[officer.pk])).content.decode()
    assert "解除单点登录" in page
    url = reverse("accounts:unbind_person", args=[officer.pk])
    answer = client.post(url, {"unbind_person-reason": "已调离"})
    assert answer.status_code == HTTPStatus.FOUND
    assert queries.identity_of(officer) is None
    assert events("identity_unbound")[0].facts["reason"] == "已调离"


def test_nothing_of_the_identity_itself_is_kept(world):
    made = actions.bind_identity(world.own.officer, trace=trace("https://a.example", "身份-7788"))
    kept = str([*Identity.objects.values(), *AuditEvent.objects.values()])
    assert "7788" not in kept
    assert "a.example" not in kept
    assert made.trace != trace("https://b.example", "身份-7788")


def test_parts_of_a_trace_do_not_run_together():
    one = sealed.trace("ab", "c", purpose="p")
    assert one != sealed.trace("a", "bc", purpose="p")
    assert one != sealed.trace("ab", "c", purpose="q")
    assert one == sealed.trace("ab", "c", purpose="p")
