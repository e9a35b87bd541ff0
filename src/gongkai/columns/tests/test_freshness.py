"""Tests of the clock of a column: fulfilled by what comes out, taken back with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.columns import actions, policies, queries
from gongkai.columns.models import Upkeep
from gongkai.columns.states import FIELDS, Freshness, Rhythm
from gongkai.columns.tests.factories import again, came_out, kept, on
from gongkai.duties.actions import turn_lights
from gongkai.duties.api import State
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.outbox import api as outbox
from gongkai.publications.states import Audience, WithdrawReason
from gongkai.publications.tests.factories import withdrawn

pytestmark = pytest.mark.django_db


def test_publishing_in_a_column_meets_its_clock_and_starts_the_next(side):
    upkeep = kept(side)
    first = upkeep.duty
    assert first.due_on == date(2026, 3, 16)
    with on(date(2026, 3, 12)):
        outbox.drain()
        came_out(side, upkeep)
        upkeep = again(upkeep)
    first.refresh_from_db()
    assert (first.state, first.light) == (State.MET, "met")
    assert upkeep.duty.pk != first.pk
    assert upkeep.duty.due_on == date(2026, 3, 26)
    assert queries.freshness_of(upkeep) is Freshness.GREEN


def test_an_overdue_column_is_red_until_something_comes_out(side):
    upkeep = kept(side)
    with on(date(2026, 3, 20)):
        turn_lights(clock.now())
        upkeep = again(upkeep)
        assert queries.freshness_of(upkeep) is Freshness.RED
        assert [one.pk for one in queries.needs(side.officer)] == [upkeep.pk]
        came_out(side, upkeep)
        assert queries.freshness_of(again(upkeep)) is Freshness.GREEN
        assert queries.needs(side.officer) == []


def test_what_is_withdrawn_does_not_count(side):
    upkeep = kept(side)
    with on(date(2026, 3, 12)):
        edition = came_out(side, upkeep)
        withdrawn(side, edition, WithdrawReason.WRONG)
        outbox.drain()
        upkeep = again(upkeep)
        assert upkeep.updated_at is None
        assert upkeep.duty.due_on == date(2026, 3, 16)


def test_what_is_not_for_the_public_does_not_count(side):
    upkeep = kept(side)
    came_out(side, upkeep, audience=Audience.SYSTEM)
    assert again(upkeep).updated_at is None


def test_a_repeated_word_changes_nothing(side):
    upkeep = kept(side)
    came_out(side, upkeep)
    before = again(upkeep)
    actions.refresh(before)
    assert again(upkeep).duty_id == before.duty_id


def test_one_rhythm_for_changes_waits_until_one_is_told_of(side):
    upkeep = kept(side, rhythm=Rhythm.CHANGES, amount=20)
    assert upkeep.duty is None
    assert queries.freshness_of(upkeep) is Freshness.GREY
    actions.tell_change(upkeep, actor=side.officer, what="收费标准调整", expected=upkeep.version)
    upkeep = again(upkeep)
    first = upkeep.duty
    assert first.due_on == date(2026, 3, 30)
    with on(date(2026, 3, 5)):
        came_out(side, upkeep)
    upkeep = again(upkeep)
    first.refresh_from_db()
    assert first.state == State.MET
    assert upkeep.duty is None
    assert upkeep.alterations.get().answered_at is not None


def test_an_earlier_change_told_later_moves_the_clock(side):
    upkeep = kept(side, rhythm=Rhythm.CHANGES, amount=20)
    for day in (date(2026, 3, 2), date(2026, 2, 26)):
        upkeep = again(upkeep)
        actions.tell_change(
            upkeep, actor=side.officer, what="变动", expected=upkeep.version, changed_on=day
        )
    upkeep = again(upkeep)
    assert clock.day_of(upkeep.duty.started_at) == date(2026, 2, 26)


def test_the_set_is_taken_over_once_and_nothing_twice(side):
    office = side.openness_office
    made = actions.take_over(side.body, actor=office, owner=side.section)
    assert len(made) == len(FIELDS)
    assert actions.take_over(side.body, actor=office, owner=side.section) == []
    budget = next(one for one in queries.upkeeps_of(side.body) if one.name == "预算")
    assert [pair.second.name for pair in queries.pairs_of(budget)] == ["预算绩效目标"]


def test_of_two_that_come_together_one_alone_is_shown_as_incomplete(side):
    budget, targets = kept(side, name="预算"), kept(side, name="绩效目标")
    actions.pair(budget, targets, actor=side.openness_office)
    came_out(side, budget)
    lacks = {one.upkeep.name: one.lacks for one in queries.lines_of(side.body, 2026)}
    assert lacks == {"预算": ("绩效目标",), "绩效目标": ("绩效目标",)}
    came_out(side, targets, title="2026年绩效目标")
    assert not any(one.lacks for one in queries.lines_of(side.body, 2026))


def test_a_retired_column_runs_no_clock_and_can_be_taken_up_again(side):
    upkeep = kept(side)
    actions.retire(upkeep, actor=side.openness_office, reason="职能已划转", expected=upkeep.version)
    upkeep = again(upkeep)
    assert upkeep.duty is None
    assert queries.lines_of(side.body, 2026) == []
    actions.resume(upkeep, actor=side.openness_office, expected=upkeep.version)
    assert again(upkeep).duty.due_on == date(2026, 3, 16)


def test_another_rhythm_moves_the_clock(side):
    upkeep = kept(side)
    how = actions.How("动态", side.section, Rhythm.MONTHS, 1)
    actions.set_upkeep(upkeep, actor=side.openness_office, how=how, expected=upkeep.version)
    upkeep = again(upkeep)
    assert (upkeep.name, upkeep.duty.due_on) == ("动态", date(2026, 4, 2))


@pytest.mark.parametrize("who", ["officer", "section_head", "leader", "auditor"])
def test_only_the_office_sets_columns(side, who):
    with pytest.raises(Refused) as refused:
        actions.take_over(side.body, actor=side.people[who], owner=side.section)
    assert refused.value.codes == {"columns.not_yours"}
    assert not Upkeep.objects.exists()


def test_a_refused_change_leaves_nothing(side):
    upkeep = kept(side)
    with pytest.raises(Refused) as refused:
        actions.tell_change(
            upkeep,
            actor=side.officer,
            what="x",
            expected=upkeep.version,
            changed_on=clock.today() + timedelta(days=1),
        )
    assert refused.value.codes == {"columns.by_rhythm", "columns.ahead"}
    assert not upkeep.alterations.exists()


def test_people_do_not_end_the_clock_by_hand(side):
    upkeep = kept(side)
    assert list(policies.why_not_clock("meet", upkeep.duty, side.officer))


def test_the_picture_costs_the_same_however_many_there_are(side, django_assert_num_queries):
    actions.take_over(side.body, actor=side.openness_office, owner=side.section)
    with django_assert_num_queries(7):
        assert len(queries.lines_of(side.body, 2026)) == len(FIELDS)
