"""No path publishes what is not cleared: every address, every verb and the clock are tried."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.approvals import api as approvals
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refused
from gongkai.outbox import api as outbox
from gongkai.publications import actions, policies
from gongkai.publications.models import Edition, Publication
from gongkai.publications.states import EditionState
from gongkai.publications.tests.factories import (
    again,
    checked,
    drafted,
    published,
    revised,
    sent,
    sign_all,
    signed,
    withdrawn,
)
from gongkai.publications.urls import urlpatterns

pytestmark = pytest.mark.django_db(transaction=True)

WHO = (Role.OFFICER, Role.OPENNESS_OFFICE, Role.LEADER)


def returned(side):
    edition = sent(side)
    round_ = approvals.newest_round(subject_key(edition))
    (step,) = approvals.ready_steps(round_)
    approvals.return_to_drafter(step, actor=side.section_head, digest=edition.digest, reason="再改")
    outbox.drain()
    return again(edition)


def head_signed_only(side):
    edition = sent(side)
    round_ = approvals.newest_round(subject_key(edition))
    (step,) = approvals.ready_steps(round_)
    approvals.sign(step, actor=side.section_head, digest=edition.digest)
    return again(edition)


def recalled(side):
    edition = signed(side)
    actions.recall(edition, actor=side.officer, expected=edition.version)
    return again(edition)


def changed_after_signing(side):
    edition = signed(side)
    Edition.objects.filter(pk=edition.pk).update(text="<p>换了</p>")
    return again(edition)


def said_to_be_signed(side):
    edition = checked(side, drafted(side))
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SIGNED)
    return again(edition)


def said_to_be_scheduled(side):
    edition = checked(side, drafted(side))
    due = clock.now() - timedelta(minutes=1)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SCHEDULED, publish_at=due)
    return again(edition)


def dropped(side):
    edition = drafted(side)
    actions.drop(edition, actor=side.officer, reason="不办了", expected=edition.version)
    return again(edition)


UNCLEARED = [
    drafted,
    returned,
    head_signed_only,
    recalled,
    changed_after_signing,
    said_to_be_signed,
    said_to_be_scheduled,
    dropped,
]
POSTED = {
    "reason": "wrong",
    "note": "情况",
    "emergency": "on",
    "at_0": "2026-03-02",
    "at_1": "23:59",
    "title": "标题",
    "kind": "news",
    "attribute": "proactive",
    "audience": "public",
}


def addresses():
    """Every address of the app that an edition or its item can be named in."""
    return [pattern.name for pattern in urlpatterns if "<int:pk>" in str(pattern.pattern)]


@pytest.mark.parametrize("make", UNCLEARED, ids=lambda make: make.__name__)
def test_no_address_publishes_what_is_not_cleared(client, side, make):
    edition = make(side)
    for name in addresses():
        for role in WHO:
            edition = again(edition)
            client.force_login(side.people[role])
            for pk in {edition.pk, edition.item_id}:
                where = reverse(f"publications:{name}", args=[pk])
                data = {**POSTED, "version": edition.version}
                client.post(where, data)
                assert not policies.published_to(side.leader).exists(), (name, role)
        if again(edition).state in (EditionState.DROPPED, EditionState.DRAFT):
            edition = make(side)
    outbox.drain()
    actions.publish_due(clock.now())
    assert not policies.published_to(side.leader).exists()
    assert not Publication.objects.exists()


@pytest.mark.parametrize("make", UNCLEARED, ids=lambda make: make.__name__)
@pytest.mark.parametrize("verb", ["publish", "schedule", "restore", "file"])
def test_no_verb_publishes_what_is_not_cleared(side, make, verb):
    edition = make(side)
    how = {"at": clock.now() + timedelta(hours=1)} if verb == "schedule" else {}
    with pytest.raises(Refused):
        getattr(actions, verb)(edition, actor=side.openness_office, expected=edition.version, **how)
    assert again(edition).state == edition.state
    assert not Publication.objects.exists()


def test_the_clock_publishes_nothing_that_is_not_cleared(side):
    edition = said_to_be_scheduled(side)
    actions.publish_due(clock.now())
    assert again(edition).state == EditionState.SIGNED
    assert not Publication.objects.exists()


def test_an_old_clearance_clears_no_new_edition(side):
    new = revised(side, published(side))
    Edition.objects.filter(pk=new.pk).update(state=EditionState.SIGNED)
    new = again(new)
    with pytest.raises(Refused):
        actions.publish(new, actor=side.openness_office, expected=new.version)


def test_what_was_changed_while_withdrawn_is_not_restored(side):
    from gongkai.publications.states import WithdrawReason

    edition = withdrawn(side, published(side), WithdrawReason.WRONG)
    Edition.objects.filter(pk=edition.pk).update(title="换了题")
    edition = again(edition)
    with pytest.raises(Refused):
        actions.restore(edition, actor=side.openness_office, expected=edition.version)
    assert not policies.published_to(None).exists()


def test_what_lies_in_the_store_must_be_what_was_cleared_to_come_out_again(side):
    from gongkai.files import storage
    from gongkai.publications.states import WithdrawReason
    from gongkai.publications.tests.factories import with_file

    edition = sign_all(side, sent(side, with_file(side, drafted(side))))
    actions.publish(edition, actor=side.openness_office, expected=edition.version)
    edition = withdrawn(side, edition, WithdrawReason.WRONG)
    (row,) = edition.files.all()
    path = storage.path_of(storage.ACCEPTED, row.file.key)
    path.chmod(0o640)
    path.write_bytes(b"exchanged")
    with pytest.raises(Refused, match="与审签时的不一致"):
        actions.restore(edition, actor=side.openness_office, expected=edition.version)
    assert not policies.published_to(None).exists()
