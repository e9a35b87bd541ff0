"""From a notice to its end: the unit answers, its head sends, the office sends back, closes."""

from __future__ import annotations

import pytest

from gongkai.demo.city import City
from gongkai.outbox import api as outbox
from gongkai.programme import api as programme
from gongkai.supervision.models import Charge
from tests.journeys.journey import Journey, bound_table, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = "网站检查一季度未见结果，请说明原因并补办。"


@pytest.fixture
def task(city: City) -> programme.Task:
    """A task that the section alone leads, bound as the office would."""
    return bound_table(city, 2026).tasks.get(row=6)


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_from_notice_to_closing(browser_page, task, sit):
    getattr(browser_page, sit)()
    journey = Journey(browser_page, f"supervision-{sit}")
    page = journey.page

    journey.sign_in("zhoumin")
    browser_page.go(f"/programme/tasks/{task.pk}/")
    page.get_by_role("link", name="督办", exact=True).last.click()
    journey.look("write")
    page.get_by_label("督办要求").fill(ASKED)
    page.get_by_label("几个工作日内回复").fill("5")
    journey.press("发出督办")
    page.get_by_text("督办已发出").wait_for()
    charge = Charge.objects.get()
    journey.look("issued")

    journey.sign_in("lintao")
    browser_page.go("/")
    page.get_by_role("link", name="去回复").first.click()
    form = opened(journey, "回复")
    form.locator("textarea").fill("栏目已补齐，今后每季度末检查。")
    journey.press("回复", within=form)
    page.get_by_text("等负责人签发").first.wait_for()

    journey.sign_in("wujing")
    browser_page.go("/")
    page.get_by_role("link", name="去审核").first.click()
    journey.look("signing")
    form = opened(journey, "同意（审核）")
    journey.press("同意（审核）", within=form)
    outbox.drain()

    journey.sign_in("zhoumin")
    browser_page.go("/")
    page.get_by_role("link", name="去审核").first.click()
    journey.look("answered")
    form = opened(journey, "退回重办")
    form.locator("textarea").fill("请附截图。")
    journey.press("退回重办", within=form)
    charge.refresh_from_db()
    assert charge.state == "open"

    journey.sign_in("wujing")
    browser_page.go(f"/supervision/{charge.pk}/")
    page.get_by_text("请附截图。").first.wait_for()
    form = opened(journey, "回复")
    form.locator("textarea").fill("截图已附在佐证里。")
    journey.press("回复", within=form)

    journey.sign_in("zhoumin")
    browser_page.go("/supervision/?state=answered")
    page.get_by_role("link", name=charge.number).click()
    form = opened(journey, "闭环")
    form.locator("textarea").fill("已核实。")
    journey.press("闭环", within=form)
    page.get_by_text("已闭环").first.wait_for()
    journey.look("closed")
    charge.refresh_from_db()
    assert charge.state == "closed"
    browser_page.go("/supervision/")
    journey.look("list")
    assert not journey.wrong, "\n".join(journey.wrong)
