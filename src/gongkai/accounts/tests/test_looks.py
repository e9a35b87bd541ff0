"""The pages of organisation and accounts in a real browser: journeys, phones, what axe finds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from gongkai.accounts import actions
from gongkai.accounts.states import Role
from gongkai.accounts.tests.world import PASSWORD, make_world
from gongkai.kernel import clock
from gongkai.organisation import api as organisation
from gongkai.organisation.api import SetRule, Unit, UnitKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(browser_page):
    """A body with some history; made after the live server, which empties the tables."""
    cache.clear()
    world = make_world()
    body, section = world.own.body, world.own.section
    for name in ("办公室", "政策法规科", "运输管理科"):
        organisation.create_unit(
            actor=None, parent=body, kind=UnitKind.SECTION, name=name, on=section.founded_on
        )
    organisation.create_unit(
        actor=None,
        parent=body,
        kind=UnitKind.OFFICE,
        name="清江市交通运输综合行政执法支队",
        short_name="执法支队",
        on=section.founded_on,
    )
    organisation.rename_unit(
        section,
        actor=world.own.platform_admin,
        name="科技教育科",
        short_name="科教科",
        on=clock.today(),
        expected=section.version,
    )
    organisation.add_alias(section, actor=world.own.openness_office, text="信息化科")
    organisation.create_set(
        actor=world.own.platform_admin, body=body, name="公开专班", rule=SetRule.SECTIONS
    )
    actions.delegate(
        actor=world.own.section_head,
        taker=world.own.officer,
        from_on=clock.today(),
        until_on=clock.today() + timedelta(3),
        reason="外出学习",
    )
    return world


def test_signing_in_by_keyboard_and_being_locked_out(browser_page, office):
    page = browser_page.go("/sign-in/")
    assert browser_page.look("/sign-in/", "sign-in") == []
    browser_page.expects(429)
    for _ in range(5):
        page.get_by_label("登录名").fill("ownleader")
        page.get_by_label("密码").fill("wrong")
        page.keyboard.press("Enter")
        page.get_by_text("登录名或密码不对").wait_for()
    page.get_by_label("登录名").fill("ownleader")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("请过15分钟再试").wait_for()
    browser_page.shot("locked")
    assert browser_page.axe() == []
    page.goto(browser_page.base + "/sign-in/")
    page.get_by_label("登录名").fill("ownofficer")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(browser_page.base + "/")


def test_every_page_on_a_desk_and_on_a_phone(browser_page, office):
    body, section = office.own.body, office.own.section
    kept = body.sets.get()
    browser_page.sign_in(office.own.platform_admin)
    wanted = {
        "organisation-tree": reverse("organisation:tree"),
        "organisation-unit": reverse("organisation:unit", args=[section.pk]),
        "organisation-body": reverse("organisation:unit", args=[body.pk]),
        "organisation-sets": reverse("organisation:sets", args=[body.pk]) + "?text=局相关科室",
        "organisation-set": reverse("organisation:set", args=[kept.pk]),
        "accounts-people": reverse("accounts:people"),
        "accounts-new-person": reverse("accounts:new_person"),
        "accounts-person": reverse("accounts:person", args=[office.own.officer.pk]),
        "accounts-password": reverse("account_change_password"),
    }
    found = {name: browser_page.look(url, name) for name, url in wanted.items()}
    browser_page.sign_in(office.own.officer)
    found["accounts-me"] = browser_page.look(reverse("accounts:me"), "accounts-me")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_refusal_keeps_what_was_typed(browser_page, office):
    browser_page.sign_in(office.own.platform_admin)
    browser_page.expects(409)
    page = browser_page.go(reverse("organisation:unit", args=[office.own.body.pk]))
    page.get_by_text("设立下级单位", exact=True).first.click()
    page.get_by_label("类别").select_option("section")
    page.get_by_label("全称", exact=True).fill("办公室")
    page.locator("form.opened:visible").get_by_role("button").click()
    page.get_by_text("同级已有“办公室”").wait_for()
    assert page.get_by_label("全称", exact=True).input_value() == "办公室"
    browser_page.shot("organisation-refused")
    assert browser_page.axe() == []
    page.get_by_label("全称", exact=True).fill("财务审计科")
    page.locator("form.opened:visible").get_by_role("button").click()
    page.get_by_text("已设立").wait_for()
    assert Unit.objects.filter(name="财务审计科", parent=office.own.body).exists()


def test_appointing_and_dissolving(browser_page, office):
    browser_page.sign_in(office.own.platform_admin)
    page = browser_page.go(reverse("accounts:person", args=[office.own.officer.pk]))
    page.locator("summary", has_text="任职").first.click()
    page.get_by_label("单位").select_option(str(office.own.body.pk))
    page.get_by_label("角色").select_option(Role.OPENNESS_OFFICE.value)
    page.locator("form.opened:visible").get_by_role("button").click()
    page.get_by_text("已任职").wait_for()
    page = browser_page.go(reverse("organisation:unit", args=[office.own.section.pk]))
    page.locator("summary", has_text="撤销").click()
    page.get_by_text("职务将同时结束").wait_for()
    browser_page.shot("organisation-dissolve")
    page.locator("form.opened:visible").get_by_role("button").click()
    page.get_by_text("历史记录仍可查阅").wait_for()
    assert not office.own.officer.posts.filter(unit=office.own.section, until_on=None).exists()
