"""From a field's standard catalogue to its coverage: imported, taken, assigned, shown."""

from __future__ import annotations

import pytest

from gongkai.demo.city import City
from gongkai.standards.models import Catalogue
from gongkai.standards.tests.factories import workbook
from tests.journeys.journey import Journey, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_a_catalogue_is_taken_assigned_and_measured(browser_page, city: City, sit):
    getattr(browser_page, sit)()
    journey = Journey(browser_page, f"catalogue-{sit}")
    page = journey.page

    journey.sign_in("zhoumin")
    browser_page.go("/standards/")
    journey.follow(page.get_by_role("link", name="导入").first)
    page.get_by_label("领域", exact=True).select_option(label="义务教育")
    book = {"name": "义务教育标准目录.xlsx", "mimeType": SHEET, "buffer": workbook()}
    page.get_by_label("目录文件").set_input_files(book)
    journey.press("读入")
    journey.look("report")
    journey.press("采用这份目录")
    catalogue = Catalogue.objects.get()
    assert catalogue.state == "in_force"

    browser_page.go(f"/standards/{catalogue.pk}/")
    journey.follow(page.get_by_role("link", name="分配事项"))
    journey.look("assign")
    page.locator("main input[name=items]").first.check()
    page.locator("main [name=units]").first.check()
    journey.press("分配")
    browser_page.go(f"/standards/{catalogue.pk}/")
    journey.follow(page.locator("main table tbody a").first)
    form = opened(journey, "登记公开情况")
    form.locator("textarea").fill("已在局网站公开。")
    journey.press("登记公开情况", within=form)
    journey.look("item")
    browser_page.go(f"/standards/{catalogue.pk}/")
    journey.look("coverage")
    assert not journey.wrong, "\n".join(journey.wrong)
