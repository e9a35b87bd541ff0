"""Refusals, errors, navigation and banners on screen."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from gongkai.kernel.refusal import Refusal, Refused
from gongkai.ui import context, errors, navigation
from gongkai.ui.middleware import RefusalMiddleware, status_of

pytestmark = pytest.mark.django_db


class Somebody:
    is_authenticated = True
    full_name = "李文"


@pytest.fixture
def request_(rf):
    def make(path="/x/", **headers):
        request = rf.get(path, headers=headers)
        request.user = AnonymousUser()
        return request

    return make


def refused(request, *codes: str) -> HttpResponse:
    reasons = [Refusal(code, f"因为{code}。") for code in codes]
    return RefusalMiddleware(HttpResponse).process_exception(request, Refused(*reasons))


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        (["foi.late"], 409),
        (["foi.not_yours"], 403),
        (["foi.not_allowed"], 403),
        (["foi.invisible"], 404),
        (["foi.late", "foi.not_yours"], 403),
        (["foi.not_yours", "foi.not_found"], 404),
    ],
)
def test_status_by_the_last_word_of_the_code(request_, codes, status):
    assert refused(request_(), *codes).status_code == status
    assert status_of(Refused(*(Refusal(c, "") for c in codes))) == status


def test_a_refusal_says_every_reason_and_leads_back(request_):
    response = refused(request_(referer="http://testserver/tasks/8/"), "a.late", "a.empty")
    html = response.content.decode()
    assert "因为a.late。" in html
    assert "因为a.empty。" in html
    assert 'href="http://testserver/tasks/8/"' in html


def test_a_refusal_does_not_lead_to_strangers(request_):
    response = refused(request_(referer="https://evil.example/"), "a.late")
    assert "evil.example" not in response.content.decode()


def test_a_refusal_for_htmx_is_a_fragment_for_the_messages(request_):
    response = refused(request_(hx_request="true"), "a.late")
    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()


def test_other_exceptions_are_left_to_django(request_):
    assert RefusalMiddleware(HttpResponse).process_exception(request_(), ValueError()) is None


def test_refusals_pass_through_the_whole_site(client, settings):
    settings.GALLERY = True
    response = client.get(reverse("ui:gallery_refusal"))
    assert response.status_code == 409
    assert "还没有上传完成依据" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
        (errors.csrf_failure, 403),
        (errors.server_error, 500),
    ],
)
def test_error_pages_say_what_to_do(request_, view, status):
    response = view(request_())
    assert response.status_code == status
    assert "请" in response.content.decode()


def test_the_page_for_our_own_fault_asks_nothing_of_the_database(django_assert_num_queries, rf):
    with django_assert_num_queries(0):
        assert errors.server_error(rf.get("/")).status_code == 500


def test_strict_policy_stands_on_every_answer(client, settings):
    settings.GALLERY = True
    policy = client.get(reverse("ui:gallery"))["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


@pytest.fixture
def entries(monkeypatch):
    monkeypatch.setattr(navigation, "_ENTRIES", {})
    monkeypatch.setattr(context, "_BYLINE", [])
    navigation.entry("组件", "ui:gallery", 20)
    navigation.entry("样页", "ui:gallery_record", 10, badge=lambda request: 3)
    navigation.entry("管理", "ui:gallery_refusal", 30, lambda user: False)
    navigation.entry("没有", "nowhere:at_all", 40)


def shown(rf, path: str, user=None):
    request = rf.get(path)
    request.user = user or Somebody()
    return navigation.entries_for(request)


def test_navigation_keeps_order_and_hides_what_is_not_for_this_person(entries, rf):
    assert [e.label for e in shown(rf, "/")] == ["样页", "组件"]
    assert shown(rf, "/", AnonymousUser()) == []


def test_the_nearest_entry_is_the_current_one(entries, rf):
    current = {e.label for e in shown(rf, reverse("ui:gallery_record") + "8/") if e.current}
    assert current == {"样页"}
    assert not any(e.current for e in shown(rf, "/elsewhere/"))


def test_a_page_without_an_entry_lights_the_one_it_lies_within(entries, rf, monkeypatch):
    monkeypatch.setattr(navigation, "_WITHIN", {})
    navigation.lies_within("/elsewhere/", "ui:gallery_record")
    current = {e.label for e in shown(rf, "/elsewhere/8/") if e.current}
    assert current == {"样页"}


def test_badges_and_current_place_are_on_the_page(entries, rf):
    request = rf.get(reverse("ui:gallery_record"))
    request.user = Somebody()
    html = render_to_string("ui/base.html", request=request)
    assert html.count('aria-current="page"') == 2  # wide and narrow navigation, one shown
    assert "条未读" in html
    assert "李文" in html


def test_banners_are_asked_on_each_page(monkeypatch, request_):
    monkeypatch.setattr(context, "_BANNERS", {})
    context.banner("none", lambda request: None)
    context.banner("year", lambda request: context.Banner("2027年的日历还没有录入。", "warning"))
    html = render_to_string("ui/base.html", request=request_())
    assert 'class="banner banner-warning" role="alert"' in html
    assert html.count("banner-") == 1


def test_large_type_is_on_the_page_when_the_cookie_says_so(request_):
    request = request_()
    assert '<html lang="zh-Hans">' in render_to_string("ui/base.html", request=request)
    request.COOKIES[context.TYPE_COOKIE] = context.LARGE
    assert 'class="large"' in render_to_string("ui/base.html", request=request)
