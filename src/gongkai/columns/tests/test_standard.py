"""Tests of the standard column: the guide's elements, what stands there, when it is looked over."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.columns import actions, queries
from gongkai.columns.models import Review
from gongkai.columns.rules import guide_missing
from gongkai.columns.tests.factories import on
from gongkai.duties.api import State
from gongkai.kernel.refusal import Refused
from gongkai.outbox import api as outbox
from gongkai.publications import actions as publishing
from gongkai.publications.models import Column
from gongkai.publications.states import WithdrawReason
from gongkai.publications.tests.factories import (
    checked,
    drafted,
    published,
    revised,
    sent,
    sign_all,
    withdrawn,
)

WHOLE = (
    "一、公开信息的分类和编排体系见目录。二、获取方式：可在网站查阅。三、工作机构名称：市局办公室。"
    "办公地址：清江市建设路1号。办公时间：工作日8:30-17:30。联系电话：0531-1234567。"
    "传真号码：0531-1234568。互联网联系方式：gk@example.org。"
)


def column(code):
    return Column.objects.get(code=code)


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        ("", []),
        ("传真号码：0531-1234568。", ["传真号码"]),
        ("办公地址：清江市建设路1号。", ["办公地址"]),
        ("办公时间：工作日8:30-17:30。", ["办公时间"]),
        ("和编排体系", ["编排体系"]),
        ("工作机构名称：市局办公室。", ["工作机构的名称"]),
        ("联系电话：0531-1234567。", ["联系电话"]),
    ],
)
def test_a_guide_without_an_element_is_told_which(without, missing):
    assert guide_missing(WHOLE.replace(without, "") if without else WHOLE) == missing


@pytest.mark.django_db
def test_a_guide_that_lacks_something_is_not_sent(side):
    edition = checked(side, drafted(side, title="公开指南", column=column("guide")))
    with pytest.raises(Refused) as refused:
        publishing.send(edition, actor=side.officer, expected=edition.version)
    assert refused.value.codes == {"columns.guide_incomplete"}
    sent(side, title="公开指南", column=column("guide"), text=f"<p>{WHOLE}</p>")


@pytest.mark.django_db
def test_an_institution_is_looked_over_and_the_next_clock_starts(side):
    item = published(side, title="信息公开审查制度", column=column("institutions")).item
    review = actions.set_review(item, actor=side.officer, months=12, expected=0)
    first = review.duty
    assert first.due_on == date(2027, 3, 2)
    with on(date(2027, 2, 1)):
        actions.enter_review(review, actor=side.officer, outcome="不修订", expected=review.version)
        first.refresh_from_db()
        review = Review.objects.get()
        assert (first.state, review.duty.due_on) == (State.MET, date(2028, 2, 1))


@pytest.mark.django_db
def test_a_new_edition_is_a_review_and_a_withdrawal_ends_the_clock(side):
    edition = published(side, title="审查制度", column=column("institutions"))
    outbox.drain()
    review = actions.set_review(edition.item, actor=side.officer, months=6, expected=0)
    first = review.duty
    with on(date(2026, 5, 6)):
        newer = revised(side, edition)
        what = publishing.Draft(
            **{
                **_as_drafted(newer),
                "change_note": "增加一条",
                "text": "<p>第二版制度。</p>",
            }
        )
        newer = publishing.save(newer, actor=side.officer, what=what, expected=newer.version)
        newer = sign_all(side, sent(side, newer))
        publishing.publish(newer, actor=side.openness_office, expected=newer.version)
        outbox.drain()
        first.refresh_from_db()
        review = Review.objects.get()
        assert (first.state, review.duty.due_on) == (State.MET, date(2026, 11, 6))
        withdrawn(side, newer, WithdrawReason.OUTDATED)
        outbox.drain()
        assert Review.objects.get().duty.state == State.CANCELLED


def _as_drafted(edition):
    names = ("title", "issuers", "attribute", "abstract", "source", "formed_on")
    found = {name: getattr(edition, name) for name in names}
    return {**found, "kind": edition.item.kind, "column": edition.item.column}


@pytest.mark.django_db
def test_the_page_shows_what_is_out_and_nothing_hidden(client, side):
    edition = published(side, title="应急公开制度", column=column("institutions"))
    outbox.drain()
    client.force_login(side.auditor)
    page = client.get(reverse("columns:standard")).content.decode()
    assert page.count("应急公开制度") == 2  # where it stands, and among the changes
    withdrawn(side, edition, WithdrawReason.SECRECY)
    for who in ("auditor", "openness_office"):
        client.force_login(side.people[who])
        assert "应急公开制度" not in client.get(reverse("columns:standard")).content.decode()


@pytest.mark.django_db
def test_pages_set_and_enter_reviews(client, side):
    item = published(side, title="审查制度", column=column("institutions")).item
    client.force_login(side.officer)
    there = reverse("columns:set_review", args=[item.pk])
    assert client.post(there, {"months": 12, "version": 0}).status_code == 302
    review = Review.objects.get()
    there = reverse("columns:enter_review", args=[review.pk])
    assert client.post(there, {"outcome": "", "version": review.version}).status_code == 422
    data = {"outcome": "与现行规定一致", "version": review.version}
    assert client.post(there, data).status_code == 302
    assert queries.review_of(item).outcome == "与现行规定一致"


@pytest.mark.django_db
def test_the_page_costs_the_same_however_much_is_out(client, side, django_assert_max_num_queries):
    client.force_login(side.auditor)
    published(side, title="制度一", column=column("institutions"))
    there = reverse("columns:standard")
    client.get(there)
    with django_assert_max_num_queries(20) as few:
        client.get(there)
    for n in range(3):
        published(side, title=f"制度{n}", column=column("institutions"))
    with django_assert_max_num_queries(len(few)):
        client.get(there)
