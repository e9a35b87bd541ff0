"""A draft on which another section is asked, and a document that amends another: both sides seen,
each page looked at in two widths."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from gongkai.demo import texts
from gongkai.demo.asking import keep_words
from gongkai.demo.city import City
from gongkai.interpretations import api as interpretations
from gongkai.interpretations.api import Form, Stage
from gongkai.kernel import clock
from gongkai.normative import actions as standing
from gongkai.normative.models import Standing
from gongkai.normative.states import RelationKind
from gongkai.outbox import api as outbox
from gongkai.publications import api as publications
from gongkai.publications.actions import define_chains_if_missing
from gongkai.publications.api import Edition, Kind
from tests.journeys.journey import Journey, opened
from tests.journeys.test_columns_and_reposts import _sign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUREAU = "清江市交通运输局"


def _drafted(city: City, title: str, number: str, **how: Any) -> Edition:
    usual: dict[str, Any] = {
        "kind": Kind.NORMATIVE,
        "document_number": number,
        "issuers": [BUREAU],
        "abstract": f"{title}。",
        "source": BUREAU,
        "text": texts.POLICY.format(title=title),
        "lapses_on": clock.today() + timedelta(days=1800),
    }
    what = publications.Draft(title=title, **{**usual, **how})
    drafter = city.people["fangli"]
    edition = publications.draft(unit=city.units["法规科"], actor=drafter, what=what)
    return _again(edition)


def _again(edition: Edition) -> Edition:
    found = publications.edition_by_pk(edition.pk)
    assert found is not None
    return found


def _out(city: City, edition: Edition) -> None:
    """Have an edition checked, sent, signed and published."""
    edition = _again(edition)
    drafter = city.people["fangli"]
    publications.ask_check(edition, actor=drafter, expected=edition.version)
    outbox.drain()
    edition = _again(edition)
    publications.send(edition, actor=drafter, expected=edition.version)
    _sign(edition)
    edition = _again(edition)
    if edition.item.kind != Kind.INTERPRETATION:
        publications.publish(edition, actor=city.people["zhoumin"], expected=edition.version)
        outbox.drain()


def _policy_out(city: City, edition: Edition, number: str) -> None:
    """Bring a normative document out with its plan and its material."""
    drafter = city.people["fangli"]
    standing.register(edition.item, actor=drafter, number=number, expected=0)
    interpretations.set_plan(
        edition.item,
        actor=drafter,
        outline="为什么制定、主要内容、与旧规定的不同。",
        forms=[Form.TEXT],
        channels="门户网站",
        interpreter="李建华",
        expected=0,
    )
    material = interpretations.interpret(
        edition.item, actor=drafter, form=Form.TEXT, stage=Stage.WITH, interpreter="李建华"
    )
    written = publications.newest(material.item)
    what = publications.Draft(
        title=written.title,
        kind=Kind.INTERPRETATION,
        issuers=[BUREAU],
        abstract="解读。",
        source=BUREAU,
        text=texts.MATERIAL.format(section="法规科"),
        formed_on=clock.today(),
    )
    publications.save(written, actor=drafter, what=what, expected=written.version)
    _out(city, written)
    _out(city, edition)


def test_another_section_is_asked_and_heard(browser_page: Any, city: City) -> None:
    journey = Journey(browser_page, "asked")
    page = journey.page
    define_chains_if_missing()
    keep_words(city)
    how = {"kind": Kind.ANNOUNCEMENT, "text": texts.PARKING, "lapses_on": None}
    edition = _drafted(city, "关于规范停车收费的公告", "", **how)
    item = reverse("publications:item", args=[edition.item_id])

    journey.sign_in("fangli")
    journey.visitor.go(item)
    form = opened(journey, "征求其他单位意见")
    form.locator("[name=unit]").select_option(label="运输管理科")
    form.locator("[name=question]").fill("第二条涉及经营备案，请核。")
    journey.press("征求其他单位意见", within=form)
    expect(page.locator("#coordination").locator("..")).to_contain_text("待答复")
    journey.look("waiting")

    journey.sign_in("tangxue")
    journey.visitor.go("/")
    journey.follow(page.get_by_role("link", name="去答复").first)
    journey.look("asking")
    form = opened(journey, "答复")
    form.get_by_label("同意，有修改意见").check()
    form.locator("[name=says]").fill("备案时限请写明五个工作日。")
    journey.press("答复", within=form)
    expect(page.locator("main")).to_contain_text("同意，有修改意见")
    journey.visitor.go(reverse("coordination:asked"))
    journey.look("list")

    journey.sign_in("fangli")
    journey.visitor.go(item)
    expect(page.locator("main")).to_contain_text("备案时限请写明五个工作日。")
    form = opened(journey, "写采纳情况")
    form.locator("textarea").fill("已采纳，写明五个工作日。")
    journey.press("写采纳情况", within=form)
    expect(page.locator("main")).to_contain_text("已采纳，写明五个工作日。")

    journey.sign_in("zhoumin")
    journey.visitor.go(reverse("wording:list"))
    journey.look("words")
    assert journey.wrong == []


def test_a_document_amends_another_and_both_say_so(browser_page: Any, city: City) -> None:
    journey = Journey(browser_page, "amended")
    page = journey.page
    define_chains_if_missing()
    old = _drafted(city, "清江市农村公路养护管理办法", "清交规〔2025〕2号")
    _policy_out(city, old, "QJJT-2025-0002")
    shorter = texts.POLICY.replace("五个工作日", "三个工作日")
    title = "清江市农村公路养护管理办法（修订）"
    new = _drafted(city, title, "清交规〔2026〕2号", text=shorter.format(title=title))
    standing.relate(new.item, old.item, actor=city.people["fangli"], kind=RelationKind.REPLACES)
    _policy_out(city, new, "QJJT-2026-0002")
    assert Standing.objects.get(item=old.item_id).validity == "repealed"

    journey.sign_in("fangli")
    journey.visitor.go(reverse("publications:read", args=[old.item_id]))
    expect(page.locator("main")).to_contain_text("替代了本文件")
    journey.look("old")
    journey.follow(page.get_by_role("link", name=title).first)
    expect(page.locator("main")).to_contain_text("被本文件替代")
    journey.visitor.go(reverse("publications:item", args=[new.item_id]))
    journey.look("new")
    journey.follow(page.get_by_role("link", name="与原来的规定逐条对照"))
    expect(page.locator("ins", has_text="三").first).to_be_visible()
    journey.look("clauses")
    journey.visitor.go(reverse("publications:item", args=[new.item_id]))
    journey.follow(page.get_by_role("link", name="对照检查").first)
    expect(page.locator("main")).to_contain_text("写到了")
    journey.look("material")
    journey.visitor.go(reverse("publications:compare", args=[new.pk]))
    journey.look("compare")
    journey.visitor.go(reverse("normative:documents"))
    journey.look("list")
    assert journey.wrong == []
