"""A task of two units on a phone: measures, more time, sent back, both sign, struck off."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongkai.demo.city import City
from gongkai.outbox import api as outbox
from gongkai.programme import api as programme
from tests.journeys.journey import Journey, bound_table, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def task(city: City) -> programme.Task:
    """A task that 办公室 leads and 科技科 supports, bound by the openness office."""
    return bound_table(city, 2027).tasks.get(row=2)


def part_of(page: Any, unit: str) -> Any:
    """The section of the page of the work that is this unit's."""
    return page.locator("section.sheet", has=page.get_by_role("heading", name=re.compile(unit)))


def do(journey: Journey, unit: str, words: str, **typed: str) -> None:
    """Open a button in a unit's part, fill its form, press it."""
    place = part_of(journey.page, unit).first
    act = place.locator("details", has=journey.page.locator("summary", has_text=words)).first
    act.locator("summary").first.click()
    for name, value in typed.items():
        act.locator(f"[name={name}]").first.fill(value)
    journey.press(words, within=act)
    outbox.drain()


def signs(journey: Journey, username: str, verb: str, said: str = "") -> None:
    """Somebody finds on the home page what waits for a signature, and signs or sends back."""
    journey.sign_in(username)
    journey.visitor.go("/")
    journey.follow(journey.page.get_by_role("link", name=re.compile("去审核|去签批")).first)
    journey.look(f"{username}-asked")
    form = opened(journey, verb)
    if said:
        form.locator("textarea").fill(said)
    journey.press(verb, within=form)
    outbox.drain()


def test_two_units_sign_before_the_office_closes(browser_page, task):
    browser_page.narrow()
    journey = Journey(browser_page, "two-units")
    page, work = journey.page, f"/progress/tasks/{task.pk}/"
    for unit in ("办公室", "科技"):
        who = "zhoumin" if unit == "办公室" else "lintao"
        journey.sign_in(who)
        browser_page.go(f"/programme/tasks/{task.pk}/")
        act = opened(journey, "登记佐证")
        act.locator("textarea[name=note]").fill("指南已修订，正在校对。")
        journey.press("登记佐证", within=act)

    journey.sign_in("zhoumin")
    browser_page.go(work)
    journey.look("work")
    do(journey, "办公室", "填写措施和步骤", measures="按新条例逐条修订，法规科审核。")
    do(journey, "办公室", "申请延期", until="2027-12-20", reason="等市里新模板。")
    signs(journey, "hewei", "同意（审核）")
    signs(journey, "zhoumin", "同意（签批）")
    part = task.duties.get().duty
    assert str(part.due_on) == "2027-12-20"

    browser_page.go(work)
    do(journey, "办公室", "报完成", text="指南已修订。")
    signs(journey, "hewei", "退回", "请写明公布在哪里。")
    journey.sign_in("zhoumin")
    browser_page.go("/")
    journey.look("came-back")
    browser_page.go(work)
    page.get_by_text("请写明公布在哪里。").first.wait_for()
    do(journey, "办公室", "报完成", text="指南已修订，公布在局网站公开指南栏目。")
    signs(journey, "hewei", "同意（审核）")
    task.refresh_from_db()
    assert task.state == "open", "the other unit has not signed"

    journey.sign_in("lintao")
    browser_page.go(work)
    do(journey, "科技", "报完成", text="栏目已调整，新指南已上网。")
    signs(journey, "wujing", "同意（审核）")
    task.refresh_from_db()
    assert task.state == "ready"

    journey.sign_in("zhoumin")
    browser_page.go(work)
    journey.look("both-signed")
    form = opened(journey, "销号")
    form.locator("textarea[name=note]").fill("已核对网站。")
    journey.press("销号", within=form)
    task.refresh_from_db()
    assert task.state == "done"
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))
