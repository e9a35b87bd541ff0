"""Telling once, reading once, seeing one's own."""

import pytest

from gongkai.accounts.tests.world import FOUNDED
from gongkai.notices import actions, api, queries
from gongkai.notices.models import Notice
from gongkai.organisation.api import UnitKind, create_unit

pytestmark = pytest.mark.django_db
WORDS = {"kind": "t.t", "subject": "t.t:1", "sentence": "《要点》已下达。", "url": "/x/"}


def test_a_person_is_told_once_under_a_key(world):
    officer = world.own.officer
    assert api.tell([officer], key="a", **WORDS) == 1
    assert api.tell([officer], key="a", **WORDS) == 0
    assert api.tell([officer], key="b", **WORDS) == 1
    assert api.unread_count(officer) == 2


def test_a_unit_is_its_officers_and_head(world):
    assert api.tell_unit(world.own.section, key="a", **WORDS) == 2
    told = set(Notice.objects.values_list("user", flat=True))
    assert told == {world.own.officer.pk, world.own.section_head.pk}


def test_whose_act_it_was_is_not_told(world):
    head = world.own.section_head
    assert api.tell_unit(world.own.section, key="a", but=head, **WORDS) == 1
    assert Notice.objects.get().user == world.own.officer


def test_what_a_body_is_told_its_openness_office_reads(world):
    assert api.tell_unit(world.own.body, key="a", **WORDS) == 1
    assert Notice.objects.get().user == world.own.openness_office


def test_a_unit_without_people_is_read_by_the_openness_office_of_its_body(world):
    empty = create_unit(
        actor=None, parent=world.own.body, kind=UnitKind.SECTION, name="法规科", on=FOUNDED
    )
    assert api.tell_unit(empty, key="a", **WORDS) == 1
    assert Notice.objects.get().user == world.own.openness_office


def test_reading_is_kept_once(world):
    officer = world.own.officer
    api.tell([officer], key="a", **WORDS)
    notice = Notice.objects.get()
    actions.mark_read(notice)
    first = Notice.objects.get().read_at
    actions.mark_read(Notice.objects.get())
    assert Notice.objects.get().read_at == first
    assert api.unread_count(officer) == 0


def test_nobody_sees_anothers_notices(world, client):
    api.tell([world.own.officer], key="a", **WORDS)
    notice = Notice.objects.get()
    assert not queries.visible_to(world.other.officer).exists()
    client.force_login(world.other.officer)
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    client.force_login(world.own.officer)
    assert client.get(f"/notices/{notice.pk}/").status_code == 302
    assert actions.mark_all_read(world.own.officer) == 0


def test_counting_stops_at_a_hundred(world, django_assert_num_queries):
    officer = world.own.officer
    for i in range(queries.MOST_COUNTED + 5):
        api.tell([officer], key=str(i), **WORDS)
    with django_assert_num_queries(1):
        assert api.unread_count(officer) == queries.MOST_COUNTED + 1
