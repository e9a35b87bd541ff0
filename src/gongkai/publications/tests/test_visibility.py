"""One gate for readers, tried over state, audience, viewer and way of reading."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.publications import actions, policies, queries
from gongkai.publications.states import Attribute, Audience, FileRole, WithdrawReason
from gongkai.publications.tests.factories import (
    again,
    drafted,
    published,
    revised,
    sent,
    sign_all,
    signed,
    what,
    with_file,
    withdrawn,
)

pytestmark = pytest.mark.django_db(transaction=True)


def out(side, **how):
    """An item with an attachment and a closed original that is out."""
    edition = drafted(side, attribute=Attribute.REDACTED, **how)
    edition = with_file(side, edition, b"for all", "all.txt")
    edition = with_file(side, edition, b"not for all", "closed.txt", FileRole.ORIGINAL)
    edition = sign_all(side, sent(side, edition))
    actions.publish(edition, actor=side.openness_office, expected=edition.version)
    return again(edition)


STATES = {
    "draft": lambda side: with_file(side, drafted(side)),
    "sent": lambda side: sent(side, with_file(side, drafted(side))),
    "signed": lambda side: signed(side),
    "withdrawn": lambda side: withdrawn(side, out(side), WithdrawReason.WRONG),
    "hidden": lambda side: withdrawn(side, out(side), WithdrawReason.SECRECY),
    "system": lambda side: out(side, audience=Audience.SYSTEM),
    "named": lambda side: out(side, audience=Audience.NAMED, readers=[side.section]),
}


@pytest.mark.parametrize("state", STATES)
def test_the_public_gets_none_of_it(side, state):
    STATES[state](side)
    for nobody in (None, AnonymousUser()):
        assert not policies.published_to(nobody).exists()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.OPENNESS_OFFICE, Role.PLATFORM_ADMIN])
def test_another_body_gets_only_what_is_published_to_it(client, side, world, state, role):
    edition = STATES[state](side)
    stranger = world.other.people[role]
    client.force_login(stranger)
    gets = state == "system" and role is not Role.PLATFORM_ADMIN
    read = client.get(reverse("publications:read", args=[edition.item_id]))
    assert read.status_code == (200 if gets else 404)
    for name, pk in (("item", edition.item_id), ("edition", edition.pk), ("edit", edition.pk)):
        assert client.get(reverse(f"publications:{name}", args=[pk])).status_code == 404
    for name in ("register", "ledger"):
        where = reverse(f"publications:{name}")
        for ask in ("", "?export=csv"):
            answer = client.get(where + ask)
            said = (
                b"".join(answer.streaming_content) if answer.streaming else answer.content
            ).decode()
            assert edition.title not in said
    for row in queries.files_of(edition):
        found = files.visible_file(stranger, row.file_id)
        wanted = gets and row.role == FileRole.ATTACHMENT
        assert (found is not None) == wanted, row.role


def test_who_is_named_reads_with_all_below(side, world):
    edition = out(side, audience=Audience.NAMED, readers=[world.other.body])
    for role in (Role.OFFICER, Role.LEADER):
        assert policies.readable(world.other.people[role], edition.item) == edition
    assert policies.readable(world.other.platform_admin, edition.item) is None
    assert policies.readable(None, edition.item) is None


def test_who_is_no_longer_named_reads_no_more(side, world):
    edition = out(side, audience=Audience.NAMED, readers=[world.other.body])
    new = revised(side, edition)
    other = what(audience=Audience.NAMED, readers=[side.body], attribute=Attribute.REDACTED)
    actions.save(new, actor=side.officer, what=other, expected=new.version)
    new = sign_all(side, sent(side, again(new)))
    actions.publish(new, actor=side.openness_office, expected=new.version)
    assert policies.readable(world.other.officer, new.item) is None
    assert policies.readable(side.officer, new.item) == again(new)


def test_the_public_gets_what_is_published_and_no_draft_of_it(side):
    edition = published(side, title="公开的标题")
    new = revised(side, edition)
    draft = what(title="还没公开的标题")
    actions.save(new, actor=side.officer, what=draft, expected=new.version)
    assert [row.title for row in policies.published_to(None)] == ["公开的标题"]


@pytest.mark.parametrize("role", list(Role))
def test_who_works_on_it_sees_files_and_originals(side, role):
    edition = out(side)
    person = side.people[role]
    for row in queries.files_of(edition):
        sees = policies.works_on(person, edition.item) or row.role == FileRole.ATTACHMENT
        assert (files.visible_file(person, row.file_id) is not None) == sees


def test_a_hidden_item_is_for_named_people(client, side):
    edition = STATES["hidden"](side)
    for role in Role:
        client.force_login(side.people[role])
        answer = client.get(reverse("publications:item", args=[edition.item_id]))
        named = role in (Role.OFFICER, Role.OPENNESS_OFFICE, Role.SECRECY_REVIEWER)
        assert answer.status_code == (200 if named else 404), role
        lists = client.get(reverse("publications:register")).content.decode()
        assert (edition.title in lists) == named, role
    assert clock.now() >= edition.published_at
