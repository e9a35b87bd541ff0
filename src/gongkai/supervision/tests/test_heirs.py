"""A unit that is dissolved while it is chased: its heir answers, once, within the same limit."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.accounts.tests.world import FOUNDED
from gongkai.approvals import api as approvals
from gongkai.audit.api import timeline
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.notices.api import Notice
from gongkai.organisation.api import UnitKind, create_unit, dissolve_unit
from gongkai.programme.tests.factories import at, officer_at
from gongkai.supervision import actions, queries
from gongkai.supervision.tests.factories import answered, issued, replied

MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(MARCH)):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def heir(side):
    return create_unit(
        actor=None, parent=side.body, kind=UnitKind.SECTION, name="综合科", on=FOUNDED
    )


def dissolve(side, heir):
    side.section.refresh_from_db()
    dissolve_unit(
        side.section,
        actor=None,
        on=clock.today(),
        successor=heir,
        expected=side.section.version,
    )
    return actions.hand_over_charges(clock.now())


def test_the_heir_is_told_and_answers_within_the_same_limit(side, heir):
    charge = issued(side)
    due = charge.duty.due_on
    clerk = officer_at(heir)
    assert dissolve(side, heir) == 1
    charge.refresh_from_db()
    charge.duty.refresh_from_db()
    assert (charge.unit, charge.duty.owner, charge.duty.due_on) == (heir, heir, due)
    (said,) = Notice.objects.filter(user=clerk, kind="supervision.handed_over")
    assert said.sentence == f"科技信息科已撤销，{charge}转由综合科办理。"
    assert "supervision.handed_over" in [entry.event for entry in timeline(charge)]
    actions.reply(charge, actor=clerk, text="已补办。", expected=charge.version)
    charge.refresh_from_db()
    assert charge.state == "answered"
    assert actions.hand_over_charges(clock.now()) == 0


def test_an_answer_that_waited_for_the_old_head_comes_back(side, heir):
    charge = replied(issued(side), side)
    dissolve(side, heir)
    charge.refresh_from_db()
    row = queries.last_reply(charge)
    assert (charge.state, row.state) == ("open", "returned")
    assert "请由接手单位重新回复" in row.comment
    assert approvals.newest_round(subject_key(row)).state == "superseded"
    assert not approvals.waiting_for(side.section_head).exists()


def test_what_was_answered_is_judged_as_it_was_given(side, heir):
    charge = answered(issued(side), side)
    dissolve(side, heir)
    charge.refresh_from_db()
    assert (charge.unit, charge.state) == (heir, "answered")
    closed = actions.close(charge, actor=side.openness_office, expected=charge.version)
    assert closed.state == "closed"


def test_what_has_ended_stays_with_whoever_had_it(side, heir):
    charge = issued(side)
    actions.withdraw(charge, actor=side.openness_office, expected=charge.version, reason="重复发出")
    assert dissolve(side, heir) == 0
    charge.refresh_from_db()
    assert charge.unit == side.section
