"""The pages of signing: who sees which, what the forms do, how they look."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from gongkai.accounts.api import Role
from gongkai.accounts.tests.world import make_world
from gongkai.approvals import actions, api
from gongkai.approvals.models import Round
from gongkai.approvals.states import RoundState, StepKind, StepState
from gongkai.approvals.tests.factories import (
    FIRST,
    LEADER,
    SECOND,
    SUBJECT,
    countersign,
    define,
    sign_all,
    start,
    step_of,
)


def page(user, round_):
    client = Client()
    client.force_login(user)
    return client.get(reverse("approvals:round", args=[round_.pk]))


def post(user, name, step, prefix, **data):
    client = Client()
    client.force_login(user)
    given = {f"{prefix}{step.pk}-{field}": value for field, value in data.items()}
    return client.post(reverse(f"approvals:{name}", args=[step.pk]), given)


@pytest.mark.django_db
class TestRoundPage:
    def test_who_is_asked_has_the_buttons_and_others_do_not(self, world):
        define()
        round_ = start(world)
        asked = page(world.own.section_head, round_).content.decode()
        assert "同意（审核）" in asked
        assert "转请他人签" in asked
        assert FIRST in asked
        for person in (world.own.officer, world.own.leader, world.own.auditor):
            shown = page(person, round_).content.decode()
            assert "等own科室负责人审核" in shown
            assert "同意（" not in shown

    def test_other_units_and_the_administrator_do_not_find_it(self, world):
        define()
        round_ = start(world)
        for person in [*world.other.people.values(), world.own.platform_admin]:
            assert page(person, round_).status_code == 404

    def test_the_chain_tells_who_signed_for_whom_and_what_was_kept(self, world):
        define(countersign(world.other.section, keeps=True), LEADER)
        round_ = start(world)
        taker = world.own.deputy_leader
        actions.sign(
            step_of(round_, StepKind.COUNTERSIGN), actor=world.other.section_head, digest=FIRST
        )
        actions.reopen_for(SUBJECT, digest=SECOND, actor=world.own.officer)
        new = Round.objects.get(state=RoundState.OPEN)
        step = step_of(new, StepKind.APPROVE)
        actions.delegate_step(step, actor=world.own.leader, person=taker)
        actions.sign(step, actor=taker, digest=SECOND, comment="请按期发布。")
        shown = page(world.own.officer, new).content.decode()
        for words in [
            "沿用上一版的会签",
            "own分管领导（代own主要领导）",
            "请按期发布。",
            "其他各轮",
        ]:
            assert words in shown
        assert "这一轮作废" in page(world.own.officer, round_).content.decode()

    def test_a_greyed_button_says_why(self, world):
        from gongkai.accounts.api import appoint

        appoint(actor=None, user=world.own.leader, unit=world.own.section, role=Role.SECTION_HEAD)
        define()
        shown = page(world.own.section_head, start(world, drafter=world.own.section_head))
        assert "起草或送签的人不能签这一步，请由另一人签。" in shown.content.decode()

    def test_a_long_history_costs_no_more_queries(self, world, django_assert_max_num_queries):
        define()
        for n in range(6):
            start(world, version=f"{n}" * 64)
        head = world.own.section_head
        client = Client()
        client.force_login(head)
        with django_assert_max_num_queries(45):
            client.get(reverse("approvals:round", args=[Round.objects.latest("id").pk]))


@pytest.mark.django_db
class TestForms:
    def test_signing(self, world):
        define()
        step = step_of(start(world), StepKind.SIGN)
        head = world.own.section_head
        answer = post(head, "sign", step, "s", digest=FIRST, comment="同意。")
        assert answer.status_code == 302
        step = step_of(step.round, StepKind.SIGN)
        assert (step.state, step.comment) == (StepState.SIGNED, "同意。")

    def test_what_changed_meanwhile_is_not_signed(self, world):
        define()
        step = step_of(start(world), StepKind.SIGN)
        actions.reopen_for(SUBJECT, digest=SECOND, actor=world.own.officer)
        answer = post(world.own.section_head, "sign", step, "s", digest=FIRST)
        assert answer.status_code == 409
        assert "内容已改" in answer.content.decode()
        answer = post(world.own.section_head, "sign", step, "s", digest=SECOND)
        assert answer.status_code == 409
        assert step_of(step.round, StepKind.SIGN).state == StepState.CLOSED

    def test_sending_back_asks_for_the_reason_in_place(self, world):
        define()
        step = step_of(start(world), StepKind.SIGN)
        head = world.own.section_head
        answer = post(head, "return", step, "r", digest=FIRST, reason="")
        assert answer.status_code == 422
        assert "退回要写明原因。" in answer.content.decode()
        assert post(head, "return", step, "r", digest=FIRST, reason="缺附件").status_code == 302
        assert api.state_of(SUBJECT, FIRST) is RoundState.RETURNED

    def test_handing_on_offers_colleagues_and_takes_no_others(self, world):
        define()
        step = step_of(start(world), StepKind.SIGN)
        head, taker = world.own.section_head, world.own.deputy_leader
        shown = page(head, step.round).content.decode()
        assert "own分管领导（清江市交通运输局）" in shown
        for barred in ("own审计员（", "own平台管理员（", "other主要领导（", "own科室负责人（"):
            assert barred not in shown
        answer = post(head, "hand_on", step, "h", person=world.other.leader.pk)
        assert answer.status_code == 422
        answer = post(head, "hand_on", step, "h", person=world.own.officer.pk)
        assert answer.status_code == 422
        assert "起草或送签的人不能签这一步" in answer.content.decode()
        assert post(head, "hand_on", step, "h", person=taker.pk).status_code == 302
        assert step_of(step.round, StepKind.SIGN).person == taker

    def test_who_is_not_asked_changes_nothing(self, world):
        define()
        step = step_of(start(world), StepKind.SIGN)
        names = [
            ("sign", "s", {"digest": FIRST}),
            ("return", "r", {"digest": FIRST, "reason": "请改"}),
            ("hand_on", "h", {"person": world.own.leader.pk}),
        ]
        for name, prefix, data in names:
            answer = post(world.own.deputy_leader, name, step, prefix, **data)
            assert answer.status_code == 403
            answer = post(world.other.section_head, name, step, prefix, **data)
            assert answer.status_code == 404
        step = step_of(step.round, StepKind.SIGN)
        assert (step.state, step.person) == (StepState.READY, None)


@pytest.mark.django_db
class TestLists:
    def test_each_list_holds_its_own(self, world, client):
        define()
        round_ = start(world)
        for user, name, there in [
            (world.own.section_head, "waiting", True),
            (world.own.leader, "waiting", False),
            (world.own.section_head, "signed", False),
            (world.own.officer, "sent", True),
            (world.own.leader, "sent", False),
        ]:
            client.force_login(user)
            shown = client.get(reverse(f"approvals:{name}")).content.decode()
            assert ("公开指南" in shown) == there
        sign_all(world, round_)
        client.force_login(world.own.section_head)
        assert "公开指南" in client.get(reverse("approvals:signed")).content.decode()
        assert "公开指南" not in client.get(reverse("approvals:waiting")).content.decode()

    @pytest.mark.parametrize("name", ["waiting", "signed", "sent"])
    def test_more_rows_cost_no_more_queries(self, world, django_assert_num_queries, name):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        define()
        user = world.own.officer if name == "sent" else world.own.section_head

        def count():
            client = Client()
            client.force_login(user)
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(f"approvals:{name}"))
            return len(queries)

        def more(n):
            for i in range(n):
                round_ = start(world, subject=f"tests.paper:{name}{n}{i}")
                if name == "signed":
                    actions.sign(step_of(round_, StepKind.SIGN), actor=user, digest=FIRST)

        more(1)
        one = count()
        more(5)
        assert count() == one

    def test_the_badge_counts_what_waits(self, world, client):
        define()
        start(world)
        client.force_login(world.own.section_head)
        assert '<span class="badge">' in client.get(reverse("approvals:sent")).content.decode()
        assert api.count_waiting(world.own.section_head) == 1
        client.force_login(world.own.leader)
        assert '<span class="badge">' not in client.get(reverse("approvals:sent")).content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_leader_signs_on_a_phone(browser_page, transactional_db):
    world = make_world()
    define(countersign(world.own.section, world.other.section), LEADER)
    round_ = start(world)
    for step, head in [(0, world.own.section_head), (1, world.other.section_head)]:
        step = step_of(round_, StepKind.COUNTERSIGN, step)
        actions.sign(step, actor=head, digest=FIRST, comment="无不同意见。")
    visitor = browser_page
    visitor.sign_in(world.own.leader)
    assert visitor.look(reverse("approvals:waiting"), "approvals-waiting") == []
    visitor.narrow()
    here = visitor.go(reverse("approvals:waiting"))
    here.get_by_role("link", name="公开指南").first.click()
    here.get_by_text("同意（签批）", exact=True).first.click()
    assert visitor.look(reverse("approvals:round", args=[round_.pk]), "approvals-round") == []
    visitor.narrow()
    here.locator("summary", has_text="同意（签批）").click()
    here.get_by_label("意见").fill("同意发布。")
    here.locator("form.opened:visible button[type=submit]").click()
    expect(here.get_by_text("已签齐").first).to_be_visible()
    visitor.shot("approvals-round-done")
    visitor.wide()
    visitor.shot("approvals-round-done")
    assert visitor.axe() == []
    assert api.is_complete(SUBJECT, FIRST)
