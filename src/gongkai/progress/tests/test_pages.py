"""The page on which a task is worked: what each person is offered, and what stays when refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.tests.world import FOUNDED
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.organisation.api import UnitKind, create_unit
from gongkai.outbox import api as outbox
from gongkai.programme import api as programme
from gongkai.programme.models import TaskUnit
from gongkai.programme.tests.factories import at, bound_now
from gongkai.programme.tests.pages import text_of
from gongkai.progress import actions, policies, queries
from gongkai.progress.models import Report

pytestmark = pytest.mark.django_db(transaction=True)
MARCH = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(MARCH)):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def task(side):
    return bound_now(side).tasks.get(row=1)


def url(verb, row):
    return reverse(f"progress:{verb}", args=[row.pk])


def page(client, user, task):
    client.force_login(user)
    return text_of(client.get(url("work", task)))


def timed(task, side):
    return task.duties.get(unit=side.section).duty


def evidenced(task, side):
    programme.add_evidence(task, actor=side.officer, unit=side.section, note="已办")
    task.refresh_from_db()


def sent(task, side, **changes):
    values = {
        "unit": side.section.pk,
        "version": task.version,
        "duty": timed(task, side).pk,
        "text": "岗位责任已印发。",
        "done_on": "2026-03-02",
    }
    return values | changes


def test_who_is_offered_what(client, side, task):
    offered = page(client, side.officer, task)
    for button in ("填写进展</", "报完成</", "填写措施和步骤</", "申请延期</"):
        assert button in offered
    assert "还没有佐证，请先登记做了什么" in offered
    for role in (side.auditor, side.leader):
        looked = page(client, role, task)
        assert "报完成</" not in looked
        assert "申请延期" not in looked


def test_an_officer_reports_and_the_head_is_asked(client, side, task):
    evidenced(task, side)
    client.force_login(side.officer)
    answer = client.post(url("report", task), sent(task, side))
    assert answer["Location"] == url("work", task)
    shown = page(client, side.officer, task)
    assert "等签认" in shown
    assert "已经送签，正在等签认；被退回后可以改了再报。" in shown, "and it is not offered again"
    client.force_login(side.section_head)
    assert "科技信息科完成情况：" in text_of(client.get(reverse("desk:home")))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "完成了什么"),
        ({"done_on": "2026-02-30"}, "2026-02-30"),
        ({"done_on": "2026-03-03"}, "完成日期不能晚于今天"),
        ({"duty": "77777"}, "77777"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays(client, side, task, changes, said):
    evidenced(task, side)
    client.force_login(side.officer)
    answer = client.post(url("report", task), sent(task, side, **changes))
    assert answer.status_code in (409, 422)
    assert said in text_of(answer)
    assert not Report.objects.exists()


def test_a_stale_page_is_told_and_what_was_typed_stays(client, side, task):
    evidenced(task, side)
    client.force_login(side.officer)
    answer = client.post(url("report", task), sent(task, side, version=task.version - 1))
    assert answer.status_code == 409
    assert "岗位责任已印发。" in text_of(answer)
    assert "别人刚刚改过" in text_of(answer)


def test_a_unit_without_a_part_is_not_there(client, side, world, task):
    client.force_login(side.officer)
    answer = client.post(url("record_progress", task), {"unit": world.other.section.pk})
    assert answer.status_code == 404


def test_measures_with_steps_come_and_are_shown(client, side, task):
    client.force_login(side.officer)
    words = {
        "unit": side.section.pk,
        "version": task.version,
        "ledger": 0,
        "measures": "修订岗位责任",
        "steps": "起草｜张明｜2026-03-20\n印发",
        "answers": "张明",
    }
    wrong = client.post(url("set_measures", task), words | {"steps": "起草｜张明｜2月30"})
    assert wrong.status_code == 422
    assert "日期看不懂" in text_of(wrong)
    assert client.post(url("set_measures", task), words).status_code == 302
    shown = page(client, side.leader, task)
    assert "起草，张明，2026年3月20日前" in shown
    assert queries.ledger_of(task, side.section).answers == "张明"


def test_what_came_back_waits_at_home(client, side, task):
    evidenced(task, side)
    row = actions.report(
        task,
        unit=side.section,
        actor=side.section_head,
        duty_id=timed(task, side).pk,
        text="已印发",
        done_on=MARCH,
        expected=task.version,
    )
    Report.objects.filter(pk=row.pk).update(
        state="returned", live=f"{task.pk}:1:1", comment="缺文号"
    )
    client.force_login(side.officer)
    home = text_of(client.get(reverse("desk:home")))
    assert "退回原因：缺文号" in home
    assert "去补办" in home


def test_the_page_asks_the_same_however_much_was_written(client, side, task):
    def asked(user):
        with CaptureQueriesContext(connection) as caught:
            page(client, user, task)
        return len(caught)

    def write(day):
        actions.record_progress(
            task, unit=side.section, actor=side.officer, progress=f"推进到{day}", on=day
        )

    write(MARCH)
    asked(side.auditor)
    few = asked(side.auditor)
    for n in range(1, 9):
        write(MARCH - timedelta(days=n))
    outbox.drain()
    assert asked(side.auditor) == few


def test_the_page_asks_the_same_however_many_units_have_a_part(client, side, task):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            page(client, side.openness_office, task)
        return len(caught)

    asked()
    few = asked()
    for n in range(6):
        unit = create_unit(
            actor=None, parent=side.body, kind=UnitKind.SECTION, name=f"第{n}科", on=FOUNDED
        )
        TaskUnit.objects.create(
            task=task, programme=task.programme, unit=unit, part="support", named=unit.name
        )
    assert "第5科" in page(client, side.openness_office, task)
    assert asked() == few


def test_a_second_click_records_progress_once(client, side, task):
    client.force_login(side.officer)
    words = {
        "unit": side.section.pk,
        "version": task.version,
        "progress": "已起草。",
        "on": "2026-03-02",
    }
    assert client.post(url("record_progress", task), words).status_code == 302
    again = client.post(url("record_progress", task), words)
    assert again.status_code == 409
    assert "这条进展已经记过了" in text_of(again)
    assert queries.entries_of([task]).count() == 1


def test_what_happenings_start_again_is_ended_by_the_office_when_nothing_runs(client, side):
    prompt = bound_now(side).tasks.filter(clock__kind="promptly").first()
    assert "销号</" not in page(client, side.openness_office, prompt)
    for row in prompt.duties.select_related("duty", "unit"):
        programme.add_evidence(prompt, actor=side.openness_office, unit=row.unit, note="已办")
        prompt.refresh_from_db()
        row.duty.refresh_from_db()
        duties.cancel(row.duty, actor=None, reason="年底不再计时")
    for unit in policies.unsigned(prompt):
        programme.add_evidence(prompt, actor=side.openness_office, unit=unit, note="已办")
        prompt.refresh_from_db()
        actions.report(
            prompt,
            unit=unit,
            actor=side.openness_office,
            duty_id=None,
            text="配合完成",
            done_on=MARCH,
            expected=prompt.version,
        )
        prompt.refresh_from_db()
    assert prompt.state == "open"
    assert "销号</" in page(client, side.openness_office, prompt)
    client.force_login(side.openness_office)
    answer = client.post(url("strike_off", prompt), {"version": prompt.version, "note": "年底核实"})
    assert answer.status_code == 302
    prompt.refresh_from_db()
    assert prompt.state == "done"
