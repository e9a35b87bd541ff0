"""One's notices on a page: own ones only, read once opened."""

import pytest
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.notices.api import tell, unread_count

pytestmark = pytest.mark.django_db
WORDS = {"kind": "test.page", "subject": "test.thing:1", "url": "/health", "key": "page"}


@pytest.fixture
def told(world):
    tell(world.own.people.values(), sentence="《要点》已读出24条拟任务，请核对。", **WORDS)
    return world.own


@pytest.mark.parametrize("role", Role)
def test_each_person_opens_their_own(client, told, role):
    user = told.people[role]
    client.force_login(user)
    assert "已读出24条拟任务" in client.get(reverse("notices:list")).content.decode()
    notice = user.notices.get()
    assert client.get(reverse("notices:open", args=[notice.pk]))["Location"] == "/health"
    assert unread_count(user) == 0


def test_nobody_opens_anothers(client, told):
    client.force_login(told.officer)
    theirs = told.section_head.notices.get()
    assert client.get(reverse("notices:open", args=[theirs.pk])).status_code == 404
    assert unread_count(told.section_head) == 1


def test_all_are_read_at_once_and_only_ones_own(client, told):
    client.force_login(told.officer)
    client.post(reverse("notices:read_all"))
    assert unread_count(told.officer) == 0
    assert unread_count(told.section_head) == 1


def test_reading_all_is_no_link(client, told):
    client.force_login(told.officer)
    assert client.get(reverse("notices:read_all")).status_code == 405


def test_the_list_asks_the_same_however_many_there_are(client, told, django_assert_max_num_queries):
    user = told.officer
    for n in range(40):
        tell([user], sentence=f"第{n}件", **{**WORDS, "key": f"n{n}"})
    client.force_login(user)
    client.get(reverse("notices:list"))
    with django_assert_max_num_queries(14):
        client.get(reverse("notices:list"))
