"""Two people at the same moment: a year is listed once, and what is there meets what is owed."""

from __future__ import annotations

import pytest

from gongkai.accounts.tests.test_at_once import at_once
from gongkai.accounts.tests.world import make_world
from gongkai.audit.api import AuditEvent
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.programme.tests.factories import at
from gongkai.records import actions, queries, rules
from gongkai.records.states import Kind
from gongkai.records.tests.factories import TODAY, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def side():
    return make_world().own


def owed(side, kind, year):
    return duties.duties_of(queries.owed_key(side.body, kind, year)).get()


def in_november(act):
    def acting():
        with clock.at(at(TODAY)):
            act()

    return acting


def test_two_who_list_a_year_open_its_duties_once(side):
    for year in (2025, 2026, 2027):

        def open_year():
            actions.open_year(actor=side.openness_office, body=side.body, year=year)  # noqa: B023

        assert at_once(in_november(open_year), in_november(open_year)) == [set(), set()]
        for one in rules.OWED:
            assert owed(side, one.kind, year)
    assert AuditEvent.objects.filter(event="records.year_opened").count() == 3


def test_a_record_written_while_its_year_is_listed_meets_it(side):
    def open_year():
        actions.open_year(actor=side.openness_office, body=side.body, year=2026)

    def write():
        written(side.openness_office, side.body, Kind.HEARING)

    assert at_once(in_november(open_year), in_november(write)) == [set(), set()]
    assert owed(side, Kind.HEARING, 2026).state == duties.State.MET


def test_two_records_of_one_kind_written_at_once_meet_it_once(side):
    with clock.at(at(TODAY)):
        actions.open_year(actor=side.openness_office, body=side.body, year=2026)

    def write():
        written(side.officer, side.section, Kind.TRAINING)

    assert at_once(in_november(write), in_november(write)) == [set(), set()]
    assert owed(side, Kind.TRAINING, 2026).state == duties.State.MET
