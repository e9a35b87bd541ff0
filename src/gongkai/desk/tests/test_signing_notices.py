"""Signing becomes notices: to whose turn it is, and to who sent it; through the real outbox."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.approvals import api as approvals
from gongkai.approvals.api import Step, StepKind
from gongkai.desk.jobs import tell_about_round
from gongkai.kernel.identifiers import subject_key
from gongkai.notices.models import Notice
from gongkai.outbox import api as outbox

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "tests.notices"
HEAD = Step(StepKind.SIGN, Role.SECTION_HEAD, 1)
CLEAR = Step(StepKind.CLEAR_SECRECY, Role.SECRECY_REVIEWER, 2, at_body=True)
LEADER = Step(StepKind.APPROVE, Role.LEADER, 3, at_body=True)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def send(world):
    def send(*steps, text="第一稿", actor=None):
        approvals.define_chain(
            actor=None, code=CODE, name="信息发布", steps=steps or (HEAD, CLEAR, LEADER)
        )
        return approvals.start_round(
            chain=CODE,
            subject="tests.paper:1",
            digest=digest(text),
            unit=world.own.section,
            actor=actor or world.own.officer,
            title="公开指南",
            url="/health",
        )

    return send


def heard(user, kind=""):
    outbox.drain(strict=True)
    rows = Notice.objects.filter(user=user, kind__startswith=f"approvals.{kind}").order_by("id")
    return [row.sentence for row in rows]


def sign(world, round_, user, **more):
    step = next(s for s in approvals.ready_steps(round_) if s.state == "ready")
    return approvals.sign(step, actor=user, digest=round_.digest, **more)


def test_whose_turn_it_is_is_told_and_led_to_the_page_where_it_is_signed(world, send, client):
    round_ = send()
    assert heard(world.own.section_head) == ["“公开指南”等您审核，own信息员送来。"]
    assert heard(world.own.leader) == []
    client.force_login(world.own.section_head)
    notice = Notice.objects.get(user=world.own.section_head)
    page = client.get(reverse("notices:open", args=[notice.pk]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("approvals:round", args=[round_.pk])
    assert "同意（审核）" in page.content.decode()


def test_each_step_reached_is_told_once_however_often_it_is_heard(world, send):
    round_ = send()
    heard(world.own.section_head)
    round_ = sign(world, round_, world.own.section_head)
    for _ in range(2):
        tell_about_round(subject_key(round_), set())
    assert heard(world.own.secrecy_reviewer) == ["“公开指南”等您保密审查，own信息员送来。"]
    assert len(heard(world.own.section_head)) == 1


def test_who_sent_it_hears_that_all_have_signed(world, send):
    round_ = send()
    for role in (Role.SECTION_HEAD, Role.SECRECY_REVIEWER, Role.LEADER):
        round_ = sign(world, round_, world.own.people[role])
    assert heard(world.own.officer) == ["“公开指南”已签齐，可以往下办了。"]
    assert Notice.objects.get(user=world.own.officer).url == "/health"


def test_who_signs_alone_hears_nothing(world):
    approvals.define_chain(actor=None, code=CODE, name="信息发布", steps=[HEAD])
    approvals.sign_through(
        chain=CODE,
        subject="tests.paper:1",
        digest=digest("稿"),
        unit=world.own.section,
        actor=world.own.section_head,
    )
    assert heard(world.own.section_head) == []


def test_who_sent_it_hears_that_and_why_it_came_back(world, send):
    round_ = send()
    step = approvals.ready_steps(round_).get()
    approvals.return_to_drafter(
        step, actor=world.own.section_head, digest=round_.digest, reason="数据要核对"
    )
    assert heard(world.own.officer) == ["“公开指南”被own科室负责人退回：数据要核对"]


def test_who_is_asked_by_name_hears_by_whom(world, send):
    round_ = send()
    step = approvals.ready_steps(round_).get()
    approvals.delegate_step(step, actor=world.own.section_head, person=world.own.deputy_leader)
    assert heard(world.own.deputy_leader) == ["“公开指南”等您审核，own科室负责人转请您代签。"]


def test_who_signed_hears_that_the_text_changed(world, send):
    sign(world, send(), world.own.section_head)
    send(text="第二稿")
    assert heard(world.own.section_head, "superseded") == [
        "“公开指南”送签后内容改过，您原来的签字不再算数。改好后会再送您。"
    ]
    assert heard(world.own.section_head, "turn")[-1] == "“公开指南”等您审核，own信息员送来。"
    assert heard(world.own.secrecy_reviewer, "superseded") == []


def test_a_second_pair_of_eyes_is_asked_and_not_the_drafter(world, send):
    send(Step(StepKind.SIGN, Role.SECTION_HEAD, 1), actor=world.own.section_head)
    assert len(heard(world.own.section_head, "turn")) == 1
    Notice.objects.all().delete()
    eyes = Step(StepKind.APPROVE, Role.LEADER, 1, at_body=True, four_eyes=True)
    round_ = send(eyes, text="第三稿", actor=world.own.section_head)
    assert [people for _, people in approvals.asked_now(round_)] == [[world.own.leader]]
    assert heard(world.own.section_head, "turn") == []
