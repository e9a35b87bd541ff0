"""Standing in for somebody: who may lend what, for how long, and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.accounts import actions, policies, queries
from gongkai.accounts.states import Role
from gongkai.accounts.tests.checking import NOW, TODAY, last, refused
from gongkai.accounts.tests.factories import make_person
from gongkai.kernel import clock
from gongkai.organisation.api import UnitKind, create_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


class TestDelegating:
    def given(self, world, **other):
        span = {"from_on": TODAY, "until_on": TODAY + timedelta(3), "reason": "出差"}
        people = {"actor": world.own.section_head, "taker": world.own.deputy_leader}
        return {**people, **span, **other}

    def test_the_taker_acts_with_the_giver_s_roles_in_the_span_only(self, world):
        giver, taker, section = (
            world.own.section_head,
            world.own.deputy_leader,
            world.own.section,
        )
        made = actions.delegate(**self.given(world))
        assert policies.has_role(taker, Role.SECTION_HEAD, unit=section)
        assert policies.acting_for(taker, Role.SECTION_HEAD, section) == giver
        assert policies.acting_for(taker, Role.DEPUTY_LEADER, section) is None
        assert list(queries.stand_ins(giver)) == [taker]
        assert list(queries.stand_ins(giver, TODAY + timedelta(4))) == []
        roles = [
            Role.SECTION_HEAD in policies.roles_of(taker, on=TODAY + timedelta(i))
            for i in range(-1, 5)
        ]
        assert roles == [False, True, True, True, True, False]
        assert policies.has_role(giver, Role.SECTION_HEAD, unit=section)
        assert last(giver)[0] == last(taker)[0] == "accounts.delegated"
        actions.end_delegation(made, actor=taker)
        policies.forget_held(taker)
        assert not policies.has_role(taker, Role.SECTION_HEAD, unit=section)
        assert last(giver)[0] == "accounts.delegation_ended"

    def test_it_widens_what_the_taker_sees(self, world):
        second = create_unit(
            actor=None, parent=world.own.body, kind=UnitKind.SECTION, name="办公室", on=TODAY
        )
        taker = make_person(second)
        assert policies.scope_paths(taker) == (second.path,)
        actions.delegate(**self.given(world, taker=taker))
        assert policies.scope_paths(taker) == (world.own.section.path, second.path)

    def test_it_lends_nothing_of_a_giver_whose_account_is_out_of_use(self, world):
        giver, taker = world.own.section_head, world.own.deputy_leader
        actions.delegate(**self.given(world))
        actions.set_active(giver, actor=None, active=False, expected=giver.version)
        policies.forget_held(taker)
        assert policies.roles_of(taker) == {Role.DEPUTY_LEADER}

    def test_what_is_borrowed_is_not_lent_on(self, world):
        actions.delegate(**self.given(world))
        third = world.own.officer
        refused(
            {"accounts.standing_in"},
            actions.delegate,
            **self.given(world, actor=world.own.deputy_leader, taker=third),
        )

    @pytest.mark.parametrize("role", [Role.SECRECY_REVIEWER, Role.AUDITOR, Role.PLATFORM_ADMIN])
    def test_personal_roles_are_not_lent(self, world, role):
        actor = world.own.people[role]
        refused({"accounts.nothing_to_give"}, actions.delegate, **self.given(world, actor=actor))

    def test_secrecy_review_stays_behind_when_the_rest_is_lent(self, world):
        giver = world.own.section_head
        actions.appoint(actor=None, user=giver, unit=world.own.body, role=Role.SECRECY_REVIEWER)
        actions.delegate(**self.given(world))
        taker = world.own.deputy_leader
        assert policies.roles_of(taker) == {Role.SECTION_HEAD, Role.DEPUTY_LEADER}

    def test_refusals(self, world):
        delegate, given = actions.delegate, self.given
        giver = world.own.section_head
        refused({"accounts.oneself"}, delegate, **given(world, taker=giver))
        refused({"accounts.other_body"}, delegate, **given(world, taker=world.other.leader))
        refused({"accounts.taker_apart"}, delegate, **given(world, taker=world.own.auditor))
        refused({"accounts.taker_apart"}, delegate, **given(world, taker=world.own.platform_admin))
        refused({"accounts.no_reason"}, delegate, **given(world, reason=" "))
        yesterday = TODAY - timedelta(1)
        refused({"accounts.span_past"}, delegate, **given(world, from_on=yesterday))
        refused({"accounts.wrong_span"}, delegate, **given(world, until_on=yesterday))
        gone = make_person(world.own.section)
        gone = actions.set_active(gone, actor=None, active=False, expected=gone.version)
        refused({"accounts.inactive"}, delegate, **given(world, taker=gone))
        nobody = make_person(body=world.own.body)
        refused(
            {"accounts.nothing_to_give"},
            delegate,
            **given(world, actor=nobody),
        )

    def test_spans_that_meet(self, world):
        delegate, given = actions.delegate, self.given
        first = delegate(**given(world))
        later = {"from_on": TODAY + timedelta(3), "until_on": TODAY + timedelta(9)}
        third = world.own.leader
        refused({"accounts.delegated_already"}, delegate, **given(world, taker=third, **later))
        back = {"actor": world.own.deputy_leader, "taker": world.own.section_head}
        refused({"accounts.standing_in", "accounts.taker_away"}, delegate, **given(world, **back))
        apart = {"from_on": TODAY + timedelta(4), "until_on": TODAY + timedelta(9)}
        delegate(**given(world, taker=third, **apart))
        actions.end_delegation(first, actor=world.own.section_head)
        delegate(**given(world, **back))

    def test_only_giver_and_taker_end_it(self, world):
        made = actions.delegate(**self.given(world))
        end = actions.end_delegation
        refused({"accounts.not_yours"}, end, made, actor=world.own.leader)
        end(made, actor=world.own.section_head)
        refused({"accounts.delegation_over"}, end, made, actor=world.own.section_head)
