"""Tests of the pages of columns: what is shown, what is sent, whom it refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.columns import queries
from gongkai.columns.models import Upkeep
from gongkai.columns.states import FIELDS, Rhythm
from gongkai.columns.tests.factories import again, came_out, kept, on
from gongkai.duties.actions import turn_lights
from gongkai.kernel import clock
from gongkai.outbox import api as outbox
from gongkai.publications.states import WithdrawReason
from gongkai.publications.tests.factories import withdrawn

pytestmark = pytest.mark.django_db


def _page(client, user, name, **kwargs):
    client.force_login(user)
    return client.get(reverse(f"columns:{name}", kwargs=kwargs or None))


def _send(client, user, name, data, **kwargs):
    client.force_login(user)
    return client.post(reverse(f"columns:{name}", kwargs=kwargs or None), data)


def test_an_office_takes_the_set_over_with_one_button(client, side):
    page = _page(client, side.openness_office, "overview")
    assert f"采用重点领域栏目（{len(FIELDS)}个）" in page.content.decode()
    data = {"body": side.body.pk, "owner": side.section.pk}
    assert _send(client, side.openness_office, "take_over", data).status_code == 302
    page = _page(client, side.officer, "overview").content.decode()
    assert "重大建设项目" in page
    assert "采用重点领域栏目" not in page


def test_an_officer_gets_no_button_and_a_reason(client, side):
    kept(side)
    page = _page(client, side.officer, "overview").content.decode()
    assert "新设栏目" not in page
    answer = _send(client, side.officer, "take_over", {"owner": side.section.pk})
    assert answer.status_code == 403
    assert "政务公开办设定" in answer.content.decode()


def test_a_column_of_ones_own_is_added_and_changed(client, side):
    data = {
        "body": side.body.pk,
        "name": "港航信息",
        "owner": side.section.pk,
        "rhythm": "months",
        "amount": 2,
    }
    assert _send(client, side.openness_office, "keep", data).status_code == 302
    upkeep = Upkeep.objects.get()
    assert upkeep.column.code.startswith("field.own.")
    data = {**data, "name": "港口航道", "rhythm": "quarter", "version": upkeep.version}
    assert _send(client, side.openness_office, "set", data, pk=upkeep.pk).status_code == 302
    upkeep = again(upkeep)
    assert (upkeep.name, upkeep.rhythm, upkeep.amount) == ("港口航道", Rhythm.QUARTER, 0)


def test_a_number_that_is_no_rhythm_is_refused_beside_what_was_typed(client, side):
    data = {"name": "港航", "owner": side.section.pk, "rhythm": "days", "amount": 0}
    answer = _send(client, side.openness_office, "keep", data)
    assert answer.status_code == 409
    assert "请填1到366天" in answer.content.decode()


def test_a_change_is_told_on_the_page(client, side):
    upkeep = kept(side, rhythm=Rhythm.CHANGES, amount=20)
    data = {"what": "停车收费标准调整", "changed_on": "2026-03-02", "version": upkeep.version}
    assert _send(client, side.officer, "change", data, pk=upkeep.pk).status_code == 302
    page = _page(client, side.officer, "upkeep", pk=upkeep.pk).content.decode()
    assert "停车收费标准调整" in page
    assert "3月30日" in page


def test_the_page_lists_what_is_out_and_nothing_hidden(client, side):
    upkeep = kept(side)
    with on(date(2026, 3, 3)):
        edition = came_out(side, upkeep, title="环湖路大修完工")
        page = _page(client, side.auditor, "upkeep", pk=upkeep.pk).content.decode()
        assert "环湖路大修完工" in page
        withdrawn(side, edition, WithdrawReason.SECRECY)
        outbox.drain()
    for who in ("officer", "openness_office", "auditor"):
        for name, how in (("upkeep", {"pk": upkeep.pk}), ("overview", {})):
            page = _page(client, side.people[who], name, **how).content.decode()
            assert "环湖路" not in page


def test_the_light_narrows_the_picture(client, side):
    kept(side)
    client.force_login(side.officer)
    there = reverse("columns:overview")
    assert "工作动态" in client.get(there, {"light": "green"}).content.decode()
    assert "没有这样的栏目" in client.get(there, {"light": "red"}).content.decode()


def test_the_overview_costs_the_same_however_many_there_are(
    client, side, django_assert_max_num_queries
):
    client.force_login(side.officer)
    kept(side)
    there = reverse("columns:overview")
    client.get(there)
    with django_assert_max_num_queries(26) as few:
        client.get(there)
    for n in range(12):
        kept(side, name=f"栏目{n}")
    with django_assert_max_num_queries(len(few)):
        client.get(there)


def test_what_burns_stands_first_on_the_way_home(side):
    upkeep = kept(side)
    with on(date(2026, 3, 12)):
        turn_lights(clock.now())
        assert [one.pk for one in queries.needs(side.officer)] == [upkeep.pk]
        assert queries.needs(side.leader) == []
