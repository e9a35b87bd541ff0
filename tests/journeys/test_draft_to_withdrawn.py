"""Information from the draft to the ledger: a finding, a return, a hand-on, published, revised,
withdrawn; and a policy that is held until its interpretation is there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from gongkai.demo.city import City
from gongkai.publications import api as publications
from tests.journeys.journey import Journey, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRITTEN = {
    "abstract": "公布电子客票系统升级的时间。",
    "issuers": "清江市交通运输局",
    "source": "清江市交通运输局",
}


def begin(journey: Journey, kind: str, title: str) -> publications.Edition:
    """Begin a draft and fill in what a signature wants."""
    page = journey.page
    journey.visitor.go("/publications/")
    journey.follow(page.get_by_role("link", name="起草", exact=True))
    page.locator("[name=kind]").select_option(label=kind)
    page.locator("[name=title]").fill(title)
    journey.press("起草")
    journey.look("draft")
    for name, words in WRITTEN.items():
        page.locator(f"[name={name}]").fill(words)
    return publications.Edition.objects.get(title=title)


def write(journey: Journey, text: str) -> None:
    """Write the text and save."""
    journey.page.locator("[contenteditable=true]").fill(text)
    journey.press("保存")


def check(journey: Journey) -> None:
    """Have it checked and wait until it was."""
    journey.press("检查")
    expect(journey.page.get_by_text("已检查", exact=True)).to_be_visible(timeout=30_000)


def signs(journey: Journey, username: str, verb: str, said: str = "") -> None:
    """Somebody finds on the home page what waits for a signature, and signs or sends back."""
    journey.sign_in(username)
    journey.visitor.go("/")
    asked = re.compile("去审核|去签批|去保密审查")
    journey.follow(journey.page.get_by_role("link", name=asked).first)
    form = opened(journey, verb)
    if said:
        form.locator("textarea").fill(said)
    journey.press(verb, within=form)


def act(journey: Journey, words: str) -> None:
    """Press a button of the item that asks first."""
    journey.press(words, within=opened(journey, words))


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_from_a_draft_to_its_withdrawal(
    browser_page: Any, city: City, worker: None, sit: str
) -> None:
    getattr(browser_page, sit)()
    journey = Journey(browser_page, f"information-{sit}")
    page = journey.page
    title = "电子客票系统升级公告"

    journey.sign_in("lintao")
    edition = begin(journey, "公告公示", title)
    item = f"/publications/{edition.item_id}/"
    write(journey, "系统于12月1日升级，值班电话13800138000。")
    check(journey)
    expect(page.get_by_text("138****8000")).to_be_visible()
    journey.look("finding")
    form = opened(journey, "核实后放行")
    form.locator("textarea").fill("已核实，是公开的值班电话。")
    journey.press("核实后放行", within=form)
    act(journey, "送审")
    expect(page.get_by_text("审签中").first).to_be_visible()

    signs(journey, "wujing", "退回", "请写明升级时段。")
    journey.sign_in("lintao")
    browser_page.go(item)
    expect(page.get_by_text("请写明升级时段。").first).to_be_visible()
    journey.follow(page.get_by_role("link", name="修改"))
    write(journey, "系统于12月1日0时至6时升级，值班电话13800138000。")
    check(journey)
    form = opened(journey, "核实后放行")
    form.locator("textarea").fill("已核实，是公开的值班电话。")
    journey.press("核实后放行", within=form)
    act(journey, "送审")

    signs(journey, "wujing", "同意（审核）")
    signs(journey, "zhaolan", "同意（保密审查）")
    journey.sign_in("chenguoqiang")
    browser_page.go("/")
    journey.follow(page.get_by_role("link", name=re.compile("去签批")).first)
    form = opened(journey, "转请他人签")
    form.locator("select").select_option(
        label=re.compile("李建华").pattern + "（清江市交通运输局）"
    )
    journey.press("转请他人签", within=form)
    signs(journey, "lijianhua", "同意（签批）")

    journey.sign_in("zhoumin")
    browser_page.go(item)
    expect(page.get_by_text("待发布").first).to_be_visible(timeout=30_000)
    browser_page.go(item)
    journey.look("signed")
    journey.press("确定发布", within=opened(journey, "发布"))
    expect(page.get_by_text("已发布").first).to_be_visible()
    browser_page.go(f"{item}read/")
    expect(page.get_by_text("0时至6时")).to_be_visible()
    browser_page.go("/publications/ledger/")
    expect(page.get_by_text(title).first).to_be_visible()

    journey.sign_in("lintao")
    browser_page.go(item)
    journey.press("修订")
    page.locator("[name=change_note]").fill("升级推迟一天。")
    write(journey, "系统于12月2日0时至6时升级。")
    expect(page.get_by_text("第2版（修订）").first).to_be_visible()
    journey.look("revision")

    journey.sign_in("zhoumin")
    first = publications.published(edition.item)
    assert first is not None
    assert first.order == 1, "the first edition stays out while the second is drafted"
    browser_page.go(item)
    form = opened(journey, "作废")
    form.locator("textarea").fill("升级取消，不再修订。")
    journey.press("作废", within=form)
    form = opened(journey, "撤回")
    form.locator("[name=reason][value=outdated]").check()
    form.locator("[name=public_note]").fill("升级已取消。")
    journey.press("撤回", within=form)
    expect(page.get_by_text("已撤回").first).to_be_visible()
    journey.look("withdrawn")
    assert publications.published(edition.item) is None
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_a_policy_waits_for_its_interpretation(
    browser_page: Any, city: City, worker: None, sit: str
) -> None:
    getattr(browser_page, sit)()
    journey = Journey(browser_page, f"in-step-{sit}")
    page = journey.page
    journey.sign_in("fangli")
    title = "关于规范停车收费的指导意见"
    edition = begin(journey, "其他政策文件", title)
    page.locator("[name=document_number]").fill("清交发〔2026〕44号")
    write(journey, "一、停车收费实行明码标价。")
    check(journey)
    expect(page.get_by_text("没有解读方案，不能送签").first).to_be_visible()
    journey.look("no-plan")
    form = opened(journey, "填解读方案")
    form.locator("[name=outline]").fill("为什么规范、怎么收费、对车主有什么影响。")
    form.locator("[name=ways][value=chart]").check()
    form.locator("[name=channels]").fill("门户网站")
    form.locator("[name=interpreter]").fill("方丽")
    journey.press("填解读方案", within=form)
    expect(page.get_by_text("为什么规范、怎么收费、对车主有什么影响。").first).to_be_visible()
    journey.look("planned")
    form = opened(journey, "起草解读材料")
    journey.press("起草解读材料", within=form)
    expect(page.locator("[name=title]")).to_have_value(f"《{title}》政策解读")
    journey.visitor.go(f"/publications/{edition.item_id}/")
    expect(page.get_by_role("link", name=f"《{title}》政策解读")).to_be_visible()
    act(journey, "送审")
    expect(page.get_by_text("审签中").first).to_be_visible()
    journey.look("sent")
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))
