"""From the city's task to the bureau's: asked back, answered, taken, worked, seen on both sides."""

from __future__ import annotations

import pytest

from gongkai.demo.cascade import bind_plan
from gongkai.demo.city import City
from gongkai.outbox import api as outbox
from gongkai.supervision.models import Handing
from tests.journeys.journey import Journey, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(city: City) -> City:
    """The city's own plan, bound, above the bureau."""
    bind_plan(city)
    return city


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_a_task_goes_down_and_how_it_stands_comes_up(browser_page, plan, sit):
    getattr(browser_page, sit)()
    journey = Journey(browser_page, f"handing-{sit}")
    page = journey.page

    journey.sign_in("songyan")
    browser_page.go("/programme/tasks/?state=open")
    journey.follow(
        page.get_by_role("link", name="政策解读")
        .or_(page.get_by_role("link", name="重要文件同步组织解读"))
        .first
    )
    above = page.url
    page.get_by_role("link", name="交办下级").click()
    page.get_by_label("清江市交通运输局").check()
    journey.look("write")
    page.get_by_label("清江市交通运输局").check()
    journey.press("交办")
    handing = Handing.objects.get()

    journey.sign_in("zhoumin")
    browser_page.go("/")
    journey.follow(page.get_by_role("link", name="重要文件同步组织解读").first)
    journey.look("offered")
    form = opened(journey, "提出疑问")
    form.locator("textarea").fill("解读材料由市里统一组织，还是各局自行组织？")
    journey.press("提出疑问", within=form)

    journey.sign_in("songyan")
    browser_page.go(f"/supervision/handings/{handing.pk}/")
    journey.look("asked")
    form = opened(journey, "答复")
    form.locator("textarea").fill("各局自行组织，材料同步报市里。")
    journey.press("答复", within=form)

    journey.sign_in("zhoumin")
    browser_page.go(f"/supervision/handings/{handing.pk}/")
    form = opened(journey, "接收")
    form.get_by_label("由哪个科室牵头").select_option(index=1)
    journey.press("接收", within=form)
    outbox.drain()
    handing.refresh_from_db()
    assert handing.state == "taken"
    journey.look("taken")

    browser_page.go(f"/programme/tasks/{handing.taken_id}/")
    assert page.get_by_text("清江市人民政府").first.is_visible()
    journey.sign_in("songyan")
    page.goto(above)
    assert page.get_by_text("清江市交通运输局").first.is_visible()
    journey.look("above")
    assert not journey.wrong, "\n".join(journey.wrong)
