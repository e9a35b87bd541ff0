"""From what a superior asks for to the receipt: entered, sent, come back, sent again, received."""

from __future__ import annotations

import pytest

from gongkai.demo.city import City
from gongkai.submissions.models import Round
from tests.journeys.journey import Journey, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = {
    "name": "人员名册.txt",
    "mimeType": "text/plain",
    "buffer": "姓名,职务\n周敏,主任\n".encode(),
}


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_what_is_asked_for_is_sent_until_it_is_received(browser_page, city: City, sit):
    getattr(browser_page, sit)()
    journey = Journey(browser_page, f"submission-{sit}")
    page = journey.page

    journey.sign_in("zhoumin")
    browser_page.go("/submissions/")
    journey.follow(page.get_by_role("link", name="新增").first)
    journey.look("require")
    page.get_by_label("报什么").fill("政务公开工作人员名册")
    page.get_by_label("材料类别").select_option(label="人员名单")
    page.get_by_label("报给谁").fill("清江市政务公开办")
    page.get_by_label("由谁报").select_option(index=1)
    page.get_by_label("多久一次").select_option(label="一次")
    page.locator("[name=due_on]").fill("2026-12-31")
    journey.press("新增")
    journey.follow(page.get_by_role("link", name="一次", exact=True))
    journey.look("open")

    form = opened(journey, "登记上报")
    form.locator("input[type=file]").set_input_files(FORM)
    journey.press("登记上报", within=form)
    found = Round.objects.get()
    assert found.state == "sent"

    form = opened(journey, "登记退回")
    form.locator("textarea").fill("缺联系电话。")
    journey.press("登记退回", within=form)
    journey.look("returned")

    form = opened(journey, "登记重报")
    form.locator("input[type=file]").set_input_files(FORM)
    journey.press("登记重报", within=form)
    form = opened(journey, "登记回执")
    form.locator("[name=number]").fill("回执〔2026〕7号")
    journey.press("登记回执", within=form)
    page.get_by_text("回执〔2026〕7号").first.wait_for()
    found.refresh_from_db()
    assert found.state == "received"
    journey.look("received")
    assert not journey.wrong, "\n".join(journey.wrong)
