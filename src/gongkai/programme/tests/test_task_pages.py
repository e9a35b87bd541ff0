"""Pages of the board and of tasks: what each person sees and does, and what stays when refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.kernel import clock
from gongkai.programme.tests.factories import TABLE, at, bound_now, office_of, officer_at

pytestmark = pytest.mark.django_db
ROWS = "".join(
    f"{n} |\n公开第{n}批重大交通建设项目的批准结果 |\n科技科 |\n2026年6月 |\n各部门 |\n||\n"
    for n in range(8, 48)
)
LONG = TABLE.replace("|||||\n", "科技科 |\n2026年6月 |\n各部门 |\n||\n") + ROWS


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(date(2026, 3, 2))):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def programme(side):
    return bound_now(side)


@pytest.fixture
def head(client, side):
    """A browser at which the head of the 科技信息科 is signed in."""
    client.force_login(side.section_head)
    return client


def text_of(response):
    return response.content.decode()


def url(name, row):
    return reverse(f"programme:{name}", args=[row.pk])


def asked(browser, where):
    browser.get(where)
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(where).status_code == 200
    return len(caught)


# -- the board ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["unit", "person", "part", "week", "nonsense"])
def test_the_board_groups_as_asked(client, side, programme, by):
    client.force_login(side.leader)
    where = f"{reverse('programme:board')}?by={by}&programme={programme.pk}"
    response = client.get(where)
    piles = response.context["piles"]
    assert piles
    labels = [pile.label for pile in piles]
    if by in ("unit", "nonsense"):
        assert {"办公室", "科技信息科"} <= set(labels)
    if by == "person":
        assert labels == ["还没有定人"]
    if by == "part":
        assert labels == ["一、夯实基础", "二、主动公开"]
    if by == "week":
        assert labels[0].startswith("本周")


def test_a_section_sees_its_own_part_of_the_board(head, side, programme):
    response = head.get(reverse("programme:board"))
    assert [pile.label for pile in response.context["piles"]] == ["科技信息科"]


@pytest.mark.parametrize("asked_for", ["abc", "999999", "-1"])
def test_a_board_of_what_is_not_there_is_empty_and_not_broken(client, side, programme, asked_for):
    client.force_login(side.leader)
    for word in ("programme", "unit"):
        assert client.get(f"{reverse('programme:board')}?{word}={asked_for}").status_code == 200


@pytest.mark.parametrize("name", ["board", "board?by=part", "board?by=week", "tasks"])
def test_lists_ask_the_same_however_many_tasks(client, side, programme, name):
    client.force_login(side.leader)
    page, _, query = name.partition("?")
    where = f"{reverse(f'programme:{page}')}?{query}"
    few = asked(client, where)
    bound_now(side, LONG)
    assert asked(client, where) <= few <= 60


def test_the_list_is_exported_in_the_persons_scope(head, programme):
    response = head.get(reverse("programme:tasks"), {"export": "csv"})
    rows = b"".join(response.streaming_content).decode()
    assert "检查局网站" in rows
    assert "修订信息公开指南" not in rows


# -- a task ------------------------------------------------------------------------------------


def test_a_task_asks_the_same_however_much_evidence(head, side, programme):
    task = programme.tasks.get(row=6)
    few = asked(head, url("task", task))
    for n in range(12):
        sent = {"unit": side.section.pk, "note": f"第{n}次检查"}
        assert head.post(url("add_evidence", task), sent).status_code == 302
    assert asked(head, url("task", task)) <= few + 2


def test_evidence_is_put_and_done_goes_to_the_page_of_the_work(head, side, programme):
    task = programme.tasks.get(row=1)
    duty = task.duties.get(unit=side.section).duty
    file = SimpleUploadedFile("名单.txt", "张三，科技信息科".encode())
    sent = {"unit": side.section.pk, "note": "名单已报备", "file": file, "duty": duty.pk}
    assert head.post(url("add_evidence", task), sent).status_code == 302
    page = text_of(head.get(url("task", task)))
    assert "名单已报备" in page
    assert "名单.txt" in page
    assert reverse("progress:work", args=[task.pk]) in page
    task.refresh_from_db()
    done = {"unit": side.section.pk, "duty": duty.pk, "version": task.version}
    response = head.post(url("report_done", task), {**done, "done_on": "2026-03-02"})
    assert response.status_code == 409
    assert "报完成要经科室负责人签认" in text_of(response)
    duty.refresh_from_db()
    assert duty.state == "open"


def test_history_is_recorded_without_a_signature(head, side):
    task = bound_now(side, history_until=date(2026, 2, 28)).tasks.get(row=1)
    duty = task.duties.get(unit=side.section).duty
    assert "还没有佐证，请先登记做了什么" in text_of(head.get(url("task", task)))
    head.post(url("add_evidence", task), {"unit": side.section.pk, "note": "名单已报备"})
    task.refresh_from_db()
    done = {"unit": side.section.pk, "duty": duty.pk, "version": task.version}
    response = head.post(url("report_done", task), {**done, "done_on": "2026-02-27"})
    assert response.status_code == 302
    duty.refresh_from_db()
    assert duty.state == "met"
    task.refresh_from_db()
    assert task.state == "open"  # 办公室 leads it too


@pytest.mark.parametrize("day", ["2026-02-30", "昨天", "2026-13-40"])
def test_an_impossible_day_is_said_and_nothing_done(head, side, day):
    task = bound_now(side, history_until=date(2026, 2, 28)).tasks.get(row=1)
    duty = task.duties.get(unit=side.section).duty
    head.post(url("add_evidence", task), {"unit": side.section.pk, "note": "已办"})
    task.refresh_from_db()
    sent = {"unit": side.section.pk, "duty": duty.pk, "version": task.version, "done_on": day}
    response = head.post(url("report_done", task), sent)
    assert response.status_code == 422
    assert day in text_of(response)
    duty.refresh_from_db()
    assert duty.state == "open"


@pytest.mark.parametrize(
    "sent",
    [
        {"what": "", "happened_on": "2026-03-02"},
        {"what": "批复下达", "happened_on": "2026-02-30"},
        {"what": "批复下达", "happened_on": ""},
    ],
)
def test_a_trigger_wants_what_and_a_possible_day(head, side, programme, sent):
    task = programme.tasks.get(row=3)
    words = {"unit": side.section.pk, "version": task.version, **sent}
    assert head.post(url("record_trigger", task), words).status_code == 422
    assert not task.triggers.exists()


def test_a_trigger_ahead_is_refused_with_what_was_typed(head, side, programme):
    task = programme.tasks.get(row=3)
    words = {"unit": side.section.pk, "version": task.version, "what": "清江三桥批复下达"}
    response = head.post(url("record_trigger", task), {**words, "happened_on": "2026-03-03"})
    assert response.status_code == 409
    assert "发生时间不能晚于现在" in text_of(response)
    assert "清江三桥批复下达" in text_of(response)
    task.refresh_from_db()
    fixed = {**words, "version": task.version, "happened_on": "2026-03-02"}
    assert head.post(url("record_trigger", task), fixed).status_code == 302
    assert "清江三桥批复下达" in text_of(head.get(url("task", task)))


def test_two_people_at_one_task_lose_nothing_typed(head, side, programme):
    """Somebody did something with the task since the page was opened."""
    task = programme.tasks.get(row=3)
    old = {"unit": side.section.pk, "version": task.version, "happened_on": "2026-03-02"}
    head.post(url("record_trigger", task), {**old, "what": "第一件"})
    response = head.post(url("record_trigger", task), {**old, "what": "第二件"})
    assert response.status_code == 409
    assert "别人刚刚改过这一条" in text_of(response)
    assert "第二件" in text_of(response)
    task.refresh_from_db()
    assert f'name="version" value="{task.version}"' in text_of(response)


def test_evidence_of_a_wrong_kind_is_refused_with_what_was_typed(head, side, programme):
    task = programme.tasks.get(row=1)
    file = SimpleUploadedFile("a.exe", b"MZ" + b"\x90" * 300)
    sent = {"unit": side.section.pk, "note": "见附件", "file": file}
    response = head.post(url("add_evidence", task), sent)
    assert response.status_code == 409
    assert "见附件" in text_of(response)
    assert not task.evidence.exists()


def test_another_section_may_look_at_no_task_but_its_own(client, side, programme):
    clerk = officer_at(office_of(side))
    client.force_login(clerk)
    theirs = programme.tasks.get(row=6)
    assert client.get(url("task", theirs)).status_code == 404
    shared = programme.tasks.get(row=1)
    assert client.get(url("task", shared)).status_code == 200
    sent = {"unit": side.section.pk, "note": "替他们办"}
    response = client.post(url("add_evidence", shared), sent)
    assert response.status_code == 403
    assert "请由该单位办理" in text_of(response)
    assert not shared.evidence.exists()


def test_the_superiors_date(client, side, programme):
    task = programme.tasks.get(row=5)
    client.force_login(side.openness_office)
    for on in ("2026-02-30", ""):
        sent = {"version": task.version, "on": on, "basis": "市通知"}
        assert client.post(url("set_superior_date", task), sent).status_code == 422
    sent = {"version": task.version, "on": "2026-03-01", "basis": "市通知"}
    response = client.post(url("set_superior_date", task), sent)
    assert response.status_code == 409
    assert "日期已经过去" in text_of(response)
    response = client.post(url("set_superior_date", task), {**sent, "on": "2026-09-30"})
    assert response.status_code == 302
    assert "2026年9月30日" in text_of(client.get(url("task", task)))
