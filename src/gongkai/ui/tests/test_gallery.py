"""The gallery shows every component, only where it should, and axe finds nothing on it."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from gongkai.ui.templatetags.ui import register

GALLERY = Path(__file__).resolve().parents[1] / "templates/ui/gallery"
# Tags that are words inside other components, not components.
WORDS = {"when"}


@pytest.fixture(autouse=True)
def _shown(settings):
    settings.GALLERY = True


def test_every_component_has_an_entry():
    text = "".join(path.read_text() for path in GALLERY.glob("*.html"))
    shown = set(re.findall(r"\{% (\w+)", text))
    assert set(register.tags) - WORDS <= shown


def test_every_component_has_a_template_that_lists_its_inputs():
    parts = GALLERY.parent / "parts"
    for path in parts.glob("*.html"):
        assert re.match(r"\{# (Inputs: |.*Inputs: )", path.read_text()), path.name


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["gallery", "gallery_record", "gallery_progress"])
def test_pages_show(client, name):
    assert client.get(reverse(f"ui:{name}")).status_code == 200


@pytest.mark.django_db
def test_nothing_is_there_in_a_real_office(client, settings):
    settings.GALLERY = False
    for name in ("gallery", "gallery_record", "gallery_progress", "gallery_refusal"):
        assert client.get(reverse(f"ui:{name}")).status_code == 404


@pytest.mark.django_db
def test_progress_ends(client):
    html = client.get(reverse("ui:gallery_progress") + "?done=72").content.decode()
    assert "hx-get" not in html


@pytest.mark.browser
@pytest.mark.parametrize("page", ["gallery", "gallery_record"])
def test_axe_finds_nothing(browser_page, page):
    assert browser_page.look(reverse(f"ui:{page}"), page) == []


@pytest.mark.browser
def test_axe_finds_nothing_in_large_type(browser_page):
    browser_page.narrow()
    page = browser_page.go(reverse("ui:gallery"))
    page.get_by_role("button", name="大字版").click()
    assert page.locator("html.large").count() == 1
    browser_page.check()
    browser_page.shot("gallery_large")
    assert browser_page.axe() == []
    page.get_by_role("button", name="标准字号").click()
    assert page.locator("html.large").count() == 0


@pytest.mark.browser
def test_progress_moves_by_itself(browser_page):
    page = browser_page.go(reverse("ui:gallery"))
    from playwright.sync_api import expect

    bar = page.get_by_role("progressbar", name="正在读取").first
    assert bar.get_attribute("value") == "25"
    expect(bar).to_have_attribute("value", "50")


@pytest.mark.browser
def test_keyboard_reaches_the_text_and_the_rule_of_a_light(browser_page):
    page = browser_page.go(reverse("ui:gallery"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    light = page.locator(".light[tabindex]").first
    light.focus()
    assert light.locator(".light-rule").is_visible()
    page.keyboard.press("Escape")
    assert not light.locator(".light-rule").is_visible()


@pytest.mark.browser
def test_a_proposal_lights_up_its_source(browser_page):
    page = browser_page.go(reverse("ui:gallery"))
    page.locator("[data-source='task-9'] a").focus()
    lit = page.locator("mark.on")
    assert lit.count() == 1
    assert lit.inner_text() == "在文件公开后3个工作日内发布。"


@pytest.mark.browser
def test_a_button_with_a_form_opens_without_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + reverse("ui:gallery_record"))
    assert not page.get_by_label("退回原因").is_visible()
    page.locator("summary", has_text="退回承办人").click()
    assert page.get_by_label("退回原因").is_visible()
    context.close()


@pytest.mark.browser
def test_every_target_is_large_enough_for_a_thumb(browser_page):
    browser_page.narrow()
    page = browser_page.go(reverse("ui:gallery"))
    targets = (
        ".button, select, summary, textarea, input:not([type=hidden],[type=checkbox],[type=radio])"
    )
    small = page.evaluate(
        f"""[...document.querySelectorAll({targets!r})].filter(e => e.checkVisibility())
            .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
            .filter(([, height]) => height < 44)"""
    )
    assert small == []
