"""What the home page gathers from real records, for whom, and how it looks."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from gongkai.accounts import api as accounts
from gongkai.approvals.api import Round
from gongkai.desk import gather, sources
from gongkai.desk.tests import factories
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.notices import api as notices
from gongkai.programme import api as programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    with clock.at(factories.NOW):
        yield factories.make_office()


def card(duty: duties.Duty) -> SimpleNamespace:
    return SimpleNamespace(text=duty.title, url="/t/", unit=duty.owner.name, duty=duty)


def test_a_timed_part_becomes_a_need_with_its_rule_and_day(office, monkeypatch):
    duty = factories.make_duty(office.science, "开放数据", date(2026, 3, 20))
    monkeypatch.setattr(programme, "needs", lambda user: [card(duty)])
    (need,) = sources.programme_needs(office.officer)
    assert need.sign.code == duties.Light.AMBER
    assert need.sign.rule == duty.rule.sentence
    assert clock.day_of(need.due) == date(2026, 3, 20)
    assert need.unit == "科技科"


def test_a_signature_waits_for_the_one_who_may_give_it(office):
    factories.send_round(office)
    (need,) = sources.approval_needs(office.leader)
    assert need.title == "2026年政务公开工作要点分工"
    assert need.button == "去签批"
    assert need.url == reverse("approvals:round", args=[Round.objects.get().pk])
    assert list(sources.approval_needs(office.officer)) == []


def test_the_unit_in_trouble_comes_first(office):
    factories.make_duty(office.science, "以后", date(2026, 6, 30))
    factories.make_duty(office.building, "过了", date(2026, 3, 2))
    first, second = sources.unit_summaries(office.leader)
    assert (first.label, second.label) == ("基建科", "科技科")
    assert [(s.code, s.n) for s in first.stripes] == [("red", 1)]
    assert first.url == f"{reverse('programme:board')}?unit={office.building.pk}"


def test_who_leads_nothing_sees_no_summary(office):
    factories.make_duty(office.science, "以后", date(2026, 6, 30))
    assert sources.unit_summaries(office.officer) == []


def test_the_missing_year_is_said_from_november_to_who_is_signed_in(office, rf):
    request = rf.get("/")
    request.user = office.officer
    assert sources.calendar_banner(request) is None
    with clock.at(datetime(2026, 11, 2, 9, tzinfo=factories.NOW.tzinfo)):
        banner = sources.calendar_banner(request)
        assert "2027年" in banner.text
        assert "录入或导入" not in banner.text + banner.url
        request.user = factories.make_person(
            "heping", "何平", office.body, accounts.Role.PLATFORM_ADMIN
        )
        banner = sources.calendar_banner(request)
        assert "录入或导入" in banner.text
        assert banner.url == reverse("calendars:index")
        request.user = AnonymousUser()
        assert sources.calendar_banner(request) is None


def test_unread_messages_are_counted_in_the_navigation(office, client):
    notices.tell(
        [office.officer],
        kind="tests.told",
        subject="tests.thing:1",
        sentence="有新任务。",
        url="/",
        key="1",
    )
    client.force_login(office.officer)
    html = client.get("/").content.decode()
    assert '<span class="badge">1<span class="unseen">条未读' in html


def test_home_names_the_person_and_asks_no_more_for_more_needs(
    office, client, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(gather, "NEED_SOURCES", {"approvals": sources.approval_needs})
    client.force_login(office.leader)
    factories.send_round(office)
    client.get("/")
    with django_assert_max_num_queries(16):
        html = client.get("/").content.decode()
    assert "赵局" in html
    assert "等您签批" in html


@pytest.mark.browser
def test_home_is_clean_on_desk_and_phone(browser_page, monkeypatch):
    office = factories.make_office()
    titles = {"开放数据": 2, "公开建设项目信息": 40, "更新办事指南": -3}
    made = [
        factories.make_duty(
            office.science, title, date.fromordinal(clock.today().toordinal() + days)
        )
        for title, days in titles.items()
    ]
    monkeypatch.setattr(programme, "needs", lambda user: [card(duty) for duty in made])
    factories.send_round(office)
    browser_page.sign_in(office.leader)
    assert browser_page.look("/", "home") == []
    browser_page.narrow()
    page = browser_page.go("/")
    page.locator("summary", has_text="菜单").click()
    assert browser_page.axe() == []
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0


@pytest.mark.browser
def test_sign_in_is_clean_on_desk_and_phone(browser_page):
    assert browser_page.look(reverse("account_login"), "sign_in") == []
    assert browser_page.page.locator("body.entrance").count() == 1  # ours, not the library's
