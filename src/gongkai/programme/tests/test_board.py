"""What stands on the board and in the list: every duty of the scope, whatever field opened it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.duties import api as duties
from gongkai.programme import queries
from gongkai.programme.tests.factories import at, bound, officer_at
from gongkai.programme.tests.pages import text_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_march")]


@pytest.fixture
def programme(side):
    return bound(side)


@pytest.fixture
def hearing(side):
    """A duty that is no task's: the year's hearing of the report."""
    return duties.open_duty(
        kind="records.hearing",
        subject="records.hearing:1",
        title="主要负责人听取政务公开工作汇报",
        owner=side.section,
        limit=duties.on_date(date(2026, 12, 31)),
        started_at=at(date(2026, 1, 5)),
        actor=None,
        url="/records/",
    )


@pytest.mark.parametrize("by", ["unit", "person", "part", "week"])
def test_a_duty_of_another_field_stands_beside_the_tasks(side, programme, hearing, by):
    lanes = queries.board(side.leader, by=by).lanes
    cards = [card for lane in lanes for card in lane.cards if card.duty == hearing]
    if by == "week":
        assert not cards, "it is not due within the weeks shown"
    else:
        assert [(card.text, card.url, card.row) for card in cards] == [
            (hearing.title, "/records/", None)
        ]


def test_a_chosen_programme_has_its_own_tasks_and_its_own_totals(side, programme, hearing):
    everything = queries.board(side.leader, by="unit")
    chosen = queries.board(side.leader, by="unit", programme_id=programme.pk)
    assert hearing not in [card.duty for lane in chosen.lanes for card in lane.cards]
    assert sum(everything.totals.values()) == sum(chosen.totals.values()) + 1
    assert sum(chosen.totals.values()) == programme.tasks.filter(duties__isnull=False).count()


def test_the_list_leads_each_to_its_own_page(client, side, programme, hearing):
    client.force_login(side.leader)
    page = text_of(client.get(reverse("programme:tasks")))
    assert hearing.title in page
    assert 'href="/records/"' in page
    narrowed = f"{reverse('programme:tasks')}?programme={programme.pk}&work=open"
    assert hearing.title not in text_of(client.get(narrowed))


def test_what_is_open_of_ones_units_waits_at_home(side, programme, hearing):
    assert hearing in [card.duty for card in queries.needs(side.section_head)]
    assert hearing not in [card.duty for card in queries.needs(side.leader)]


def test_a_task_of_every_quarter_waits_at_home_once(side, programme):
    quarterly = programme.tasks.get(row=6)
    owner = quarterly.duties.order_by("duty__due_on").first().duty.owner
    officer = officer_at(owner, "quarterly")
    cards = [card for card in queries.needs(officer) if card.task_id == quarterly.pk]
    periods = quarterly.duties.filter(duty__owner=owner)
    assert periods.count() > 1
    assert [card.duty.pk for card in cards] == [periods.order_by("duty__due_on").first().duty_id]
