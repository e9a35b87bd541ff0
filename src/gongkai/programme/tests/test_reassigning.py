"""The clocks behind tasks on their own page: who may change them, and tasks that follow a duty."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.duties import api as duties
from gongkai.duties.models import Counter, Duty
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Notice
from gongkai.programme import actions, jobs, queries
from gongkai.programme.models import TaskDuty, TaskUnit
from gongkai.programme.tests.factories import bound_now, office_of, officer_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]


@pytest.fixture
def programme(side):
    return bound_now(side)


def duty_of(side, row):
    return TaskDuty.objects.get(task__row=row, unit=side.section).duty


def give(side, duty, unit, person=None):
    return duties.reassign(
        duty, actor=side.openness_office, owner=unit, person=person, reason="职责调整"
    )


@pytest.mark.parametrize("role", Role)
def test_dates_are_entered_by_who_runs_the_programme(side, programme, role):
    office = office_of(side)
    superior = TaskDuty.objects.get(task__row=5, unit=office).duty
    dated = duty_of(side, 1)
    for duty in (superior, dated):
        why = {"actor": side.people[role], "on": date(2026, 9, 30), "reason": "市里通知"}
        if role is Role.OPENNESS_OFFICE:
            assert duties.set_date(duty, **why).due_on == date(2026, 9, 30)
            continue
        with pytest.raises(Refused) as refused:
            duties.set_date(duty, **why)
        assert refused.value.codes & {"programme.not_yours", "duties.not_yours"}


def test_an_officer_does_not_give_a_task_away(side, programme):
    duty = duty_of(side, 1)
    with pytest.raises(Refused) as refused:
        duties.reassign(duty, actor=side.officer, person=side.officer)
    assert refused.value.codes == {"programme.not_decider"}
    duties.reassign(duty, actor=side.section_head, person=side.officer)


def test_the_task_follows_its_duty_and_the_new_owner_is_told(side, programme):
    office = office_of(side)
    clerk = officer_at(office)
    rows = list(TaskDuty.objects.filter(task__row=6, unit=side.section))
    for row in rows:
        give(side, row.duty, office)
        jobs.follow(f"duties.duty:{row.duty_id}", {"duties.reassigned"})
    task = rows[0].task
    assert {r.unit for r in task.duties.all()} == {office}
    open_parts = TaskUnit.objects.filter(task=task, ended_on=None)
    assert [(p.unit, p.part) for p in open_parts] == [(office, "lead")]
    assert Notice.objects.filter(user=clerk, kind="duties.reassigned").count() == len(rows)
    told = Notice.objects.filter(user=clerk).first()
    assert "由科技信息科改派办公室：职责调整" in told.sentence
    assert told.url == reverse("programme:task", args=[task.pk])
    lanes = {
        lane.title: lane.counts for lane in queries.board(side.openness_office, by="unit").lanes
    }
    owned = Duty.objects.filter(owner=office).count()
    assert sum(lanes["办公室"].values()) == owned
    assert sum(c.n for c in Counter.objects.filter(owner=office)) == owned
    assert not actions.follow_duty(rows[0].duty_id)


def test_a_part_stays_while_it_has_other_duties(side, programme):
    first = TaskDuty.objects.filter(task__row=6, unit=side.section).order_by("id").first()
    give(side, first.duty, office_of(side))
    assert actions.follow_duty(first.duty_id)
    leads = TaskUnit.objects.filter(task=first.task, part="lead", ended_on=None)
    assert {p.unit.name for p in leads} == {"科技信息科", "办公室"}


def test_one_slot_may_come_to_one_unit_twice(side, programme):
    office = office_of(side)
    mine = TaskDuty.objects.get(task__row=1, unit=side.section)
    theirs = TaskDuty.objects.get(task__row=1, unit=office)
    assert mine.slot == theirs.slot
    give(side, mine.duty, office)
    assert actions.follow_duty(mine.duty_id)
    assert mine.task.duties.filter(unit=office).count() == 2


def test_who_is_given_a_task_by_name_is_told_alone(side, programme):
    duty = duty_of(side, 1)
    duties.reassign(duty, actor=side.section_head, person=side.officer, reason="你熟悉")
    for _ in range(2):
        jobs.follow(f"duties.duty:{duty.pk}", {"duties.reassigned"})
    (told,) = Notice.objects.filter(kind="duties.reassigned")
    assert told.user == side.officer
    assert "改派给您办理" in told.sentence


def test_who_takes_it_is_not_told(side, programme):
    duty = duty_of(side, 1)
    duties.reassign(duty, actor=side.section_head, person=side.section_head)
    jobs.follow(f"duties.duty:{duty.pk}", {"duties.reassigned"})
    assert not Notice.objects.filter(kind="duties.reassigned").exists()


@pytest.mark.parametrize(("role", "leads"), [(Role.SECTION_HEAD, True), (Role.AUDITOR, False)])
def test_the_task_leads_whoever_works_it_to_the_buttons(client, side, programme, role, leads):
    duty = duty_of(side, 1)
    client.force_login(side.people[role])
    task = TaskDuty.objects.get(duty=duty).task
    page = client.get(reverse("programme:task", args=[task.pk])).content.decode()
    buttons = f"{reverse('duties:why', args=[duty.pk])}#record-may"
    assert (buttons in page) is leads
    duties.meet(duty, actor=None, at=clock.now())
    page = client.get(reverse("programme:task", args=[task.pk])).content.decode()
    assert buttons not in page
