"""The pages of submissions: the whole way, what stays when refused, how many questions."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.programme.tests.pages import text_of
from gongkai.submissions.models import Requirement, Round, Sending
from gongkai.submissions.states import RoundState
from gongkai.submissions.tests.factories import first, quarterly, required, sent, upload

pytestmark = pytest.mark.django_db(transaction=True)


def url(verb, row=None):
    return reverse(f"submissions:{verb}", args=[row.pk] if row else [])


def test_the_whole_way_by_the_pages(client, side):
    client.force_login(side.openness_office)
    asked = {
        "name": "半年小结",
        "kind": "report",
        "recipient": "市政务公开办",
        "owner": side.section.pk,
        "rhythm": "half-yearly",
        "lag": "5",
        "asked_on": "2026-03-01",
        "basis": "市年度要点第三条",
    }
    answer = client.post(url("require"), asked)
    found = Requirement.objects.get()
    assert answer["Location"] == url("requirement", found)
    assert "每半年，期满后5天内" in text_of(client.get(url("requirement", found)))
    client.force_login(side.officer)
    round_ = first(found)
    assert "还没有报出" in text_of(client.get(url("round", round_)))
    data = {
        "sent_on": "2026-03-02",
        "way": "mail",
        "uploads": [upload("一.txt"), upload("二.txt")],
        "version": round_.version,
    }
    client.post(url("send", round_), data)
    page = text_of(client.get(url("round", round_)))
    assert "一.txt" in page
    assert "二.txt" in page
    round_.refresh_from_db()
    data = {"number": "收3号", "received_on": "2026-03-02", "version": round_.version}
    client.post(url("receive", round_), data)
    round_.refresh_from_db()
    assert round_.state == RoundState.RECEIVED
    data = {"reason": "缺盖章", "returned_on": "2026-03-02", "version": round_.version}
    client.post(url("return", round_), data)
    page = text_of(client.get(url("round", round_)))
    assert "缺盖章" in page
    assert "登记重报" in page


def test_what_is_refused_stays_typed(client, side):
    client.force_login(side.officer)
    round_ = first(required(side))
    data = {"sent_on": "2026-03-09", "way": "mail", "note": "已寄出", "version": round_.version}
    answer = client.post(url("send", round_), data)
    assert answer.status_code == 409
    assert "报出日期不能晚于今天" in text_of(answer)
    assert "已寄出" in text_of(answer)
    answer = client.post(url("send", round_), {**data, "sent_on": "昨天"})
    assert answer.status_code == 422
    assert not Sending.objects.exists()


def test_files_are_for_who_sees_the_round(client, side, world):
    round_ = sent(side, first(required(side)))
    (pk,) = Sending.objects.get().file_ids
    for user, status in (
        (side.officer, 200),
        (side.auditor, 200),
        (side.platform_admin, 404),
        (world.other.openness_office, 404),
    ):
        client.force_login(user)
        answer = client.get(reverse("files:download", args=[pk]))
        answer.close()
        assert answer.status_code == status, user
    assert round_.state == RoundState.SENT


def test_who_only_looks_is_offered_nothing(client, side):
    found = required(side)
    client.force_login(side.leader)
    page = text_of(client.get(url("round", first(found))))
    assert "由科技信息科办理，您可以查看" in page
    assert "不再报" not in text_of(client.get(url("requirement", found)))


def _questions(client, where):
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


def test_pages_ask_as_much_for_many_rows_as_for_few(client, side):
    found = required(side)
    client.force_login(side.openness_office)
    listed = _questions(client, url("rounds"))
    page = _questions(client, url("requirement", found))
    many = quarterly(side)
    assert Round.objects.count() == 5
    assert _questions(client, url("rounds")) == listed <= 10
    assert _questions(client, url("requirement", many)) == page <= 14
