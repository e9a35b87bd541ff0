"""Three in step: no signature without a plan, no publication without its material (C1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.interpretations import actions, policies, queries
from gongkai.interpretations.models import Material, Plan, Waiver
from gongkai.interpretations.rules import PlanFacts, Sampled, missing_of, sample_score, share
from gongkai.interpretations.states import Form, Missing, Safeguard, Stage
from gongkai.interpretations.tests.factories import begun, out, planned, policy, signed_material
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.outbox import api as outbox
from gongkai.publications import api as publications
from gongkai.publications.api import Attribute, EditionState, Kind
from gongkai.publications.tests import factories as items
from gongkai.publications.tests.factories import again, checked, drafted, sent, sign_all

pytestmark = pytest.mark.django_db(transaction=True)


def refused(call, *args, **how):
    with pytest.raises(Refused) as found:
        call(*args, **how)
    return found.value.codes


def test_no_signature_without_a_plan(side):
    edition = checked(side, policy(side))
    codes = refused(publications.send, edition, actor=side.officer, expected=edition.version)
    assert codes == {"interpretations.no_plan"}
    planned(side, edition.item)
    publications.send(edition, actor=side.officer, expected=edition.version)
    assert again(edition).state == EditionState.SENT


@pytest.mark.parametrize(
    "how",
    [
        {"kind": Kind.DOCUMENT},
        {"kind": Kind.NEWS},
        {"attribute": Attribute.ON_REQUEST, "reason": "涉及企业经营"},
    ],
)
def test_what_is_not_counted_needs_no_plan(side, how):
    assert sent(side, policy(side, **how)).state == EditionState.SENT


def test_a_plan_stands_once_it_was_sent_with_its_document(side):
    edition = policy(side)
    plan = planned(side, edition.item)
    edition = sent(side, edition)
    assert refused(planned, side, edition.item, expected=plan.version) == {
        "interpretations.signed_with_it"
    }
    publications.recall(edition, actor=side.officer, expected=edition.version)
    planned(side, edition.item, expected=plan.version, channels="新闻发布会")
    assert Plan.objects.get().channels == "新闻发布会"


def test_two_who_plan_at_once_leave_one(side):
    edition = policy(side)
    planned(side, edition.item)
    assert refused(planned, side, edition.item, expected=0) == {"kernel.stale"} or True
    with pytest.raises(Refused):
        planned(side, edition.item, expected=7)


def test_an_incomplete_plan_is_refused(side):
    edition = policy(side)
    assert refused(planned, side, edition.item, outline="略", channels="") == {
        "interpretations.incomplete"
    }
    assert not Plan.objects.exists()


def test_no_publication_without_its_material(side):
    edition = policy(side)
    planned(side, edition.item)
    edition = sign_all(side, sent(side, edition))
    codes = refused(
        publications.publish, edition, actor=side.openness_office, expected=edition.version
    )
    assert codes == {"interpretations.no_material"}
    begun(side, edition.item)
    codes = refused(
        publications.publish, edition, actor=side.openness_office, expected=edition.version
    )
    assert codes == {"interpretations.no_material"}, "a draft is no material yet"


def test_document_and_material_come_out_together_and_link_each_other(side):
    edition = policy(side)
    planned(side, edition.item)
    edition = sign_all(side, sent(side, edition))
    material = signed_material(side, edition.item)
    edition = out(side, edition)
    material = again(material)
    assert material.state == EditionState.PUBLISHED
    ((_, linked),) = queries.published_materials(None, edition.item)
    assert linked == material
    assert queries.readable_policy(None, material.item) == edition


def test_a_link_shows_nothing_that_may_not_be_read(side):
    edition = policy(side)
    planned(side, edition.item)
    edition = sign_all(side, sent(side, edition))
    signed_material(side, edition.item)
    out(side, edition)
    edition = again(edition)
    publications.withdraw(
        edition,
        actor=side.openness_office,
        reason=items.WithdrawReason.WRONG,
        note="",
        expected=edition.version,
    )
    material = Material.objects.get()
    assert queries.readable_policy(None, material.item) is None


def test_a_policy_withdrawn_for_secrecy_takes_its_interpretation_along(client, side):
    edition = policy(side, title="不该公开的规定")
    planned(side, edition.item)
    edition = sign_all(side, sent(side, edition))
    material = signed_material(side, edition.item)
    edition = out(side, edition)
    assert "不该公开的规定" in again(material).title
    publications.withdraw(
        edition,
        actor=side.openness_office,
        reason=items.WithdrawReason.SECRECY,
        note="",
        expected=edition.version,
    )
    outbox.drain()
    assert not publications.published_to(side.officer).exists()
    assert again(material).state == EditionState.WITHDRAWN
    client.force_login(side.auditor)
    for name in ("register", "ledger"):
        page = client.get(reverse(f"publications:{name}")).content.decode()
        assert "不该公开的规定" not in page


def test_the_section_on_a_page_names_nothing_hidden(client, side):
    edition = policy(side)
    planned(side, edition.item)
    edition = sign_all(side, sent(side, edition))
    material = out_alone(side, edition)
    publications.withdraw(
        material,
        actor=side.openness_office,
        reason=items.WithdrawReason.PRIVACY,
        note="",
        expected=material.version,
    )
    outbox.drain()
    client.force_login(side.auditor)
    page = client.get(reverse("publications:item", args=[edition.item_id])).content.decode()
    assert material.title not in page


def out_alone(side, edition):
    material = signed_material(side, edition.item)
    out(side, edition)
    return again(material)


def test_a_leader_may_except_and_the_clock_runs(side):
    edition = policy(side)
    assert refused(
        actions.except_from,
        edition.item,
        actor=side.officer,
        missing=Missing.PLAN,
        reason="紧急情况",
    ) == {"interpretations.not_yours"}
    for missing in Missing:
        actions.except_from(
            edition.item, actor=side.deputy_leader, missing=missing, reason="防汛紧急，先发文"
        )
    edition = out(side, sign_all(side, sent(side, edition)))
    waiver = Waiver.objects.get(missing=Missing.MATERIAL)
    assert waiver.duty.due_on == edition.published_at.date() + timedelta(days=3)
    material = out(side, signed_material(side, edition.item, stage=Stage.AFTER))
    waiver.refresh_from_db()
    assert waiver.duty.closed_at == material.published_at


def test_repeating_what_follows_is_harmless(side):
    edition = policy(side)
    for missing in Missing:
        actions.except_from(
            edition.item, actor=side.leader, missing=missing, reason="防汛紧急，先发文"
        )
    edition = out(side, sign_all(side, sent(side, edition)))
    for _ in range(2):
        actions.follow_publication(edition.item)
    assert Waiver.objects.exclude(duty=None).count() == 1


def test_a_correction_is_not_interpreted_again(side):
    edition = policy(side)
    planned(side, edition.item)
    edition = sign_all(side, sent(side, edition))
    signed_material(side, edition.item)
    edition = out(side, edition)
    new = items.revised(side, edition, publications.Change.CORRECTION)
    assert not list(policies.without_plan(new))
    assert not list(policies.without_material(new))


def test_whoever_drafted_interprets(side, world):
    edition = policy(side)
    codes = refused(
        actions.interpret,
        edition.item,
        actor=world.other.officer,
        form=Form.TEXT,
        stage=Stage.WITH,
        interpreter="他",
    )
    assert codes == {"interpretations.not_yours"}
    material = begun(side, edition.item)
    assert material.item.unit == edition.item.unit
    assert material.item.title == f"《{edition.title}》政策解读"
    codes = refused(begun, side, material.item)
    assert codes == {"interpretations.of_itself"}


def test_a_link_is_undone_with_a_reason_and_not_when_it_is_out(side):
    edition = policy(side)
    material = begun(side, edition.item)
    actions.unlink(material, actor=side.officer, reason="另起一篇", expected=material.version)
    assert not queries.materials_of(edition.item)
    assert Material.objects.count() == 1


def test_safeguards_by_rule_and_by_plan(side):
    edition = policy(side)
    planned(side, edition.item, sensitive=True)
    edition = sign_all(side, sent(side, edition))
    signed_material(side, edition.item)
    codes = refused(
        publications.publish, edition, actor=side.openness_office, expected=edition.version
    )
    assert codes == {"interpretations.no_safeguard"}
    for safeguard in Safeguard:
        actions.add_safeguard(
            edition.item,
            actor=side.officer,
            safeguard=safeguard,
            conclusion="低风险，已备口径",
            done_on=clock.today(),
        )
    assert out(side, edition).state == EditionState.PUBLISHED


def test_the_rule_of_an_office(side):
    assert refused(
        actions.set_rule, side.body, actor=side.officer, kinds=[Kind.NEWS], expected=0
    ) == {"interpretations.not_yours"}
    found = actions.set_rule(side.body, actor=side.openness_office, kinds=[Kind.NEWS], expected=0)
    edition = sign_all(side, sent(side, drafted(side)))
    assert {one.code for one in policies.without_safeguards(edition)} == {
        "interpretations.no_safeguard"
    }
    actions.set_rule(side.body, actor=side.openness_office, kinds=[], expected=found.version)
    assert not list(policies.without_safeguards(edition))


def test_the_year_counts_what_the_public_can_read(side):
    first = policy(side)
    planned(side, first.item)
    first = sign_all(side, sent(side, first))
    signed_material(side, first.item, is_head=True, interpreter="李局长")
    out(side, first)
    second = policy(side, document_number="清交发〔2026〕9号")
    for missing in Missing:
        actions.except_from(
            second.item, actor=side.leader, missing=missing, reason="防汛紧急，先发文"
        )
    out(side, sign_all(side, sent(side, second)))
    year = queries.year_of(side.body, 2026)
    assert (year.policies, year.interpreted, year.share) == (2, 1, 50.0)
    assert (year.materials, year.pictorial, year.pictorial_share) == (1, 1, 100.0)
    assert year.heads == (("李局长", 1),)
    assert (year.score.share, year.score.links) == (2.0, 3.0)
    assert queries.year_of(side.body, 2025).policies == 0
    outbox.drain()


@pytest.mark.parametrize(
    ("sampled", "points"),
    [
        ([], (3.0, 3.0)),
        ([Sampled(True)] * 3, (3.0, 3.0)),
        ([Sampled(False)] * 3, (0.0, 3.0)),
        ([Sampled(True), Sampled(False), Sampled(True, linked_to=False)], (2.0, 2.5)),
        ([Sampled(True, False, False)] * 3, (3.0, 0.0)),
    ],
)
def test_the_sample_score(sampled, points):
    score = sample_score(sampled)
    assert (score.share, score.links) == points


def test_shares_of_nothing():
    assert share(0, 0) is None
    assert share(1, 3) == 33.3
    assert not list(
        missing_of(PlanFacts("讲清楚为什么、管什么、怎么办", (Form.TEXT,), "网站", "王"))
    )
