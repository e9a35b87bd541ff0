"""The board and the lists on a phone, as a leader holds it, and at a desk."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from gongkai.programme.tests.factories import bound_now, read_now

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("in_march"),
    pytest.mark.browser,
]


@pytest.fixture
def leader(browser_page, side):
    bound_now(side)
    browser_page.sign_in(side.leader)
    return browser_page


def test_the_board_shows_counts_and_what_presses_first(leader):
    leader.narrow()
    page = leader.go(reverse("programme:board"))
    expect(page.get_by_role("heading", name="全部时限")).to_be_in_viewport()
    pile = page.get_by_role("region", name="科技信息科")
    expect(pile.locator(".bar")).to_be_visible()
    expect(pile.locator(".card").first).not_to_be_visible()
    pile.locator("summary").click()
    expect(pile.locator(".card").first).to_be_visible()
    expect(page.get_by_label("文件")).not_to_be_visible()
    leader.wide()
    expect(page.locator(".pile .card").last).to_be_visible()
    expect(page.get_by_label("文件")).to_be_visible()


def test_a_count_leads_to_its_list(leader):
    page = leader.go(reverse("programme:board"))
    count = page.locator(".totals .bar-key a").first
    n = int(count.locator("b").inner_text())
    count.click()
    expect(page.locator("tbody tr")).to_have_count(n)


def test_a_filter_folds_up_again_when_it_is_cleared(leader):
    leader.narrow()
    page = leader.go(reverse("programme:tasks"))
    fold = page.locator("details.fold").first
    expect(fold).not_to_have_attribute("open", "")
    page.locator("summary", has_text="筛选").click()
    page.get_by_label("灯").select_option("green")
    page.wait_for_url("**light=green**")
    expect(page.get_by_text("已选")).to_be_visible()
    page.get_by_role("link", name="清除").click()
    expect(page.locator("summary", has_text="筛选")).to_be_visible()
    expect(page.get_by_text("已选")).not_to_be_visible()


@pytest.mark.parametrize("name", ["board", "tasks", "documents", "receive"])
def test_axe_finds_nothing(browser_page, side, name):
    bound_now(side)
    browser_page.sign_in(side.openness_office)
    assert browser_page.look(reverse(f"programme:{name}"), f"programme_{name}") == []


def test_axe_finds_nothing_on_records(browser_page, side):
    task = bound_now(side).tasks.first()
    document = read_now(side)
    browser_page.sign_in(side.openness_office)
    for name, row in (("task", task), ("document", document)):
        where = reverse(f"programme:{name}", args=[row.pk])
        assert browser_page.look(where, f"programme_{name}") == []
