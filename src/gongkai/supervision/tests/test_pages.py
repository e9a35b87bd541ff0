"""The pages of charges for each role: list, record, the task's section, writing, answering."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.duties.api import recompute_all
from gongkai.kernel import clock
from gongkai.programme.tests.factories import at
from gongkai.programme.tests.pages import text_of
from gongkai.supervision.models import Charge
from gongkai.supervision.states import ChargeState
from gongkai.supervision.tests.factories import a_task, answered, instructed, issued

MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(MARCH)):
        yield


@pytest.fixture
def side(world):
    return world.own


def as_(client, user):
    client.force_login(user)
    return client


def page(client, name, *args):
    return client.get(reverse(f"supervision:{name}", args=args))


def test_the_office_writes_a_notice_from_the_tasks_page(client, side):
    task = a_task(side)
    as_(client, side.openness_office)
    url = reverse("supervision:notice", args=[task.pk])
    assert url in text_of(client.get(reverse("programme:task", args=[task.pk])))
    assert "科技信息科" in text_of(client.get(url))
    sent = {"unit": side.section.pk, "text": "请补办。", "days": "5"}
    answer = client.post(url, sent)
    charge = Charge.objects.get()
    assert answer.url == reverse("supervision:charge", args=[charge.pk])
    assert "督办〔2026〕1号" in text_of(client.get(reverse("programme:task", args=[task.pk])))


def test_what_was_typed_stays_when_the_days_are_missing(client, side):
    url = reverse("supervision:notice", args=[a_task(side).pk])
    as_(client, side.openness_office)
    answer = client.post(url, {"unit": side.section.pk, "text": "请补办这件事。", "days": ""})
    assert answer.status_code == 422
    assert "请补办这件事。" in text_of(answer)
    assert not Charge.objects.exists()


def test_late_tasks_of_the_unit_are_offered_with_it(client, side):
    task = a_task(side)
    with clock.at(at(date(2026, 7, 20))):
        recompute_all()
        first = task.programme.tasks.get(row=1)
        as_(client, side.openness_office)
        shown = text_of(page(client, "notice", task.pk))
        assert f'value="{first.pk}"' in shown
        sent = {"unit": side.section.pk, "text": "请补办。", "days": "5", "others": [first.pk]}
        client.post(reverse("supervision:notice", args=[task.pk]), sent)
        assert set(Charge.objects.get().tasks.all()) == {task, first}


def test_a_leader_instructs_from_the_tasks_page(client, side):
    task = a_task(side)
    as_(client, side.deputy_leader)
    shown = text_of(client.get(reverse("programme:task", args=[task.pk])))
    assert reverse("supervision:instruction", args=[task.pk]) in shown
    assert reverse("supervision:notice", args=[task.pk]) not in shown
    url = reverse("supervision:instruction", args=[task.pk])
    client.post(url, {"units": [side.section.pk], "text": "抓紧。", "days": ""})
    charge = Charge.objects.get()
    assert (charge.number, charge.days, charge.issued_by) == (
        "批示〔2026〕1号",
        None,
        side.deputy_leader,
    )


def test_the_officer_answers_and_the_office_closes(client, side):
    charge = issued(side)
    as_(client, side.officer)
    assert "回复" in text_of(page(client, "charge", charge.pk))
    client.post(
        reverse("supervision:reply", args=[charge.pk]),
        {"text": "已补办。", "version": charge.version},
    )
    charge.refresh_from_db()
    assert charge.state == ChargeState.SIGNING
    charge.state = ChargeState.ANSWERED
    charge.save(update_fields=["state"])
    as_(client, side.openness_office)
    assert "闭环" in text_of(page(client, "charge", charge.pk))
    sent = {"version": charge.version, "conclusion": "已核实"}
    client.post(reverse("supervision:close", args=[charge.pk]), sent)
    charge.refresh_from_db()
    assert charge.state == ChargeState.CLOSED


def test_an_old_page_is_told_and_what_was_typed_stays(client, side):
    charge = issued(side)
    as_(client, side.officer)
    url = reverse("supervision:reply", args=[charge.pk])
    answer = client.post(url, {"text": "写了很久的回复", "version": charge.version + 7})
    assert answer.status_code == 409
    assert "写了很久的回复" in text_of(answer)


def test_who_only_looks_has_no_buttons(client, side):
    charge = issued(side)
    for user in (side.auditor, side.leader):
        shown = text_of(page(as_(client, user), "charge", charge.pk))
        assert "现在没有要您办的事。" in shown


def test_others_see_nothing(client, side, world):
    charge = issued(side)
    as_(client, world.other.openness_office)
    assert page(client, "charge", charge.pk).status_code == 404
    assert charge.number not in text_of(page(client, "charges"))


def test_the_list_is_narrowed_by_state(client, side):
    first, second = issued(side), instructed(side)
    answered(second, side)
    as_(client, side.openness_office)
    shown = text_of(client.get(reverse("supervision:charges"), {"state": "open"}))
    assert first.number in shown
    assert second.number not in shown


def test_the_list_asks_the_same_number_of_questions(client, side, django_assert_num_queries):
    as_(client, side.openness_office)
    issued(side)
    page(client, "charges")
    with CaptureQueriesContext(connection) as few:
        page(client, "charges")
    for _ in range(4):
        issued(side)
        instructed(side)
    with django_assert_num_queries(len(few)):
        page(client, "charges")


def test_the_tasks_page_asks_the_same_number_of_questions(client, side, django_assert_num_queries):
    task = a_task(side)
    url = reverse("programme:task", args=[task.pk])
    as_(client, side.officer)
    issued(side)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(3):
        instructed(side)
    with django_assert_num_queries(len(few)):
        client.get(url)
