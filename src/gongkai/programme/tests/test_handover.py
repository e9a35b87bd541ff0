"""A unit that is dissolved while it has tasks: they go to whoever takes over, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.accounts.tests.world import FOUNDED
from gongkai.audit.api import timeline
from gongkai.duties.models import Counter, Duty
from gongkai.kernel import clock
from gongkai.notices.models import Notice
from gongkai.organisation.api import UnitKind, create_unit, dissolve_unit
from gongkai.outbox import api as outbox
from gongkai.programme import queries
from gongkai.programme.models import TaskDuty, TaskUnit
from gongkai.programme.tests.factories import at, bound, office_of, officer_at

pytestmark = pytest.mark.django_db(transaction=True)
MARCH = at(date(2026, 3, 2))


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(MARCH):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def programme(side):
    return bound(side)


@pytest.fixture
def heir(side):
    unit = create_unit(
        actor=None, parent=side.body, kind=UnitKind.SECTION, name="数据科", on=FOUNDED
    )
    officer_at(unit, "heir")
    return unit


def dissolve(unit, *, on, successor=None):
    unit.refresh_from_db()
    return dissolve_unit(unit, actor=None, on=on, successor=successor, expected=unit.version)


def open_parts(unit):
    return set(TaskUnit.objects.filter(unit=unit, ended_on=None).values_list("task__row", "part"))


def test_open_tasks_go_to_the_successor_with_duties_counters_and_a_notice(side, programme, heir):
    had, owned = open_parts(side.section), Duty.objects.filter(owner=side.section).count()
    assert had
    assert owned
    dissolve(side.section, on=clock.today(), successor=heir)
    outbox.drain()
    assert open_parts(side.section) == set()
    assert open_parts(heir) == had
    assert Duty.objects.filter(owner=side.section).count() == 0
    assert Duty.objects.filter(owner=heir).count() == owned
    assert not TaskDuty.objects.filter(unit=side.section).exists()
    counted = Counter.objects.filter(owner=heir)
    assert sum(counter.n for counter in counted) == owned
    task = TaskUnit.objects.filter(unit=heir).first().task
    assert "programme.task_handed_over" in [e.event for e in timeline(task, limit=50)]
    notice = Notice.objects.get(kind="programme.handed_over")
    assert notice.user.username == "heir"
    assert "转由数据科承办" in notice.sentence


def test_the_next_run_moves_nothing_more(side, programme, heir):
    dissolve(side.section, on=clock.today(), successor=heir)
    outbox.drain()
    before = sorted(TaskUnit.objects.values_list("id", "unit_id", "ended_on"))
    with clock.at(MARCH + timedelta(hours=2)):
        outbox.drain()
    assert sorted(TaskUnit.objects.values_list("id", "unit_id", "ended_on")) == before
    assert Notice.objects.filter(kind="programme.handed_over").count() == 1


def test_nothing_moves_before_the_day(side, programme, heir):
    had = open_parts(side.section)
    dissolve(side.section, on=clock.today() + timedelta(days=10), successor=heir)
    outbox.drain()
    assert open_parts(side.section) == had
    with clock.at(MARCH + timedelta(days=10)):
        outbox.drain()
        assert open_parts(heir) == had


def test_without_a_successor_the_unit_above_takes_over(side, programme):
    had = open_parts(side.section)
    dissolve(side.section, on=clock.today())
    outbox.drain()
    assert open_parts(side.body) == had


def test_a_successor_that_leads_already_keeps_one_duty(side, programme):
    office = office_of(side)
    both = TaskUnit.objects.get(task__row=1, unit=side.section)
    assert (1, "lead") in open_parts(office)
    duties = Duty.objects.filter(owner=office, closed_at=None).count()
    alone = TaskDuty.objects.filter(unit=side.section).exclude(task=both.task).count()
    dissolve(side.section, on=clock.today(), successor=office)
    outbox.drain()
    assert Duty.objects.filter(owner=office, closed_at=None).count() == duties + alone
    ended = TaskDuty.objects.get(task=both.task, unit=side.section).duty
    assert ended.state == "cancelled"


def test_history_stays_with_the_unit_that_made_it(side, heir):
    programme = bound(side)
    programme.history_until = date(2025, 12, 31)
    programme.save(update_fields=["history_until"])
    had = open_parts(side.section)
    dissolve(side.section, on=clock.today(), successor=heir)
    outbox.drain()
    assert open_parts(side.section) == had


def test_the_board_shows_them_under_the_heir(side, programme, heir):
    dissolve(side.section, on=clock.today(), successor=heir)
    outbox.drain()
    lanes = queries.board(side.openness_office, by="unit").lanes
    titles = [lane.title for lane in lanes]
    assert "数据科" in titles
    assert side.section.name not in titles
