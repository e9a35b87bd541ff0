"""Who chases whom, what the clock does, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.accounts.api import Role, end_post
from gongkai.approvals import api as approvals
from gongkai.audit.api import timeline
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices.api import Notice
from gongkai.programme.tests.factories import at, office_of
from gongkai.supervision import actions, queries
from gongkai.supervision.models import Charge
from gongkai.supervision.states import MOVES, NOTICES, ChargeState
from gongkai.supervision.tests.factories import (
    a_task,
    answered,
    instructed,
    issued,
    replied,
    signed,
)

MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(MARCH)):
        yield


@pytest.fixture
def side(world):
    return world.own


def refused(codes, call, *args, **kwargs):
    with pytest.raises(Refused) as found:
        call(*args, **kwargs)
    assert found.value.codes == codes


def told(user):
    rows = list(Notice.objects.filter(user=user, kind__startswith="supervision").order_by("id"))
    assert {notice.kind for notice in rows} <= set(NOTICES), "mails would not know what to call it"
    return rows


def judged(verb, charge, actor, **more):
    charge.refresh_from_db()
    return getattr(actions, verb)(charge, actor=actor, expected=charge.version, **more)


# -- issuing -----------------------------------------------------------------------------------


def test_a_notice_starts_a_clock_of_the_unit_and_tells_it(side):
    charge = issued(side)
    assert (charge.number, charge.state) == ("督办〔2026〕1号", ChargeState.OPEN)
    duty = charge.duty
    assert (duty.owner, duty.kind, duty.due_on) == (
        side.section,
        "supervision.notice",
        date(2026, 3, 9),
    )
    assert [n.sentence for n in told(side.officer)] == [
        "督办〔2026〕1号，请在5个工作日内回复：一季度检查未见结果，请说明原因并补办。"
    ]
    assert told(side.section_head)
    events = [entry.event for entry in timeline(charge.tasks.get())]
    assert "supervision.notice_issued" in events


def test_numbers_run_by_body_kind_and_year(side, world):
    assert [issued(side).number, issued(side).number] == ["督办〔2026〕1号", "督办〔2026〕2号"]
    assert issued(world.other).number == "督办〔2026〕1号"
    assert instructed(side).number == "批示〔2026〕1号"
    with clock.at(at(date(2027, 1, 4))):
        assert issued(side).number == "督办〔2027〕1号"


def test_an_office_sets_how_its_notices_are_numbered(side, settings):
    settings.SUPERVISION_NUMBER = "清交督〔{year}〕{n}号"
    assert issued(side).number == "清交督〔2026〕1号"


def test_a_notice_may_be_over_several_tasks(side):
    first = a_task(side)
    other = first.programme.tasks.get(row=3)
    charge = issued(side, tasks=[first, other])
    assert set(charge.tasks.all()) == {first, other}
    for task in (first, other):
        assert queries.charges_of(side.officer, task) == [charge]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_openness_office_issues_notices(side, role):
    if role is Role.OPENNESS_OFFICE:
        assert issued(side, actor=side.people[role]).pk
        return
    refused({"supervision.not_yours"}, issued, side, actor=side.people[role])
    assert not Charge.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_only_leaders_instruct(side, role):
    if role in (Role.DEPUTY_LEADER, Role.LEADER):
        assert instructed(side, actor=side.people[role]).pk
        return
    refused({"supervision.not_yours"}, instructed, side, actor=side.people[role])
    assert not Charge.objects.exists()


def test_another_bodys_office_and_leader_chase_nobody_here(side, world):
    task = a_task(side)
    refused(
        {"supervision.not_yours"}, issued, side, tasks=[task], actor=world.other.openness_office
    )
    refused({"supervision.not_yours"}, instructed, side, task=task, actor=world.other.leader)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("supervision.no_text", {"text": "　"}),
        ("supervision.no_task", {"tasks": []}),
        ("supervision.wrong_days", {"days": 0}),
        ("supervision.wrong_days", {"days": 121}),
        ("supervision.no_days", {"days": None}),
    ],
)
def test_a_notice_without_what_it_needs_is_refused(side, code, change):
    a_task(side)
    refused({code}, issued, side, **change)
    assert not Charge.objects.exists()


def test_only_who_has_a_part_is_chased(side):
    refused({"supervision.no_part"}, issued, side, unit=office_of(side))


@pytest.mark.parametrize("state", ["done", "revoked"])
def test_what_has_ended_is_chased_no_more(side, state):
    task = a_task(side)
    task.state = state
    task.save(update_fields=["state"])
    refused({"supervision.task_ended"}, issued, side, tasks=[task])


def test_tasks_of_two_bodies_are_not_chased_together(side, world):
    with pytest.raises(Refused) as found:
        issued(side, tasks=[a_task(side), a_task(world.other)])
    assert "supervision.two_bodies" in found.value.codes


def test_an_instruction_may_go_to_several_units_without_a_limit(side):
    task = a_task(side).programme.tasks.get(row=2)
    units = queries.units_with_part(task)
    made = actions.instruct(task, actor=side.leader, units=units, text="抓紧办理。")
    assert [charge.unit for charge in made] == units
    assert [charge.duty for charge in made] == [None, None]
    assert [n.sentence for n in told(side.openness_office) if "作出批示" in n.sentence] == [
        f"{side.leader.full_name}对第2项作出批示，由办公室、科技信息科回复：抓紧办理。"
    ]


# -- answering ---------------------------------------------------------------------------------


def test_the_officer_writes_and_the_head_sends(side):
    charge = replied(issued(side), side)
    assert charge.state == ChargeState.SIGNING
    assert charge.duty.state == duties.State.OPEN
    assert not told(side.openness_office)
    with clock.at(at(date(2026, 3, 6))):
        charge = signed(charge, side)
    assert charge.state == ChargeState.ANSWERED
    assert (charge.duty.state, charge.duty.light) == (duties.State.MET, duties.Light.MET)
    assert charge.duty.closed_on == date(2026, 3, 6)
    assert [n.sentence for n in told(side.openness_office)] == [
        "科技信息科已回复督办〔2026〕1号，请审核。"
    ]


def test_an_answer_after_the_limit_is_late(side):
    charge = issued(side)
    with clock.at(at(date(2026, 3, 12))):
        charge = answered(charge, side)
        assert charge.duty.light == duties.Light.LATE


def test_a_head_who_writes_has_sent_by_it(side):
    charge = replied(issued(side), side, by="section_head")
    assert charge.state == ChargeState.ANSWERED


def test_where_no_head_has_an_account_the_answer_goes_out_at_once(side):
    end_post(side.section_head.posts.get(), actor=None, on=MARCH)
    charge = replied(issued(side), side)
    assert (charge.state, charge.duty.state) == (ChargeState.ANSWERED, duties.State.MET)


def test_the_head_returns_an_answer_with_a_reason(side):
    charge = replied(issued(side), side)
    step = approvals.waiting_for(side.section_head).select_related("round").get()
    round_ = approvals.return_to_drafter(
        step, actor=side.section_head, digest=step.round.digest, reason="没写原因"
    )
    actions.settle(round_)
    actions.settle(round_)
    charge.refresh_from_db()
    assert charge.state == ChargeState.OPEN
    assert queries.last_reply(charge).comment == "没写原因"
    assert charge.duty.state == duties.State.OPEN
    again = answered(charge, side)
    assert [reply.serial for reply in queries.replies_of(again)] == [2, 1]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_unit_answers(side, role):
    charge = issued(side)
    if role in (Role.OFFICER, Role.SECTION_HEAD):
        assert replied(charge, side, by=role.value).state != ChargeState.OPEN
        return
    refused({"supervision.not_yours"}, replied, charge, side, by=role.value)


def test_the_office_answers_for_who_has_no_account(side):
    task = a_task(side).programme.tasks.get(row=2)
    charge = issued(side, tasks=[task], unit=office_of(side))
    charge = replied(charge, side, by="openness_office")
    assert charge.state == ChargeState.ANSWERED


def test_an_empty_answer_is_refused(side):
    refused({"supervision.no_reason"}, replied, issued(side), side, text=" \n")


# -- the end -----------------------------------------------------------------------------------


def test_the_office_closes(side):
    charge = answered(issued(side), side)
    charge = judged("close", charge, side.openness_office, conclusion="已核实")
    assert (charge.state, charge.conclusion, charge.ended_by) == (
        ChargeState.CLOSED,
        "已核实",
        side.openness_office,
    )
    assert "已闭环" in told(side.officer)[-1].sentence


def test_the_office_sends_back_and_the_clock_runs_on(side):
    charge = answered(issued(side), side)
    charge = judged("send_back", charge, side.openness_office, reason="没有附截图")
    charge.refresh_from_db()
    assert (charge.state, charge.duty.state) == (ChargeState.OPEN, duties.State.OPEN)
    assert charge.duty.due_on == date(2026, 3, 9)
    assert "没有附截图" in told(side.officer)[-1].sentence
    with clock.at(at(date(2026, 3, 12))):
        assert answered(charge, side).duty.light == duties.Light.LATE


def test_a_reason_is_asked_for(side):
    charge = answered(issued(side), side)
    for verb in ("send_back", "withdraw"):
        refused({"supervision.no_reason"}, judged, verb, charge, side.openness_office, reason=" ")


@pytest.mark.parametrize("role", list(Role))
def test_who_judges_a_notice(side, role):
    charge = answered(issued(side), side)
    if role is Role.OPENNESS_OFFICE:
        assert judged("close", charge, side.people[role]).state == ChargeState.CLOSED
        return
    refused({"supervision.not_yours"}, judged, "close", charge, side.people[role])
    more = {"reason": "不行"}
    refused({"supervision.not_yours"}, judged, "send_back", charge, side.people[role], **more)
    refused({"supervision.not_yours"}, judged, "withdraw", charge, side.people[role], **more)


@pytest.mark.parametrize("by", ["deputy_leader", "openness_office"])
def test_the_leader_or_the_office_closes_an_instruction(side, by):
    charge = answered(instructed(side, days=3), side)
    assert "请审核" in told(side.deputy_leader)[-1].sentence
    charge = judged("close", charge, getattr(side, by))
    assert charge.state == ChargeState.CLOSED
    heard = [n for n in told(side.deputy_leader) if "闭环" in n.sentence]
    assert len(heard) == (by == "openness_office")


def test_another_leader_does_not_close_or_withdraw_an_instruction(side):
    charge = answered(instructed(side), side)
    refused({"supervision.not_yours"}, judged, "close", charge, side.leader)
    for other in (side.leader, side.openness_office):
        refused({"supervision.not_yours"}, judged, "withdraw", charge, other, reason="x")
    assert judged("withdraw", charge, side.deputy_leader, reason="已当面说清").state == "withdrawn"


def test_the_office_withdraws_for_a_leader_who_left(side):
    charge = instructed(side)
    end_post(side.deputy_leader.posts.get(), actor=None, on=MARCH)
    charge = judged("withdraw", charge, side.openness_office, reason="人事调整")
    assert charge.state == ChargeState.WITHDRAWN


def test_what_is_withdrawn_waits_for_nobody(side):
    charge = replied(issued(side), side)
    charge = judged("withdraw", charge, side.openness_office, reason="发错单位")
    assert not approvals.waiting_for(side.section_head).exists()
    charge.duty.refresh_from_db()
    assert charge.duty.state == duties.State.CANCELLED
    assert "发错单位" in told(side.officer)[-1].sentence
    assert queries.to_answer(side.officer) == []


CALLS = {
    "reply": ("officer", {"text": "已办"}),
    "close": ("openness_office", {}),
    "send_back": ("openness_office", {"reason": "再补"}),
    "withdraw": ("openness_office", {"reason": "撤回"}),
}


@pytest.mark.parametrize("state", list(ChargeState))
@pytest.mark.parametrize("verb", CALLS)
def test_every_verb_in_every_state(side, verb, state):
    charge = answered(issued(side), side)
    if verb in ("reply", "send_back") and state is ChargeState.OPEN:
        charge = judged("send_back", charge, side.openness_office, reason="再补")
    charge.state = state
    charge.save(update_fields=["state"])
    by, more = CALLS[verb]
    if state in MOVES[verb][0]:
        assert judged(verb, charge, getattr(side, by), **more).version > charge.version
        return
    refused({"supervision.wrong_state"}, judged, verb, charge, getattr(side, by), **more)


def test_two_people_do_not_judge_at_once(side):
    charge = answered(issued(side), side)
    actions.close(charge, actor=side.openness_office, expected=charge.version)
    office = side.openness_office
    refused({"kernel.stale"}, actions.close, charge, actor=office, expected=charge.version)


# -- the clock ---------------------------------------------------------------------------------


def test_the_unit_does_not_lengthen_its_limit_and_the_office_does(side):
    charge = issued(side)
    how = {"days": 3, "reason": "材料要外单位提供"}
    refused({"supervision.not_yours"}, duties.extend, charge.duty, actor=side.section_head, **how)
    duty = duties.extend(charge.duty, actor=side.openness_office, **how)
    assert duty.due_on == date(2026, 3, 12)


def test_a_charge_is_not_passed_on(side):
    charge = issued(side)
    refused(
        {"supervision.one_unit"},
        duties.reassign,
        charge.duty,
        actor=side.openness_office,
        owner=office_of(side),
        person=None,
        reason="换人",
    )
