"""What a phone folds and a wide screen shows: filters, cards of a pile, things that can wait."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from gongkai.ui.gallery import specimens
from gongkai.ui.lists import Between, Choice, Column, Listing, listing
from gongkai.ui.lists.listing import REGISTRY
from gongkai.ui.parts import Card, Pile, Stripe
from gongkai.ui.tests.parcels import Parcel, table

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
LISTED = "{% listing page %}"


def show(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.fixture
def shelf(db):
    with table():
        Parcel.objects.create(pk=1, title="公报", weight=1, due_on=date(2026, 3, 18))
        Parcel.objects.create(pk=2, title="", weight=2, note="—")
        made = Listing(
            name="shelf",
            caption="包裹",
            sort="title",
            columns=[
                Column("title", "名称", sort=True),
                Column("note", "备注"),
                Column("due_on", "到期", kind="due"),
            ],
            filters=[Choice("weight", "重量", [(1, "一"), (7, "七")]), Between("due_on", "到期")],
        )
        del REGISTRY[made.name]
        yield made


def listed(shelf: Listing, query: str = "") -> str:
    page = shelf.page(RequestFactory().get(f"/shelf/{query}"), Parcel.objects.all())
    return show("{% listing page %}", page=page)


def test_filters_are_folded_until_one_is_set(shelf):
    html = listed(shelf)
    assert '<details class="fold"><summary class="button">筛选</summary>' in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?weight=1", "已选1项"),
        ("?weight=7", "已选1项"),
        ("?weight=1&due_on_from=2026-03-01", "已选2项"),
    ],
)
def test_a_set_filter_is_in_sight_also_over_an_empty_list(shelf, query, said):
    html = listed(shelf, query)
    assert '<details class="fold" open>' in html
    assert said in html


def test_a_filter_that_cannot_be_read_is_in_sight_with_its_reason(shelf):
    html = listed(shelf, "?due_on_from=31.12.")
    assert '<details class="fold" open>' in html
    assert "日期应写成" in html


def test_a_day_that_is_due_has_its_weekday(shelf):
    assert "3月18日 周三" in listed(shelf)


def test_a_phone_leaves_out_what_says_nothing(shelf):
    html = listed(shelf, "?weight=1")
    assert html.count(" blank") == 1  # the note
    assert listed(shelf).count(" blank") == 4  # and title, note and day of the other


def answered(shelf: Listing, query: str = "") -> str:
    """Answer with the list in a page of nothing but it."""
    answer = shelf.answer(RequestFactory().get(f"/shelf/{query}"), Parcel.objects.all(), LISTED)
    return answer.content.decode()


def test_a_list_may_be_narrowed_at_first_sight(shelf, monkeypatch):
    made = replace(shelf, at_first="weight=1")
    del REGISTRY[made.name]
    monkeypatch.setattr(listing, "render", lambda r, t, c: HttpResponse(show(LISTED, **c)))
    first = answered(made)
    assert first.count("<tr") == 2  # the head and the one that weighs 1
    assert '<details class="fold"><summary class="button">筛选</summary>' in first
    assert "清除" not in first
    assert "weight=1&amp;sort=-title" in first
    assert "已选" not in answered(made, "?weight=1&sort=-title")
    everything = answered(made, "?weight=&due_on_from=")
    assert everything.count("<tr") == 3
    Parcel.objects.filter(weight=1).delete()
    empty = answered(made)
    assert "还没有记录" in empty
    assert "<select" in empty  # the way to the others


def test_what_happened_long_ago_is_folded():
    entries = [
        SimpleNamespace(label=f"第{n}次", at=NOW, actor_name="系统", facts={}) for n in range(8)
    ]
    before, after = show("{% timeline e %}", e=entries).split("<details", 1)
    assert "第4次" in before
    assert "第5次" in after
    assert "更早的3条" in after


def test_a_pile_says_its_counts_and_folds_its_cards():
    cards = [Card(f"任务{n}") for n in range(6)]
    html = show("{% board p %}", p=[Pile("科技科", cards, 28, more_url="/all/")])
    before, after = html.split("<details", 1)
    assert "28" in before
    assert "看最急的6项" in after
    assert "任务5" in after


def test_what_can_wait_is_folded_and_counted():
    found = specimens.needs()
    html = show("{% needs n first=1 %}", n=found)
    before, after = html.split("<details", 1)
    assert before.count("<li") == 1
    assert after.count("<li") == len(found) - 1
    assert f"另外{len(found) - 1}件" in after
    assert "<details" not in show("{% needs n %}", n=found)


def test_a_bar_leads_to_its_lists():
    html = show("{% bar s '科技科' %}", s=[Stripe("red", "逾期", 2, "/tasks/?light=red")])
    assert '<a href="/tasks/?light=red">' in html
    assert 'class="bar-key bar-ways">' in html  # read out, as it can be followed


@pytest.mark.browser
def test_a_phone_folds_and_a_wide_screen_does_not(browser_page, settings):
    settings.GALLERY = True
    page = browser_page.go(reverse("ui:gallery"))
    card = page.locator(".pile .card").first
    toggle = page.locator(".pile summary").first
    field = page.locator(".filters select").first
    assert card.is_visible()
    assert field.is_visible()
    assert not toggle.is_visible()
    browser_page.narrow()
    assert not card.is_visible()
    assert not field.is_visible()
    toggle.click()
    assert card.is_visible()
    assert browser_page.axe() == []


@pytest.mark.browser
def test_a_browser_without_the_style_opens_them_by_script(browser_page, settings):
    settings.GALLERY = True
    browser_page.page.add_init_script("CSS.supports = () => false")
    page = browser_page.go(reverse("ui:gallery"))
    page.wait_for_function("document.querySelectorAll('details.fold:not([open])').length === 0")
    browser_page.narrow()
    page = browser_page.go(reverse("ui:gallery"))
    assert page.locator("details.fold:not([open])").count() > 0
