"""A chain in which others sign before the document binds."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.approvals import api as approvals
from gongkai.kernel.refusal import Refused
from gongkai.programme import actions
from gongkai.programme.models import Programme
from gongkai.programme.states import CHAIN
from gongkai.programme.tests.factories import accept_all, office_of
from gongkai.programme.tests.pages import text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]


@pytest.fixture
def chain(side):
    """Let the deputy leader sign before the openness office."""
    steps = [
        approvals.Step(approvals.StepKind.SIGN, Role.DEPUTY_LEADER.value, 1, at_body=True),
        approvals.Step(approvals.StepKind.APPROVE, Role.OPENNESS_OFFICE.value, 2, at_body=True),
    ]
    return approvals.define_chain(
        actor=side.openness_office, code=CHAIN, name="任务分解下达", steps=steps, body=side.body
    )


@pytest.fixture
def accepted(side, document):
    accept_all(side, document)
    return document


def send(office, document):
    document.refresh_from_db()
    return office.post(url("send", document), {"version": document.version}, follow=True)


def sign_as(user, document):
    step = approvals.waiting_for(user)[0]
    approvals.sign(step, actor=user, digest=step.round.digest)


def bind(office, document):
    document.refresh_from_db()
    sent = {"version": document.version, "mode": "current"}
    return office.post(url("bind", document), sent, follow=True)


def test_the_page_says_that_others_sign_first_and_sends_it_round(office, side, chain, accepted):
    page = text_of(office.get(url("bind", accepted)))
    assert "下达前要签批" in page
    assert 'button-binding">下达' not in page
    page = text_of(send(office, accepted))
    assert "已送签" in page
    assert "正在签批" in page
    assert "分管领导" in page
    assert side.deputy_leader.full_name in page
    assert "待签" in page
    assert "未到" in page
    assert not Programme.objects.exists()


def test_it_binds_when_all_have_signed_and_not_before(office, side, chain, accepted):
    send(office, accepted)
    refused = text_of(bind(office, accepted))
    assert "还有人没有签批" in refused
    assert not Programme.objects.exists()
    sign_as(side.deputy_leader, accepted)
    assert "只差您签批" in text_of(office.get(url("bind", accepted)))
    assert 'button-binding">下达' in text_of(office.get(url("bind", accepted)))
    assert "已下达，共6项任务" in text_of(bind(office, accepted))
    state = approvals.newest_round(f"programme.document:{accepted.pk}").state
    assert state == approvals.RoundState.COMPLETE


def test_a_change_after_sending_asks_for_the_signatures_anew(office, side, chain, accepted):
    send(office, accepted)
    sign_as(side.deputy_leader, accepted)
    proposal = accepted.proposals.filter(state="accepted").first()
    proposal.refresh_from_db()
    actions.drop(
        proposal, actor=side.openness_office, expected=proposal.version, reason="已另行部署"
    )
    page = text_of(office.get(url("bind", accepted)))
    assert "内容已改，要重新送签" in page
    bind(office, accepted)
    assert not Programme.objects.exists()
    assert "正在签批" in text_of(send(office, accepted))


def test_who_is_asked_is_asked_no_more_when_the_text_changed(office, side, chain, accepted):
    send(office, accepted)
    step = approvals.waiting_for(side.deputy_leader)[0]
    proposal = accepted.proposals.filter(state="accepted").first()
    actions.correct(
        proposal, actor=side.openness_office, expected=proposal.version, text="明确专职人员名单"
    )
    assert not approvals.waiting_for(side.deputy_leader)
    with pytest.raises(Refused) as caught:
        approvals.sign(step, actor=side.deputy_leader, digest=step.round.digest)
    assert "approvals.closed" in caught.value.codes
    proposal.refresh_from_db()
    actions.accept(proposal, actor=side.openness_office, expected=proposal.version)
    send(office, accepted)
    assert approvals.waiting_for(side.deputy_leader)


def test_a_name_that_means_other_units_is_a_change(office, side, chain, accepted):
    send(office, accepted)
    name = accepted.names.get(text="科技科")
    actions.settle_name(
        name, actor=side.openness_office, units=[office_of(side)], expected=name.version
    )
    assert not approvals.waiting_for(side.deputy_leader)


def test_what_changes_nothing_leaves_the_signatures(office, side, chain, accepted):
    send(office, accepted)
    name = accepted.names.get(text="科技科")
    actions.settle_name(
        name, actor=side.openness_office, units=list(name.units.all()), expected=name.version
    )
    assert approvals.waiting_for(side.deputy_leader)


def test_a_withdrawn_document_is_not_signed(office, side, chain, accepted):
    send(office, accepted)
    accepted.refresh_from_db()
    actions.withdraw(
        accepted, actor=side.openness_office, expected=accepted.version, reason="另行发文"
    )
    assert not approvals.waiting_for(side.deputy_leader)


def test_what_was_returned_says_so_and_can_be_sent_again(office, side, chain, accepted):
    send(office, accepted)
    step = approvals.waiting_for(side.deputy_leader)[0]
    approvals.return_to_drafter(
        step, actor=side.deputy_leader, digest=step.round.digest, reason="第3项要明确时限"
    )
    assert "签批被退回" in text_of(office.get(url("bind", accepted)))
    assert "正在签批" in text_of(send(office, accepted))


def test_nobody_but_the_office_sends_and_nothing_open_is_sent(client, side, chain, document):
    with pytest.raises(Refused) as caught:
        actions.send_for_signature(document, actor=side.openness_office, expected=document.version)
    assert "programme.proposals_open" in caught.value.codes
    accept_all(side, document)
    with pytest.raises(Refused):
        actions.send_for_signature(document, actor=side.officer, expected=document.version)
    assert approvals.newest_round(f"programme.document:{document.pk}") is None


def test_one_step_of_ones_own_needs_no_sending(office, accepted):
    page = text_of(office.get(url("bind", accepted)))
    assert 'button-binding">下达' in page
    assert "送签" not in page


def test_the_chain_that_the_office_set_on_its_page_is_the_one_that_runs(office, side, accepted):
    where = reverse("approvals:chain", args=[side.body.pk, CHAIN])
    rows = {"r0-kind": "sign", "r0-role": "openness_office", "r1-kind": "approve"}
    sent = {"rows": 2, "number": 0, "do": "save", **rows, "r1-role": "leader", "r1-four_eyes": "on"}
    assert office.post(where, sent).status_code == 302
    page = text_of(office.get(url("bind", accepted)))
    assert side.leader.full_name in page
    page = text_of(send(office, accepted))
    assert "去签批" in page
    sign_as(side.openness_office, accepted)
    assert "看签批进度" in text_of(office.get(url("bind", accepted)))
    sign_as(side.leader, accepted)
    page = text_of(office.get(url("bind", accepted)))
    assert "已签齐" in page
    assert "已下达，共6项任务" in text_of(bind(office, accepted))


def test_a_chain_that_only_the_sender_could_sign_is_refused(office, side):
    where = reverse("approvals:chain", args=[side.body.pk, CHAIN])
    rows = {"r0-kind": "approve", "r0-role": "openness_office", "r0-four_eyes": "on"}
    page = office.post(where, {"rows": 1, "number": 0, "do": "save", **rows})
    assert page.status_code == 409
    assert "第1步须由另一人签" in text_of(page)
    assert approvals.chain_in_force(CHAIN, side.body).body is None
