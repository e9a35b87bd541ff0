"""From a report to the striking off: who sends, who signs, what comes back, what is the end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.accounts.api import Role, appoint, delegate
from gongkai.approvals import api as approvals
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refused
from gongkai.outbox import api as outbox
from gongkai.programme import api as programme
from gongkai.programme.tests.factories import (
    TABLE,
    accept_all,
    at,
    bound_now,
    office_of,
    officer_at,
    receive,
)
from gongkai.progress import actions, queries
from gongkai.progress.models import Extension, Report

pytestmark = pytest.mark.django_db(transaction=True)
MARCH = date(2026, 3, 2)
SAID = "岗位责任已修订并印发。"


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(MARCH)):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def task(side):
    """A task that 办公室 and the section lead together, by a date."""
    return bound_now(side).tasks.get(row=1)


@pytest.fixture
def clerk(side):
    """办公室 has an officer and no head."""
    return officer_at(office_of(side))


def duty_of(task, unit):
    return task.duties.get(unit=unit).duty


def evidenced(task, unit, actor):
    programme.add_evidence(task, actor=actor, unit=unit, note="已办")
    task.refresh_from_db()


def reported(task, unit, actor, **changes):
    values = {
        "unit": unit,
        "actor": actor,
        "text": SAID,
        "done_on": MARCH,
        "expected": task.version,
    }
    if "duty_id" not in changes:
        changes["duty_id"] = duty_of(task, unit).pk
    return actions.report(task, **(values | changes))


def sign(row, actor):
    round_ = approvals.newest_round(subject_key(row))
    (step,) = approvals.ready_steps(round_)
    return approvals.sign(step, actor=actor, digest=row.digest)


def give_back(row, actor, reason):
    round_ = approvals.newest_round(subject_key(row))
    (step,) = approvals.ready_steps(round_)
    return approvals.return_to_drafter(step, actor=actor, digest=row.digest, reason=reason)


def refused(codes, call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.codes == set(codes)


def test_a_report_waits_for_the_head_and_then_meets_the_clock(side, task):
    evidenced(task, side.section, side.officer)
    row = reported(task, side.section, side.officer)
    assert duty_of(task, side.section).state == "open"
    sign(row, side.section_head)
    outbox.drain()
    row.refresh_from_db()
    met = duty_of(task, side.section)
    assert (row.state, row.live, met.state, met.evidence) == ("taken", None, "met", SAID)
    assert met.closed_on == MARCH


def test_a_body_has_its_sections_reports_signed_by_the_deputy_leader_too(client, side, task):
    client.force_login(side.openness_office)
    chain = reverse("approvals:chain", args=[side.body.pk, "progress.report"])
    assert "任务完成签认" in client.get(reverse("approvals:chains")).content.decode()
    rows = {
        "rows": 2,
        "number": 0,
        "do": "save",
        "r0-kind": "sign",
        "r0-role": "section_head",
        "r0-unit": "sender",
        "r1-kind": "approve",
        "r1-role": "deputy_leader",
    }
    assert client.post(chain, rows).status_code == 302
    evidenced(task, side.section, side.officer)
    row = reported(task, side.section, side.officer)
    sign(row, side.section_head)
    outbox.drain()
    assert duty_of(task, side.section).state == "open"
    sign(row, side.deputy_leader)
    outbox.drain()
    assert duty_of(task, side.section).state == "met"


def test_the_page_says_who_signed_and_for_whom(client, side, task):
    stand_in = officer_at(side.section, username="standin")
    delegate(actor=side.section_head, taker=stand_in, from_on=MARCH, until_on=MARCH, reason="出差")
    evidenced(task, side.section, side.officer)
    row = reported(task, side.section, side.officer)
    client.force_login(side.leader)
    work = reverse("progress:work", args=[task.pk])
    assert stand_in.full_name not in client.get(work).content.decode()
    sign(row, stand_in)
    outbox.drain()
    shown = client.get(work).content.decode()
    assert f"{stand_in.full_name}（代{side.section_head.full_name}）" in shown


def test_the_day_it_was_done_counts_and_not_the_day_it_was_signed(side, task):
    evidenced(task, side.section, side.officer)
    with clock.at(at(MARCH + timedelta(days=9))):
        row = reported(task, side.section, side.officer, done_on=MARCH)
        sign(row, side.section_head)
        outbox.drain()
    assert duty_of(task, side.section).closed_on == MARCH


def test_a_head_who_reports_has_signed_by_it(side, task):
    evidenced(task, side.section, side.section_head)
    row = reported(task, side.section, side.section_head)
    row.refresh_from_db()
    assert (row.state, duty_of(task, side.section).state) == ("taken", "met")


def test_without_a_head_the_openness_office_signs(side, task, clerk):
    office = office_of(side)
    evidenced(task, office, clerk)
    row = reported(task, office, clerk)
    sign(row, side.openness_office)
    outbox.drain()
    assert duty_of(task, office).state == "met"


def test_what_comes_back_is_corrected_and_sent_again(side, task):
    evidenced(task, side.section, side.officer)
    row = reported(task, side.section, side.officer)
    refused(["progress.already_sent"], reported, task_now(task), side.section, side.officer)
    give_back(row, side.section_head, "请写明文号。")
    outbox.drain()
    row.refresh_from_db()
    assert (row.state, row.comment) == ("returned", "请写明文号。")
    assert [sent.pk for sent in queries.returned_to(side.officer)] == [row.pk]
    assert queries.returned_to(side.auditor) == []
    again = reported(task_now(task), side.section, side.officer, text="已印发，清交〔2026〕3号。")
    assert again.pk == row.pk
    sign(again, side.section_head)
    outbox.drain()
    assert duty_of(task, side.section).evidence == "已印发，清交〔2026〕3号。"


def task_now(task):
    task.refresh_from_db()
    return task


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "  "}, "progress.no_text"),
        ({"done_on": MARCH + timedelta(days=1)}, "progress.ahead"),
        ({"duty_id": None}, "progress.choose_duty"),
        ({"duty_id": 999_999}, "progress.no_such_duty"),
    ],
)
def test_bad_input_is_refused_and_leaves_everything(side, task, change, code):
    evidenced(task, side.section, side.officer)
    refused([code], reported, task, side.section, side.officer, **change)
    assert not Report.objects.exists()


def test_a_report_rests_on_evidence(side, task):
    refused(["progress.no_evidence"], reported, task, side.section, side.officer)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_report(side, task, role):
    evidenced(task, side.section, side.officer)
    actor = side.people[role]
    if role in (Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE):
        assert reported(task, side.section, actor).pk
    else:
        refused(["progress.not_yours"], reported, task, side.section, actor)


def test_a_clock_that_ended_meanwhile_sends_the_report_back(side, task):
    evidenced(task, side.section, side.officer)
    row = reported(task, side.section, side.officer)
    duties.cancel(duty_of(task, side.section), actor=None, reason="新版本取消")
    sign(row, side.section_head)
    outbox.drain()
    row.refresh_from_db()
    assert row.state == "returned"
    assert row.comment


def test_all_parts_signed_the_office_strikes_it_off(side, task, clerk):
    everything_signed(side, task, clerk)
    task.refresh_from_db()
    assert task.state == "ready"
    assert task in queries.ready_for(side.openness_office)
    assert queries.ready_for(side.section_head) == []
    for actor in (side.officer, side.section_head, side.leader, side.auditor):
        refused(
            ["progress.not_office"], actions.strike_off, task, actor=actor, expected=task.version
        )
    actions.strike_off(task, actor=side.openness_office, expected=task.version, note="已核实")
    task.refresh_from_db()
    assert (task.state, task.closed_at) == ("done", clock.now())


def everything_signed(side, task, clerk):
    evidenced(task, side.section, side.section_head)
    reported(task, side.section, side.section_head)
    office = office_of(side)
    evidenced(task, office, clerk)
    for part in task.parts.filter(ended_on=None).select_related("unit"):
        unit = part.unit
        if unit == side.section:
            continue
        evidenced(task, unit, side.openness_office)
        timed = task.duties.filter(unit=unit).first()
        reported(
            task,
            unit,
            side.openness_office,
            duty_id=timed.duty_id if timed else None,
            expected=task_now(task).version,
        )
    outbox.drain()


def test_a_signed_part_goes_back_and_its_clock_runs_again(side, task, clerk):
    everything_signed(side, task, clerk)
    task.refresh_from_db()
    row = Report.objects.filter(unit=side.section).get()
    refused(
        ["progress.no_reason"],
        actions.send_back,
        row,
        actor=side.openness_office,
        reason=" ",
        expected=task.version,
    )
    actions.send_back(row, actor=side.openness_office, reason="缺会议纪要", expected=task.version)
    row.refresh_from_db()
    task.refresh_from_db()
    assert (row.state, task.state) == ("returned", "open")
    assert duty_of(task, side.section).state == "open"
    again = reported(task, side.section, side.section_head, text="已补会议纪要。")
    outbox.drain()
    task.refresh_from_db()
    assert (again.pk, task.state) == (row.pk, "ready")


def test_a_later_day_is_granted_by_head_and_office(side, task):
    duty = duty_of(task, side.section)
    until = duty.due_on + timedelta(days=30)
    row = actions.ask_extension(
        task,
        unit=side.section,
        actor=side.officer,
        duty_id=duty.pk,
        until=until,
        reason="等上级印发文本",
        expected=task.version,
    )
    sign(row, side.section_head)
    outbox.drain()
    assert duty_of(task, side.section).due_on == duty.due_on
    sign(row, side.openness_office)
    outbox.drain()
    row.refresh_from_db()
    assert (duty_of(task, side.section).due_on, row.state) == (until, "taken")


def test_a_day_that_is_not_later_is_refused(side, task):
    duty = duty_of(task, side.section)
    refused(
        ["progress.not_later"],
        actions.ask_extension,
        task,
        unit=side.section,
        actor=side.officer,
        duty_id=duty.pk,
        until=duty.due_on,
        reason="x",
        expected=task.version,
    )
    assert not Extension.objects.exists()


def test_nothing_goes_past_the_signature(side, task):
    evidenced(task, side.section, side.officer)
    refused(
        ["programme.needs_signature"],
        programme.report_done,
        task,
        actor=side.officer,
        unit=side.section,
        duty_id=duty_of(task, side.section).pk,
        expected=task.version,
    )


def test_a_stand_in_of_the_head_signs_as_such(side, task):
    deputy = officer_at(side.section, "deputy")
    appoint(actor=None, user=deputy, unit=side.section, role=Role.SECTION_HEAD, from_on=MARCH)
    evidenced(task, side.section, side.officer)
    row = reported(task, side.section, side.officer)
    assert sign(row, deputy).state == approvals.RoundState.COMPLETE


# -- twice, late, and over again ---------------------------------------------------------------


def test_the_same_words_may_be_sent_again_after_they_came_back(side, task, clerk):
    everything_signed(side, task, clerk)
    row = Report.objects.get(unit=side.section)
    actions.send_back(
        row, actor=side.openness_office, reason="请再核实", expected=task_now(task).version
    )
    again = reported(task_now(task), side.section, side.officer, text=row.text, done_on=row.done_on)
    assert (again.pk, again.state) == (row.pk, "sent")
    sign(again, side.section_head)
    outbox.drain()
    assert task_now(task).state == "ready"


def test_what_was_decided_over_an_earlier_sending_decides_nothing_later(side, task):
    evidenced(task, side.section, side.officer)
    row = reported(task, side.section, side.officer)
    give_back(row, side.section_head, "请写明文号。")
    returned = approvals.newest_round(subject_key(row))
    outbox.drain()
    again = reported(task_now(task), side.section, side.officer)
    actions.settle(returned)
    again.refresh_from_db()
    assert again.state == "sent"


def test_with_the_worker_away_nothing_is_lost_and_nothing_taken_twice(side, task):
    evidenced(task, side.section, side.officer)
    row = reported(task, side.section, side.officer)
    sign(row, side.section_head)
    refused(["progress.already_sent"], reported, task_now(task), side.section, side.officer)
    assert duty_of(task, side.section).state == "open"
    with clock.at(at(MARCH + timedelta(days=3))):
        outbox.drain()
        actions.settle(approvals.newest_round(subject_key(row)))
    row.refresh_from_db()
    assert (row.state, duty_of(task, side.section).closed_on) == ("taken", MARCH)


def test_two_who_report_at_once_report_once(side, task):
    evidenced(task, side.section, side.officer)
    seen = task.version
    reported(task, side.section, side.officer, expected=seen)
    refused(["kernel.stale"], reported, task, side.section, side.section_head, expected=seen)
    assert Report.objects.count() == 1


def test_a_later_version_opens_again_what_was_struck_off(side, clerk):
    bound_to = bound_now(side)
    task = bound_to.tasks.get(row=2)
    office = office_of(side)
    for unit, actor in ((office, clerk), (side.section, side.section_head)):
        evidenced(task, unit, actor)
        timed = task.duties.filter(unit=unit).first()
        row = reported(
            task, unit, actor, duty_id=timed.duty_id if timed else None, expected=task.version
        )
        if row.state == "sent":
            sign(row, side.openness_office)
        outbox.drain()
        task.refresh_from_db()
    assert task.state == "ready"
    actions.strike_off(task, actor=side.openness_office, expected=task.version)
    later = receive(side, TABLE.replace("2026年11月底前", "2026年10月底前"), bound_to.document)
    accept_all(side, later)
    programme.bind(later, actor=side.openness_office, expected=later.version, year=2026)
    task.refresh_from_db()
    assert (task.state, task.closed_at) == ("open", None)
    open_days = task.duties.filter(duty__closed_at=None).values_list("duty__due_on", flat=True)
    assert list(open_days) == [date(2026, 10, 31)]
