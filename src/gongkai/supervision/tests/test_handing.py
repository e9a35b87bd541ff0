"""A task handed down: who offers, takes, asks back; what each side sees of the other's task."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.api import Role, appoint
from gongkai.approvals import api as approvals
from gongkai.audit.api import timeline
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refused
from gongkai.notices.api import Notice
from gongkai.organisation.api import UnitKind, create_unit
from gongkai.programme.api import Task, visible_tasks
from gongkai.programme.tests.factories import at
from gongkai.programme.tests.pages import text_of
from gongkai.supervision import actions, jobs, queries
from gongkai.supervision.models import Handing
from gongkai.supervision.states import HANDING_MOVES, NOTICES, HandingState
from gongkai.supervision.tests.factories import FOUNDED, a_task, below, handed, taken

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
    rows = Notice.objects.filter(user=user, kind__startswith="supervision").order_by("id")
    assert {notice.kind for notice in rows} <= set(NOTICES), "mails would not know what to call it"
    return [notice.sentence for notice in rows]


def take(handing, side, **changes):
    there = below(side)
    values = {"actor": there.office, "lead": there.section, "on": None}
    return actions.take(handing, expected=handing.version, **(values | changes))


# -- offering ----------------------------------------------------------------------------------


def test_the_office_below_is_offered_the_task(side):
    handing = handed(side)
    assert (handing.state, handing.due_on) == (HandingState.OFFERED, date(2026, 12, 31))
    assert queries.to_receive(below(side).office) == [handing]
    assert told(below(side).office) == ["清江市交通运输局交办：检查局网站，请接收或提出疑问。"]
    assert "supervision.handed_down" in [entry.event for entry in timeline(handing.task)]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_openness_office_hands_down(side, role):
    if role is Role.OPENNESS_OFFICE:
        assert handed(side, actor=side.people[role]).pk
        return
    refused({"supervision.not_yours"}, handed, side, actor=side.people[role])


def test_only_bodies_below_are_handed_to_and_once(side, world):
    refused({"supervision.not_below"}, handed, side, bodies=[world.other.body])
    refused({"supervision.not_below"}, handed, side, bodies=[side.section])
    refused({"supervision.no_unit"}, handed, side, bodies=[])
    handing = handed(side)
    refused({"supervision.given"}, handed, side)
    office = side.openness_office
    actions.withdraw_handing(handing, actor=office, reason="改由本级办", expected=handing.version)
    assert handed(side).pk != handing.pk


@pytest.mark.parametrize("state", ["ready", "done", "revoked"])
def test_what_does_not_run_is_not_handed_down(side, state):
    task = a_task(side)
    Task.objects.filter(pk=task.pk).update(state=state)
    task.refresh_from_db()
    refused({"supervision.task_ended"}, handed, side, task=task)


# -- taking ------------------------------------------------------------------------------------


def test_what_is_taken_is_a_task_of_the_own_programme(side):
    there = below(side)
    handing = taken(side)
    task = handing.taken
    assert (handing.state, task.state, task.text) == (HandingState.TAKEN, "open", "检查局网站")
    assert task.programme.body == there.body
    assert task.programme.title == "清江市交通运输局交办：检查局网站"
    assert [part.unit for part in task.parts.all()] == [there.section]
    timed = task.duties.get()
    assert (timed.duty.owner, timed.duty.due_on) == (there.section, date(2026, 9, 30))
    document = task.proposal.document
    span = document.text[task.proposal.start : task.proposal.end]
    assert (document.state, span) == ("bound", "检查局网站")
    assert queries.handed_from(task) == handing
    assert "清江市交通运输局交办" in document.text
    assert told(side.openness_office) == ["下属管理局已接收交办：检查局网站"]
    assert not Notice.objects.filter(sentence__contains="请核对").filter(user=there.office).exists()


def test_without_a_day_it_waits_for_the_superiors(side):
    handing = take(handed(side), side)
    assert handing.taken.duties.get().duty.state == duties.State.WAITING


def test_a_later_day_than_the_superiors_is_refused(side):
    handing = handed(side)
    refused({"supervision.too_late"}, take, handing, side, on=date(2027, 1, 8))
    assert not Task.objects.filter(programme__body=below(side).body).exists()


def test_where_others_sign_too_nothing_is_left_half_taken(side):
    handing, there = handed(side), below(side)
    steps = [
        approvals.Step(approvals.StepKind.APPROVE, Role.OPENNESS_OFFICE.value, 1, at_body=True),
        approvals.Step(approvals.StepKind.APPROVE, Role.LEADER.value, 2, at_body=True),
    ]
    appoint(
        actor=None,
        user=there.officer,
        unit=there.body,
        role=Role.LEADER,
        from_on=FOUNDED,
    )
    approvals.define_chain(
        actor=None, code="programme.acceptance", name="下达", steps=steps, body=there.body
    )
    with pytest.raises(Refused) as found:
        take(handing, side)
    assert found.value.refusals[0].sentence
    handing.refresh_from_db()
    assert (handing.state, handing.taken) == (HandingState.OFFERED, None)
    assert not Task.objects.filter(programme__body=there.body).exists()


def test_only_a_unit_of_the_body_leads(side):
    refused({"supervision.not_below"}, take, handed(side), side, lead=side.section)


@pytest.mark.parametrize("role", list(Role))
def test_the_superiors_people_do_not_take_what_they_handed(side, role):
    refused({"supervision.not_yours"}, take, handed(side), side, actor=side.people[role])


def test_an_officer_below_does_not_take(side):
    refused({"supervision.not_yours"}, take, handed(side), side, actor=below(side).officer)


def test_the_subordinate_asks_back_and_is_answered(side):
    there, office = below(side), side.openness_office
    handing = handed(side)
    handing = actions.ask_back(
        handing, actor=there.office, question="是否含微信公众号？", expected=handing.version
    )
    assert queries.to_explain(office) == [handing]
    assert not queries.to_receive(there.office)
    assert told(office) == ["下属管理局对交办提出疑问：是否含微信公众号？"]
    refused({"supervision.wrong_state"}, take, handing, side)
    handing = actions.answer(handing, actor=office, answer="包含。", expected=handing.version)
    assert told(there.office)[-1] == "上级已答复：包含。"
    assert take(handing, side).state == HandingState.TAKEN


CALLS = {
    "take": lambda h, side: take(h, side),
    "ask_back": lambda h, side: actions.ask_back(
        h, actor=below(side).office, question="何时？", expected=h.version
    ),
    "answer": lambda h, side: actions.answer(
        h, actor=side.openness_office, answer="年底。", expected=h.version
    ),
    "withdraw": lambda h, side: actions.withdraw_handing(
        h, actor=side.openness_office, reason="撤回", expected=h.version
    ),
}


@pytest.mark.parametrize("state", list(HandingState))
@pytest.mark.parametrize("verb", CALLS)
def test_every_verb_in_every_state(side, verb, state):
    handing = handed(side)
    handing.state = state
    handing.save(update_fields=["state"])
    if state in HANDING_MOVES[verb][0]:
        assert CALLS[verb](handing, side).state == HANDING_MOVES[verb][1]
        return
    refused({"supervision.wrong_state"}, CALLS[verb], handing, side)


def test_words_are_asked_for(side):
    handing = handed(side)
    office = side.openness_office
    refused(
        {"supervision.no_reason"},
        actions.ask_back,
        handing,
        actor=below(side).office,
        question=" ",
        expected=handing.version,
    )
    refused(
        {"supervision.no_reason"},
        actions.withdraw_handing,
        handing,
        actor=office,
        reason="",
        expected=handing.version,
    )


# -- what changes afterwards -------------------------------------------------------------------


def test_a_changed_day_above_is_told_below_once(side):
    handing = taken(side)
    last = handing.task.duties.order_by("-duty__due_on").first().duty
    moved = {"on": date(2026, 11, 30), "reason": "上级提前"}
    duties.set_date(last, actor=side.openness_office, **moved)
    for _ in range(2):
        jobs.follow_handed(subject_key(last), {"duties.date_set"})
    handing.refresh_from_db()
    assert handing.due_on == date(2026, 11, 30)
    assert told(below(side).office)[1:] == [
        "上级把“检查局网站”的完成时间定为2026年11月30日，请相应调整本单位任务的时限。"
    ]
    assert handing.taken.duties.get().duty.due_on == date(2026, 9, 30)
    assert "supervision.handing_due_changed" in [e.event for e in timeline(handing.taken)]


def test_a_period_that_is_met_above_is_no_change(side):
    handing = taken(side)
    first = handing.task.duties.order_by("duty__due_on").first().duty
    duties.meet(first, actor=None, at=clock.now(), evidence="已办")
    assert actions.follow_superior(handing.task) == 0


def test_a_revoked_task_is_told_below_and_can_no_longer_be_taken(side):
    handing = handed(side)
    Task.objects.filter(pk=handing.task_id).update(state="revoked")
    jobs.follow_handed(subject_key(handing.task), {"programme.task_revoked"})
    assert "上级已撤销任务" in told(below(side).office)[-1]
    handing.refresh_from_db()
    refused({"supervision.task_ended"}, take, handing, side)


def test_the_end_below_is_told_above_once(side):
    handing = taken(side)
    Task.objects.filter(pk=handing.taken_id).update(state="done")
    for _ in range(2):
        jobs.follow_handed(subject_key(handing.taken), {"programme.task_struck_off"})
    assert told(side.openness_office)[1:] == ["下属管理局已办结交办：检查局网站"]


# -- who sees what -----------------------------------------------------------------------------


def test_the_superior_sees_state_units_light_and_share(client, side):
    handing = taken(side)
    client.force_login(side.officer)
    shown = text_of(client.get(reverse("programme:task", args=[handing.task_id])))
    assert "养护科牵头，已完成0%" in shown
    assert "9月30日" in shown
    assert reverse("programme:task", args=[handing.taken_id]) not in shown
    duties.meet(handing.taken.duties.get().duty, actor=None, at=clock.now(), evidence="已办")
    shown = text_of(client.get(reverse("programme:task", args=[handing.task_id])))
    assert "已完成100%" in shown


def test_the_section_above_sees_nothing_else_of_the_task_below(client, side):
    handing = taken(side)
    assert not visible_tasks(side.officer).filter(pk=handing.taken_id).exists()
    client.force_login(side.officer)
    answer = client.get(reverse("programme:task", args=[handing.taken_id]))
    assert answer.status_code == 404


def test_below_sees_from_whom_and_until_when_but_not_the_superiors_task(client, side):
    handing, there = taken(side), below(side)
    client.force_login(there.officer)
    shown = text_of(client.get(reverse("programme:task", args=[handing.taken_id])))
    assert "清江市交通运输局" in shown
    assert "上级要求2026年12月31日前完成" in shown
    above = reverse("programme:task", args=[handing.task_id])
    assert above not in shown
    assert client.get(above).status_code == 404
    page = client.get(reverse("supervision:handing", args=[handing.pk]))
    assert "检查局网站" in text_of(page)
    assert above not in text_of(page)


def test_another_body_sees_nothing_of_it(client, side, world):
    handing = taken(side)
    client.force_login(world.other.openness_office)
    assert client.get(reverse("supervision:handing", args=[handing.pk])).status_code == 404


def test_pages_ask_the_same_number_of_questions_however_many_bodies(
    client, side, django_assert_num_queries
):
    handing = taken(side)
    client.force_login(side.openness_office)
    for url in (
        reverse("programme:task", args=[handing.task_id]),
        reverse("supervision:handings"),
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        more = create_unit(
            actor=None,
            parent=side.body,
            kind=UnitKind.BODY,
            name=f"又一局{len(few)}",
            on=FOUNDED,
        )
        handed(side, bodies=[more])
        with django_assert_num_queries(len(few)):
            client.get(url)


def test_the_whole_way_by_the_pages(client, side):
    there = below(side)
    task = a_task(side)
    client.force_login(side.openness_office)
    url = reverse("supervision:hand_down", args=[task.pk])
    assert url in text_of(client.get(reverse("programme:task", args=[task.pk])))
    client.post(url, {"bodies": [there.body.pk], "note": ""})
    handing = Handing.objects.get()
    client.force_login(there.office)
    where = reverse("supervision:handing", args=[handing.pk])
    assert "养护科" in text_of(client.get(where))
    sent = {"lead": there.section.pk, "on": "2026-10-30", "version": handing.version}
    answer = client.post(reverse("supervision:take", args=[handing.pk]), sent)
    assert answer.url == where
    handing.refresh_from_db()
    assert handing.taken.duties.get().duty.due_on == date(2026, 10, 30)


def test_a_body_without_any_below_is_offered_no_button(client, side):
    task = a_task(side)
    client.force_login(side.openness_office)
    shown = text_of(client.get(reverse("programme:task", args=[task.pk])))
    assert "交办下级" not in shown
