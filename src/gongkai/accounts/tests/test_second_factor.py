"""The second factor with an authenticator of other makers, codes on paper, sessions, the reset."""

from __future__ import annotations

import re

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gongkai.accounts import actions, queries
from gongkai.accounts.rules import device
from gongkai.accounts.states import Role
from gongkai.accounts.tests.world import PASSWORD
from gongkai.audit.api import AuditEvent
from gongkai.kernel.refusal import Refused
from gongkai.kernel.sealed import Unopenable, seal, unseal

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537"


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


@pytest.fixture
def officer(world):
    return world.own.officer


def sign_in(client, user, **more):
    sent = {"login": user.username, "password": PASSWORD}
    return client.post(reverse("account_login"), sent, HTTP_USER_AGENT=CHROME, **more)


def events(name):
    return AuditEvent.objects.filter(event=f"accounts.{name}").count()


def set_up(client, user):
    """Sign in and bind an authenticator; return it."""
    sign_in(client, user)
    asked = client.get(reverse("mfa_activate_totp")).url
    assert asked.startswith(reverse("account_reauthenticate"))
    answer = client.post(asked, {"password": PASSWORD})
    page = client.get(answer.url).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    phone = pyotp.TOTP(secret)
    answer = client.post(reverse("mfa_activate_totp"), {"code": phone.now()})
    assert answer.status_code == 302
    return phone


def recovery_codes(client):
    client.post(reverse("mfa_generate_recovery_codes"))
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r"<code>(\d+)</code>", page)


def test_with_a_phone_bound_the_password_alone_signs_nobody_in(client, officer):
    phone = set_up(client, officer)
    cache.clear()
    other = Client()
    answer = sign_in(other, officer)
    assert answer.url == reverse("mfa_authenticate")
    assert get_user(other).is_anonymous
    assert other.get("/accounts/me/").status_code == 302
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "没有认出来" in wrong.content.decode()
    assert get_user(other).is_anonymous
    answer = other.post(reverse("mfa_authenticate"), {"code": phone.now()})
    assert answer.url == "/"
    assert get_user(other) == officer
    assert events("second_factor_added") == 1


def test_a_code_signs_in_once(client, officer):
    phone = set_up(client, officer)
    cache.clear()
    first, second = Client(), Client()
    code = phone.now()
    for browser in (first, second):
        sign_in(browser, officer)
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert get_user(first) == officer
    assert get_user(second).is_anonymous


def test_guessing_codes_is_stopped(client, officer):
    phone = set_up(client, officer)
    cache.clear()
    other = Client()
    sign_in(other, officer)
    for n in range(12):
        other.post(reverse("mfa_authenticate"), {"code": f"{n:06}"})
    other.post(reverse("mfa_authenticate"), {"code": phone.now()})
    assert get_user(other).is_anonymous


def test_a_paper_code_signs_in_once(client, officer):
    set_up(client, officer)
    code, *others = recovery_codes(client)
    assert len(others) == 9
    cache.clear()
    for expected in (False, True):
        browser = Client()
        sign_in(browser, officer)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert get_user(browser).is_anonymous is expected
    assert events("recovery_codes_made") == 2, "with the phone, and anew"


def test_secrets_are_sealed_in_the_database(client, officer):
    phone = set_up(client, officer)
    recovery_codes(client)
    for row in Authenticator.objects.filter(user=officer):
        kept = str(row.data)
        assert phone.secret not in kept
        assert "gAAAA" in kept, "sealed, and not merely hidden"


def test_a_sealed_text_opens_with_its_key_for_its_purpose_only(settings):
    sealed = seal("密", purpose="one")
    assert unseal(sealed, purpose="one") == "密"
    for purpose, key in (("two", settings.DATA_KEY), ("one", "another")):
        settings.DATA_KEY = key
        with pytest.raises(Unopenable):
            unseal(sealed, purpose=purpose)
    settings.DATA_KEY = ""
    with pytest.raises(RuntimeError, match="GONGKAI_DATA_KEY"):
        seal("密", purpose="one")


def test_it_is_given_up_by_who_has_it_after_confirming(client, officer):
    set_up(client, officer)
    client.post(reverse("mfa_deactivate_totp"))
    assert not queries.has_second_factor(officer)
    assert events("second_factor_removed") == 1


def test_setting_up_asks_for_the_password_once_more(client, officer):
    sign_in(client, officer)
    asked = client.get(reverse("mfa_activate_totp")).url
    page = client.get(asked).content.decode()
    assert "现在的密码" in page
    wrong = client.post(asked, {"password": "not-the-password-1"})
    assert "现在的密码不对" in wrong.content.decode()
    assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_a_role_that_needs_it_does_nothing_before_it_has_it(client, world, settings):
    settings.SECOND_FACTOR_ROLES = ["platform_admin"]
    admin = world.own.platform_admin
    sign_in(client, admin)
    assert client.get("/accounts/people/").url == reverse("mfa_activate_totp")
    part = client.get("/accounts/people/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == reverse("mfa_activate_totp")
    set_up(client, admin)
    assert client.get("/accounts/people/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert queries.has_second_factor(admin)
    assert "不能停用" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    other = Client()
    sign_in(other, world.own.officer)
    assert other.get("/accounts/me/").status_code == 200


def test_the_administrator_takes_it_away_with_a_reason_and_it_signs_out(client, world, officer):
    set_up(client, officer)
    admin = Client()
    admin.force_login(world.own.platform_admin)
    url = reverse("accounts:reset_second_factor", args=[officer.pk])
    sent = {"version": officer.version, "reset_second_factor-reason": ""}
    assert admin.post(url, sent).status_code == 422
    answer = admin.post(url, {**sent, "reset_second_factor-reason": "手机丢失，已当面核实"})
    assert answer.status_code == 302
    assert not queries.has_second_factor(officer)
    assert client.get("/accounts/me/").status_code == 302
    event = AuditEvent.objects.get(event="accounts.second_factor_reset")
    assert event.facts["reason"] == "手机丢失，已当面核实"
    assert PASSWORD not in str(event.facts)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.PLATFORM_ADMIN])
def test_nobody_else_takes_it_away_or_signs_out_others(world, role):
    actor, user = world.own.people[role], world.own.platform_admin
    with pytest.raises(Refused):
        actions.reset_second_factor(user, actor=actor, expected=user.version, reason="好奇")
    with pytest.raises(Refused):
        actions.end_sessions(user, actor=actor)


def test_one_sees_where_one_is_signed_in_and_ends_it(client, officer):
    sign_in(client, officer)
    phone, tablet = Client(), Client()
    for browser in (phone, tablet):
        sign_in(browser, officer)
    page = client.get(reverse("accounts:sessions")).content.decode()
    assert page.count("Windows 电脑，Chrome") >= 3
    rows = queries.sessions_of(officer)
    other = next(row for row in rows if row.session_key == phone.session.session_key)
    client.post(reverse("accounts:end_sessions"), {"session": other.pk})
    assert get_user(phone).is_anonymous
    assert get_user(tablet) == officer
    client.post(reverse("accounts:end_sessions"))
    assert get_user(tablet).is_anonymous
    assert get_user(client) == officer
    assert events("sessions_ended") == 2


def test_nobody_ends_anothers_session_by_its_number(client, world, officer):
    sign_in(client, officer)
    theirs = queries.sessions_of(officer)[0]
    other = Client()
    sign_in(other, world.own.section_head)
    other.post(reverse("accounts:end_sessions"), {"session": theirs.pk})
    assert get_user(client) == officer


def test_a_changed_password_signs_out_everywhere_else(client, officer):
    sign_in(client, officer)
    other = Client()
    sign_in(other, officer)
    new = "Another-secret-9"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), sent)
    assert get_user(client) == officer
    assert get_user(other).is_anonymous
    assert len(queries.sessions_of(officer)) == 1


def test_the_administrator_signs_a_person_out(client, world, officer):
    sign_in(client, officer)
    admin = Client()
    admin.force_login(world.own.platform_admin)
    admin.post(reverse("accounts:sign_out_person", args=[officer.pk]))
    assert get_user(client).is_anonymous


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Windows 电脑，Chrome"),
        ("Mozilla/5.0 (iPhone) MicroMessenger/8.0 Safari", "苹果手机，微信"),
        ("Mozilla/5.0 (X11; Linux x86_64; UOS) Firefox/130", "统信电脑，Firefox"),
        ("", "其他设备，其他浏览器"),
    ],
)
def test_devices_are_named_as_people_know_them(agent, words):
    assert device(agent) == words
