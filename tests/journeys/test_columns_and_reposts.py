"""A column goes amber, content is published, its light turns green; a superior's notice is
reposted by one button, cleared, published, and its delay stands in the list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from gongkai.approvals import api as approvals
from gongkai.columns import actions
from gongkai.columns.rules import Entry
from gongkai.columns.states import Rhythm, SourceKind
from gongkai.demo.city import City
from gongkai.duties.actions import turn_lights
from gongkai.fetching import Fetched
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.outbox import api as outbox
from gongkai.publications import api as publications
from gongkai.publications.actions import load_columns
from tests.journeys.journey import Journey, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _sign(edition: publications.Edition) -> None:
    """Let everybody sign whose turn it is; the worker's part is done here at once."""
    while True:
        round_ = approvals.newest_round(subject_key(edition))
        asked = approvals.asked_now(round_) if round_ else []
        if round_ is None or not asked:
            break
        step, people = asked[0]
        approvals.sign(step, actor=people[0], digest=round_.digest)
    outbox.drain()


def _signed(city: City, column: publications.Column) -> publications.Edition:
    what = publications.Draft(
        title="十一月工程进度通报",
        kind=publications.Kind.NEWS,
        column=column,
        issuers=["清江市交通运输局"],
        abstract="通报工程进度。",
        source="清江市交通运输局",
        text="<p>本月完成路面摊铺。</p>",
    )
    drafter = city.people["lintao"]
    edition = publications.draft(unit=city.units["科技科"], actor=drafter, what=what)
    edition = publications.edition_by_pk(edition.pk)
    publications.ask_check(edition, actor=drafter, expected=edition.version)
    outbox.drain()
    edition = publications.edition_by_pk(edition.pk)
    publications.send(edition, actor=drafter, expected=edition.version)
    _sign(edition)
    return edition


def test_a_column_goes_amber_and_green_again(browser_page: Any, city: City) -> None:
    journey = Journey(browser_page, "columns")
    page = journey.page
    load_columns()
    with clock.at(clock.now() - timedelta(days=27)):
        how = actions.How("工程进度", city.units["科技科"], Rhythm.MONTHS, 1)
        office = city.people["zhoumin"]
        upkeep = actions.keep_column(city.bureau, actor=office, column=None, how=how)
    turn_lights(clock.now())

    journey.sign_in("lintao")
    journey.visitor.go("/")
    need = page.get_by_role("link", name="更新栏目“工程进度”").first
    expect(need).to_be_visible()
    journey.follow(need)
    expect(page.get_by_text("快到期").first).to_be_visible()
    journey.look("amber")

    edition = _signed(city, upkeep.column)
    journey.sign_in("zhoumin")
    journey.visitor.go(f"/publications/{edition.item_id}/")
    journey.press("确定发布", within=opened(journey, "发布"))
    outbox.drain()
    journey.visitor.go("/columns/")
    expect(page.get_by_role("link", name="工程进度")).to_be_visible()
    expect(page.locator("main .light-green").first).to_be_visible()
    journey.look("green")
    assert journey.wrong == []


def test_a_superiors_notice_is_reposted(browser_page: Any, city: City) -> None:
    journey = Journey(browser_page, "repost")
    page = journey.page
    load_columns()
    office, unit = city.people["zhoumin"], city.units["科技科"]
    url = "https://jtyst.jiangdong.example/feed.xml"
    what = actions.Watch("江东省交通运输厅", SourceKind.FEED, url, unit)
    source = actions.watch(city.bureau, actor=office, what=what)
    issued = clock.now() - timedelta(hours=3)
    title = "关于冬季道路运输安全的通知"
    entry = Entry("1", title, "https://jtyst.jiangdong.example/1.html", "部署安全工作。", issued)
    actions.take_in(source, Fetched(b"", url), [entry])

    journey.sign_in("lintao")
    journey.visitor.go("/columns/reposts/")
    journey.look("waiting")
    journey.follow(page.get_by_role("link", name=title))
    journey.look("proposal")
    journey.press("转发")
    outbox.drain()
    page.reload()
    expect(page.get_by_text("已检查", exact=True)).to_be_visible()
    journey.press("送审", within=opened(journey, "送审"))
    edition = publications.Edition.objects.get(title=title)
    _sign(edition)

    journey.sign_in("zhoumin")
    journey.visitor.go(f"/publications/{edition.item_id}/")
    journey.press("确定发布", within=opened(journey, "发布"))
    outbox.drain()
    journey.visitor.go("/columns/reposts/?work=done")
    expect(page.locator("main td").get_by_text("已转发").first).to_be_visible()
    journey.visitor.go("/columns/sources/")
    expect(page.get_by_role("link", name="江东省交通运输厅")).to_be_visible()
    journey.look("sources")
    assert journey.wrong == []
