"""Charts: the picture and its table say the same, the script draws it and leads on."""

import json
import re

import pytest
from django.template import Context, Template
from django.urls import reverse

from gongkai.ui.gallery import specimens


def shown(picture):
    return Template("{% chart picture %}").render(Context({"picture": picture}))


def data_of(html):
    return json.loads(re.search(r'type="application/json">(.*?)</script>', html, re.S)[1])


def test_the_table_has_every_number_of_the_picture():
    bars = specimens.bars()
    html = shown(bars)
    assert data_of(html)["series"][2]["values"] == [14, 9, 0]
    assert [(row.category, row.total) for row in bars.rows] == [
        ("7月", 15),
        ("8月", 11),
        ("9月", 1),
    ]
    assert '<a href="#7" aria-label="7月 按时完成 14">14</a>' in html
    assert 'aria-label="9月 按时完成 0"' not in html, "nothing leads nowhere"


def test_moments_stand_in_the_order_of_time_and_keep_their_lanes():
    moments = specimens.moments()
    data = data_of(shown(moments))
    assert data["lanes"] == ["办理", "到期"]
    assert [one["label"] for one in data["moments"]] == [
        "任务下达",
        "报完成",
        "按时完成",
    ]
    assert data["moments"] == sorted(data["moments"], key=lambda one: one["at"])


def test_what_people_typed_cannot_leave_the_data():
    bars = specimens.bars()
    sly = type(bars)(**{**vars(bars), "categories": ["</script><b>", "8月", "9月"]})
    html = shown(sly)
    assert "</script><b>" not in html
    assert data_of(html)["categories"][0] == "</script><b>"


@pytest.mark.browser
def test_the_script_draws_folds_the_table_and_leads_on(browser_page, settings):
    settings.GALLERY = True
    page = browser_page.go(reverse("ui:gallery"))
    place = page.locator("[data-chart=bars-data][data-drawn]")
    place.wait_for()
    inked = """place => { const c = place.querySelector('canvas');
        const p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        return p.some((v, i) => i % 4 === 3 && v > 0) }"""
    assert place.evaluate(inked)
    assert not page.locator("[data-chart=bars-data] ~ .chart-table table").is_visible()
    x, y = place.evaluate(
        "place => echarts.getInstanceByDom(place)"
        ".convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, ['7月', 7])"
    )
    place.click(position={"x": x, "y": y})
    page.wait_for_url("**/#7")
    browser_page.check()


@pytest.mark.browser
def test_a_picture_not_yet_redrawn_does_not_hold_the_page_wide(browser_page, settings):
    settings.GALLERY = True
    never = "window.ResizeObserver = class { observe() {} }"
    browser_page.page.add_init_script(never)
    page = browser_page.go(reverse("ui:gallery"))
    page.locator("[data-chart=bars-data][data-drawn]").wait_for()
    browser_page.narrow()
    browser_page.check()


@pytest.mark.browser
def test_without_script_the_table_is_open(browser, live_server, settings):
    settings.GALLERY = True
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + reverse("ui:gallery"))
    assert page.locator(".chart-table table").first.is_visible()
