"""Rounds over one exact version: signing, sending back, handing on, what a change reopens."""

from datetime import timedelta

import pytest

from gongkai.accounts.api import Role, appoint, delegate, set_active
from gongkai.approvals import actions, api, queries
from gongkai.approvals.models import Chain, Round, RoundStep
from gongkai.approvals.rules import Step
from gongkai.approvals.states import RoundState, StepKind, StepState
from gongkai.approvals.tests.factories import (
    CODE,
    DEPUTY,
    FIRST,
    HEAD,
    LEADER,
    SECOND,
    SUBJECT,
    countersign,
    define,
    sign_all,
    start,
    step_of,
)
from gongkai.audit.api import AuditEvent
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.outbox.models import Message

pytestmark = pytest.mark.django_db


def events(subject=SUBJECT):
    from gongkai.audit.api import timeline

    return [entry.event.partition(".")[2] for entry in reversed(timeline(subject))]


def second_head(world):
    """Another head of the section, so that the drafter is not the only one."""
    appoint(actor=None, user=world.own.leader, unit=world.own.section, role=Role.SECTION_HEAD)


def refused(code, call, /, *args, **kwargs):
    """The call is refused with this code, and neither rows nor events have changed."""
    before = (list(RoundStep.objects.values()), AuditEvent.objects.count())
    rounds = list(Round.objects.values("id", "state", "digest", "open_for"))
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert code in caught.value.codes
    assert (list(RoundStep.objects.values()), AuditEvent.objects.count()) == before
    assert list(Round.objects.values("id", "state", "digest", "open_for")) == rounds


def test_a_chain_runs_turn_by_turn_to_its_end(world):
    define()
    round_ = start(world)
    assert [s.kind for s in queries.ready_steps(round_)] == ["sign"]
    assert not api.is_complete(SUBJECT, FIRST)
    actions.sign(step_of(round_, StepKind.SIGN), actor=world.own.section_head, digest=FIRST)
    assert {s.kind for s in queries.ready_steps(round_)} == {"clear_secrecy", "sign"}
    assert not api.is_cleared(SUBJECT, FIRST)
    reviewer = world.own.secrecy_reviewer
    actions.sign(step_of(round_, StepKind.CLEAR_SECRECY), actor=reviewer, digest=FIRST)
    assert api.is_cleared(SUBJECT, FIRST)
    assert not api.is_cleared(SUBJECT, SECOND)
    done = sign_all(world, round_)
    assert done.state == RoundState.COMPLETE
    assert done.open_for is None
    assert api.is_complete(SUBJECT, FIRST)
    assert events() == ["round_started", "signed", "signed", "signed", "signed", "completed"]
    assert Message.objects.filter(topic="approvals.completed").count() == 1
    assert api.round_by_key(Message.objects.get(topic="approvals.completed").subject) == done


def test_a_signature_keeps_who_when_and_what_was_said(world):
    define(HEAD)
    round_ = start(world)
    actions.sign(
        step_of(round_, StepKind.SIGN),
        actor=world.own.section_head,
        digest=FIRST,
        comment=" 同意。 ",
    )
    step = step_of(round_, StepKind.SIGN)
    assert (step.signed_by, step.signed_for) == (world.own.section_head, None)
    assert step.comment == "同意。"
    assert step.signed_at is not None
    event = AuditEvent.objects.get(event="approvals.signed")
    assert event.facts["digest"] == FIRST


def test_another_version_than_the_one_seen_is_not_signed(world):
    define()
    step = step_of(start(world), StepKind.SIGN)
    head = world.own.section_head
    refused("approvals.other_version", actions.sign, step, actor=head, digest=SECOND)
    refused(
        "approvals.other_version",
        actions.return_to_drafter,
        step,
        actor=head,
        digest=SECOND,
        reason="请改",
    )


def test_only_who_is_asked_may_sign(world):
    define()
    step = step_of(start(world), StepKind.SIGN)
    strangers = [p for p in world.own.people.values() if p != world.own.section_head]
    for person in [*strangers, *world.other.people.values()]:
        refused("approvals.not_yours", actions.sign, step, actor=person, digest=FIRST)
        refused(
            "approvals.not_yours",
            actions.return_to_drafter,
            step,
            actor=person,
            digest=FIRST,
            reason="请改",
        )
        refused(
            "approvals.not_yours",
            actions.delegate_step,
            step,
            actor=person,
            person=world.own.deputy_leader,
        )


def test_a_step_waits_for_its_turn_and_is_signed_once(world):
    define()
    round_ = start(world)
    late = step_of(round_, StepKind.APPROVE)
    refused("approvals.not_the_turn", actions.sign, late, actor=world.own.leader, digest=FIRST)
    step, head = step_of(round_, StepKind.SIGN), world.own.section_head
    actions.sign(step, actor=head, digest=FIRST)
    refused("approvals.not_the_turn", actions.sign, step, actor=head, digest=FIRST)


def test_sending_back_ends_the_round_with_its_reason(world):
    define()
    round_ = start(world)
    step, head = step_of(round_, StepKind.SIGN), world.own.section_head
    refused(
        "approvals.no_reason",
        actions.return_to_drafter,
        step,
        actor=head,
        digest=FIRST,
        reason="  ",
    )
    actions.return_to_drafter(step, actor=head, digest=FIRST, reason="缺附件")
    assert api.state_of(SUBJECT, FIRST) is RoundState.RETURNED
    assert set(round_.steps.values_list("state", flat=True)) == {"returned", "closed"}
    assert AuditEvent.objects.get(event="approvals.returned").facts["reason"] == "缺附件"
    assert Message.objects.filter(topic="approvals.returned").count() == 1
    deputy = step_of(round_, StepKind.SIGN, 1)
    refused("approvals.closed", actions.sign, deputy, actor=world.own.deputy_leader, digest=FIRST)


def test_what_was_sent_back_may_be_sent_again_and_the_history_stays(world):
    define(HEAD)
    first = start(world)
    actions.return_to_drafter(
        step_of(first, StepKind.SIGN), actor=world.own.section_head, digest=FIRST, reason="再核"
    )
    second = start(world)
    assert sign_all(world, second).state == RoundState.COMPLETE
    assert api.is_complete(SUBJECT, FIRST)
    assert Round.objects.get(pk=first.pk).state == RoundState.RETURNED


class TestFourEyes:
    def test_the_drafter_does_not_sign_the_own_draft(self, world):
        second_head(world)
        define()
        head = world.own.section_head
        step = step_of(start(world, drafter=head), StepKind.SIGN)
        refused("approvals.own_draft", actions.sign, step, actor=head, digest=FIRST)

    def test_a_round_that_only_its_drafter_could_sign_is_not_started(self, world):
        define(HEAD)
        head = world.own.section_head
        refused("approvals.nobody", start, world, actor=head)
        day = clock.today()
        delegate(actor=head, taker=world.own.leader, from_on=day, until_on=day, reason="出差")
        refused("approvals.nobody", start, world, actor=head)

    def test_nobody_signs_two_steps(self, world):
        head = world.own.section_head
        appoint(actor=None, user=head, unit=world.own.body, role=Role.DEPUTY_LEADER)
        define(HEAD, Step(StepKind.SIGN, Role.DEPUTY_LEADER, 2, at_body=True, four_eyes=True))
        round_ = start(world)
        actions.sign(step_of(round_, StepKind.SIGN), actor=head, digest=FIRST)
        second = step_of(round_, StepKind.SIGN, 1)
        refused("approvals.signed_before", actions.sign, second, actor=head, digest=FIRST)
        actions.sign(second, actor=world.own.deputy_leader, digest=FIRST)
        assert api.is_complete(SUBJECT, FIRST)

    def test_nor_through_another_hand(self, world):
        """The power of the drafter does not sign, whoever holds the pen."""
        head, taker = world.own.section_head, world.own.openness_office
        day = clock.today()
        delegate(actor=head, taker=taker, from_on=day, until_on=day, reason="出差")
        second_head(world)
        define()
        step = step_of(start(world, drafter=head), StepKind.SIGN)
        refused("approvals.own_draft", actions.sign, step, actor=taker, digest=FIRST)

    def test_where_it_is_not_asked_for_one_may_sign_twice(self, world):
        define(HEAD, Step(StepKind.APPROVE, Role.SECTION_HEAD, 2))
        assert sign_all(world, start(world)).state == RoundState.COMPLETE


class TestStandIns:
    def test_a_delegation_signs_for_its_giver_and_both_are_kept(self, world):
        day = clock.today()
        head, taker = world.own.section_head, world.own.deputy_leader
        delegate(
            actor=head, taker=taker, from_on=day, until_on=day + timedelta(3), reason="外出学习"
        )
        define(HEAD)
        round_ = start(world)
        assert list(queries.waiting_for(taker)) == [step_of(round_, StepKind.SIGN)]
        actions.sign(step_of(round_, StepKind.SIGN), actor=taker, digest=FIRST)
        step = step_of(round_, StepKind.SIGN)
        assert (step.signed_by, step.signed_for) == (taker, head)
        assert AuditEvent.objects.get(event="approvals.signed").acting_for_name == head.full_name

    def test_a_step_handed_on_waits_for_the_named_colleague(self, world):
        define()
        round_ = start(world)
        head, taker = world.own.section_head, world.own.openness_office
        actions.delegate_step(step_of(round_, StepKind.SIGN), actor=head, person=taker)
        assert [s.pk for s in queries.waiting_for(taker)] == [step_of(round_, StepKind.SIGN).pk]
        assert not queries.waiting_for(head).exists()
        actions.sign(step_of(round_, StepKind.SIGN), actor=taker, digest=FIRST)
        step = step_of(round_, StepKind.SIGN)
        assert (step.signed_by, step.signed_for) == (taker, head)
        assert events()[1:3] == ["delegated", "signed"]

    def test_who_handed_it_on_may_still_sign(self, world):
        define(HEAD)
        round_ = start(world)
        head = world.own.section_head
        actions.delegate_step(
            step_of(round_, StepKind.SIGN), actor=head, person=world.own.openness_office
        )
        actions.sign(step_of(round_, StepKind.SIGN), actor=head, digest=FIRST)
        step = step_of(round_, StepKind.SIGN)
        assert (step.signed_by, step.signed_for) == (head, None)

    def test_the_named_colleague_does_not_hand_it_further(self, world):
        define()
        step = step_of(start(world), StepKind.SIGN)
        taker = world.own.openness_office
        actions.delegate_step(step, actor=world.own.section_head, person=taker)
        refused(
            "approvals.not_yours",
            actions.delegate_step,
            step,
            actor=taker,
            person=world.own.leader,
        )

    def test_to_whom_it_cannot_be_handed(self, world):
        define()
        round_ = start(world)
        step, head = step_of(round_, StepKind.SIGN), world.own.section_head
        hand_on = actions.delegate_step
        refused("approvals.oneself", hand_on, step, actor=head, person=head)
        refused("approvals.own_draft", hand_on, step, actor=head, person=world.own.officer)
        refused("approvals.no_colleague", hand_on, step, actor=head, person=world.other.leader)
        refused("approvals.taker_apart", hand_on, step, actor=head, person=world.own.auditor)
        gone = world.own.openness_office
        gone = set_active(gone, actor=None, active=False, expected=gone.version)
        refused("approvals.no_colleague", hand_on, step, actor=head, person=gone)
        actions.sign(step, actor=head, digest=FIRST)
        clearing = step_of(round_, StepKind.CLEAR_SECRECY)
        reviewer = world.own.secrecy_reviewer
        refused(
            "approvals.no_reviewer",
            hand_on,
            clearing,
            actor=reviewer,
            person=world.own.deputy_leader,
        )


class TestCountersigning:
    def test_other_units_sign_side_by_side_in_any_order(self, world):
        define(countersign(world.own.section, world.other.section), LEADER)
        round_ = start(world)
        ready = list(queries.ready_steps(round_))
        assert [s.unit for s in ready] == [world.own.section, world.other.section]
        actions.sign(ready[1], actor=world.other.section_head, digest=FIRST)
        assert [s.pk for s in queries.ready_steps(round_)] == [ready[0].pk]
        actions.sign(ready[0], actor=world.own.section_head, digest=FIRST)
        assert [s.kind for s in queries.ready_steps(round_)] == ["approve"]

    def test_the_units_may_be_named_when_the_round_starts(self, world):
        define(countersign(), LEADER)
        named = start(world, countersigners=[world.other.section])
        assert [s.unit for s in queries.ready_steps(named)] == [world.other.section]
        unnamed = start(world, subject="tests.paper:2")
        assert [s.kind for s in queries.ready_steps(unnamed)] == ["approve"]

    def test_who_is_asked_sees_that_round_of_the_other_unit_before_and_after(self, world):
        define(countersign(world.other.section), LEADER)
        round_ = start(world)
        asked = world.other.section_head
        assert queries.round_or_none(asked, round_.pk) == round_
        assert queries.round_or_none(world.other.officer, round_.pk) is None
        actions.sign(step_of(round_, StepKind.COUNTERSIGN), actor=asked, digest=FIRST)
        assert queries.round_or_none(asked, round_.pk) == round_
        assert queries.round_or_none(world.other.officer, round_.pk) is None


class TestAChangedText:
    def test_signatures_and_clearance_are_asked_anew(self, world):
        define()
        old = sign_all(world, start(world))
        new = actions.reopen_for(SUBJECT, digest=SECOND, actor=world.own.officer)
        assert Round.objects.get(pk=old.pk).state == RoundState.SUPERSEDED
        assert not api.is_complete(SUBJECT, FIRST)
        assert not api.is_cleared(SUBJECT, FIRST)
        assert not api.is_cleared(SUBJECT, SECOND)
        assert set(new.steps.values_list("state", flat=True)) == {"ready", "waiting"}
        assert old.steps.filter(state=StepState.SIGNED).count() == 4
        assert sign_all(world, new).state == RoundState.COMPLETE
        assert "superseded" in events()

    def test_a_countersignature_is_kept_where_the_chain_says_so(self, world):
        define(countersign(world.other.section, keeps=True), LEADER)
        old = sign_all(world, start(world))
        new = actions.reopen_for(SUBJECT, digest=SECOND, actor=world.own.officer)
        kept = step_of(new, StepKind.COUNTERSIGN)
        assert kept.state == StepState.SIGNED
        assert kept.signed_by == world.other.section_head
        assert kept.kept_from == step_of(old, StepKind.COUNTERSIGN)
        assert [s.kind for s in queries.ready_steps(new)] == ["approve"]
        third = actions.reopen_for(SUBJECT, digest="c" * 64, actor=world.own.officer)
        again = step_of(third, StepKind.COUNTERSIGN)
        assert again.kept_from == step_of(old, StepKind.COUNTERSIGN)

    def test_voiding_a_round_starts_none_and_keeps_what_the_chain_keeps(self, world):
        define(countersign(world.other.section, keeps=True), LEADER)
        old = start(world)
        step = step_of(old, StepKind.COUNTERSIGN)
        actions.sign(step, actor=world.other.section_head, digest=FIRST)
        assert actions.supersede(SUBJECT, digest=SECOND, actor=world.own.officer) == 1
        assert actions.supersede(SUBJECT, digest=SECOND, actor=world.own.officer) == 0
        assert Round.objects.count() == 1
        assert not api.waiting_for(world.own.leader)
        new = start(world, SECOND)
        assert step_of(new, StepKind.COUNTERSIGN).kept_from == step
        assert [s.kind for s in queries.ready_steps(new)] == ["approve"]

    def test_the_version_that_is_under_way_is_not_voided(self, world):
        define()
        round_ = start(world)
        assert actions.supersede(SUBJECT, digest=FIRST, actor=world.own.officer) == 0
        assert Round.objects.get(pk=round_.pk).state == RoundState.OPEN

    def test_and_asked_anew_where_it_does_not(self, world):
        define(countersign(world.other.section), LEADER)
        sign_all(world, start(world))
        new = actions.reopen_for(SUBJECT, digest=SECOND, actor=world.own.officer)
        assert step_of(new, StepKind.COUNTERSIGN).state == StepState.READY

    def test_units_named_at_the_start_are_asked_again(self, world):
        define(countersign(), LEADER)
        start(world, countersigners=[world.other.section])
        new = actions.reopen_for(SUBJECT, digest=SECOND, actor=world.own.officer)
        assert [s.unit for s in queries.ready_steps(new)] == [world.other.section]

    def test_the_old_version_can_no_longer_be_signed(self, world):
        define()
        step = step_of(start(world), StepKind.SIGN)
        actions.reopen_for(SUBJECT, digest=SECOND, actor=world.own.officer)
        head = world.own.section_head
        refused("approvals.closed", actions.sign, step, actor=head, digest=FIRST)

    def test_what_was_never_sent_or_was_sent_back_stays_with_the_drafter(self, world):
        define()
        officer = world.own.officer
        assert actions.reopen_for(SUBJECT, digest=FIRST, actor=officer) is None
        round_ = start(world)
        assert actions.reopen_for(SUBJECT, digest=FIRST, actor=officer) is None
        actions.return_to_drafter(
            step_of(round_, StepKind.SIGN),
            actor=world.own.section_head,
            digest=FIRST,
            reason="请改",
        )
        assert actions.reopen_for(SUBJECT, digest=SECOND, actor=officer) is None

    def test_a_chain_set_meanwhile_does_not_touch_what_runs(self, world):
        define(HEAD, LEADER)
        round_ = start(world)
        define(HEAD)
        assert sign_all(world, round_).steps.count() == 2
        assert start(world, subject="tests.paper:2").steps.count() == 1


class TestStarting:
    def test_one_version_is_not_sent_twice(self, world):
        define(HEAD)
        round_ = start(world)
        refused("approvals.already_open", start, world)
        sign_all(world, round_)
        refused("approvals.already_complete", start, world)

    def test_two_rounds_over_one_subject_cannot_be_open(self, world):
        """The unique key holds where two start at the same moment and neither sees the other."""
        from gongkai.approvals.actions.starting import _open

        define(HEAD)
        first = start(world)
        twin = Round.objects.get(pk=first.pk)
        twin.pk, twin._state.adding = None, True
        with pytest.raises(Refused, match="already_open"):
            _open(twin, [])
        assert Round.objects.count() == 1

    def test_a_step_that_nobody_can_sign_stops_it_at_once(self, world):
        from gongkai.accounts.api import end_post

        end_post(world.own.deputy_leader.posts.get(), actor=None)
        define()
        refused("approvals.nobody", start, world)

    def test_a_missing_chain_and_a_malformed_digest_are_errors_of_the_caller(self, world):
        with pytest.raises(LookupError):
            start(world)
        define()
        with pytest.raises(ValueError, match="digest"):
            start(world, version="short")


class TestChains:
    def test_a_change_is_a_new_version(self, world):
        define(HEAD)
        define(LEADER)
        assert list(Chain.objects.filter(code=CODE).values_list("number", flat=True)) == [1, 2]
        assert queries.chain_in_force(CODE).number == 2

    def test_a_body_may_have_its_own(self, world):
        define(HEAD)
        actions.define_chain(
            actor=world.own.openness_office,
            code=CODE,
            name="本局流程",
            steps=[DEPUTY],
            body=world.own.body,
        )
        assert start(world).chain.name == "本局流程"
        other = start(
            world, unit=world.other.section, actor=world.other.officer, subject="tests.paper:3"
        )
        assert other.chain.name == "信息发布"

    def test_who_may_set_it(self, world):
        for actor, body in [
            (world.own.openness_office, None),
            (world.own.openness_office, world.other.body),
            (world.own.leader, world.own.body),
        ]:
            refused(
                "approvals.not_yours",
                actions.define_chain,
                actor=actor,
                code=CODE,
                name="x",
                steps=[HEAD],
                body=body,
            )

    def test_one_that_cannot_run_is_refused(self, world):
        refused(
            "approvals.wrong_chain", actions.define_chain, actor=None, code="x", name="x", steps=[]
        )
        refused(
            "approvals.wrong_chain",
            actions.define_chain,
            actor=None,
            code="x",
            name="x",
            steps=[Step(StepKind.SIGN, "king", 1)],
        )


class TestSigningThrough:
    GIVEN = {"chain": CODE, "subject": SUBJECT, "digest": FIRST}

    def test_a_chain_of_one_is_started_and_signed_in_one_go(self, world):
        define(LEADER)
        leader = world.own.leader
        round_ = actions.sign_through(**self.GIVEN, unit=world.own.section, actor=leader)
        assert round_.state == RoundState.COMPLETE
        again = actions.sign_through(**self.GIVEN, unit=world.own.section, actor=leader)
        assert again == round_

    def test_others_have_to_sign_first(self, world):
        define(HEAD, LEADER)
        leader = world.own.leader
        refused(
            "approvals.incomplete",
            actions.sign_through,
            **self.GIVEN,
            unit=world.own.section,
            actor=leader,
        )
        round_ = start(world)
        actions.sign(step_of(round_, StepKind.SIGN), actor=world.own.section_head, digest=FIRST)
        done = actions.sign_through(**self.GIVEN, unit=world.own.section, actor=leader)
        assert done.state == RoundState.COMPLETE
