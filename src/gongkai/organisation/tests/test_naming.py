"""Aliases, named sets, and whom a name in a document means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.kernel import clock
from gongkai.organisation import actions, queries
from gongkai.organisation.models import UnitSet
from gongkai.organisation.states import Resolved, SetRule, UnitKind
from gongkai.organisation.tests.checking import NOW, TODAY, last, refused
from gongkai.organisation.tests.factories import make_bureau, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


@pytest.fixture
def units():
    return make_bureau()


class TestAliases:
    def test_an_alias_is_found_from_today_until_it_ends(self, units):
        unit, body = units["科技信息科"], units[""]
        assert queries.resolve("信息化科", body=body).kind is Resolved.UNKNOWN
        alias = actions.add_alias(unit, actor=None, text="信息化科")
        assert queries.resolve("局信息化科", body=body).units == (unit,)
        assert last(unit) == ("organisation.alias_added", {"alias": "信息化科"})
        assert actions.add_alias(unit, actor=None, text="信息化科") is None
        with clock.at(NOW + timedelta(days=5)):
            actions.end_alias(alias, actor=None)
            found = queries.resolve("信息化科", body=body)
            assert (found.kind, found.candidates[0]) == (Resolved.UNKNOWN, unit)
            assert queries.resolve("信息化科", body=body, on=TODAY).units == (unit,)
        assert last(unit)[0] == "organisation.alias_ended"

    def test_refusals(self, units):
        unit, add = units["科技信息科"], actions.add_alias
        refused({"organisation.name_taken"}, add, unit, actor=None, text="法规科")
        refused({"organisation.no_name"}, add, unit, actor=None, text=" ")
        full = unit.names.get(kind="full")
        refused({"organisation.not_an_alias"}, actions.end_alias, full, actor=None)
        alias = add(unit, actor=None, text="信息化科")
        actions.end_alias(alias, actor=None)
        refused({"organisation.alias_over"}, actions.end_alias, alias, actor=None)


class TestSets:
    def test_a_listed_set_is_found_and_changed(self, units):
        body, squad = units[""], units["清江市交通运输综合行政执法支队"]
        kept = actions.create_set(actor=None, body=body, name="局属执法单位", members=[squad])
        assert queries.resolve("局属执法单位", body=body).units == (squad,)
        event, facts = last(body)
        assert (event, facts["members"]) == ("organisation.set_created", [squad.name])
        road = units["清江市公路事业发展中心"]
        kept = actions.set_members(kept, actor=None, members=[squad, road], expected=kept.version)
        assert queries.resolve("局属执法单位", body=body).units == (road, squad)
        refused({"kernel.stale"}, actions.set_members, kept, actor=None, members=[road], expected=1)

    def test_a_set_by_rule_follows_the_tree(self, units):
        body = units[""]
        kept = actions.create_set(actor=None, body=body, name="专班", rule=SetRule.SECTIONS)
        assert len(queries.members_of(kept)) == 5
        make_unit(body, "财务审计科")
        assert len(queries.members_of(kept)) == 6

    def test_a_vague_set_is_never_taken_whole(self, units):
        body, legal = units[""], units["政策法规科"]
        actions.create_set(actor=None, body=body, name="骨干", members=[legal], vague=True)
        found = queries.resolve("骨干", body=body)
        assert (found.kind, found.units, found.candidates) == (Resolved.VAGUE, (), (legal,))

    def test_the_same_name_again_changes_the_set(self, units):
        body, legal = units[""], units["政策法规科"]
        actions.create_set(actor=None, body=body, name="专班", rule=SetRule.SECTIONS)
        actions.create_set(actor=None, body=body, name=" 专 班", members=[legal])
        assert UnitSet.objects.count() == 1
        assert queries.resolve("专班", body=body).units == (legal,)
        assert last(body)[0] == "organisation.set_changed"

    def test_an_ended_set_is_forgotten_until_it_is_kept_anew(self, units):
        body, legal = units[""], units["政策法规科"]
        kept = actions.create_set(actor=None, body=body, name="专班", members=[legal])
        ended = actions.end_set(kept, actor=None, expected=kept.version)
        assert queries.resolve("专班", body=body).kind is Resolved.UNKNOWN
        assert last(body)[0] == "organisation.set_ended"
        refused({"organisation.set_over"}, actions.end_set, ended, actor=None, expected=2)
        actions.create_set(actor=None, body=body, name="专班", members=[legal])
        assert queries.resolve("专班", body=body).kind is Resolved.SET

    def test_dissolved_members_drop_out(self, units):
        body, legal, tech = units[""], units["政策法规科"], units["科技信息科"]
        actions.create_set(actor=None, body=body, name="专班", members=[legal, tech])
        actions.dissolve_unit(tech, actor=None, on=TODAY, expected=1)
        assert queries.resolve("专班", body=body).units == (legal,)
        assert queries.resolve("专班", body=body, on=date(2026, 3, 1)).units == (legal, tech)

    def test_refusals(self, units):
        body, create = units[""], actions.create_set
        legal = units["政策法规科"]
        stranger = make_unit(None, "清江市教育局", UnitKind.BODY)
        refused({"organisation.no_members"}, create, actor=None, body=body, name="专班")
        refused({"organisation.no_name"}, create, actor=None, body=body, name="", members=[legal])
        refused(
            {"organisation.name_taken"},
            create,
            actor=None,
            body=body,
            name="法规科",
            members=[legal],
        )
        refused(
            {"organisation.outside"}, create, actor=None, body=body, name="甲", members=[stranger]
        )
        refused(
            {"organisation.not_a_body"}, create, actor=None, body=legal, name="甲", members=[legal]
        )


class TestResolving:
    def test_as_of_a_day(self, units):
        body, unit = units[""], units["科技信息科"]
        actions.rename_unit(
            unit, actor=None, name="科技教育科", short_name="科教科", on=TODAY, expected=1
        )
        assert queries.resolve("局科教科", body=body).units == (unit,)
        before = TODAY - timedelta(days=1)
        assert queries.resolve("局科技科", body=body, on=before).units == (unit,)
        assert queries.resolve("局科教科", body=body, on=before).kind is Resolved.UNKNOWN
        found = queries.resolve("科技科", body=body)
        assert (found.kind, found.candidates[0]) == (Resolved.UNKNOWN, unit)

    def test_a_dissolved_unit_offers_who_took_over(self, units):
        body, unit, heir = units[""], units["科技信息科"], units["办公室"]
        actions.dissolve_unit(unit, actor=None, on=TODAY, successor=heir, expected=1)
        found = queries.resolve("局科技科", body=body)
        assert (found.kind, found.candidates[0]) == (Resolved.UNKNOWN, heir)
        assert unit not in found.candidates

    def test_a_body_elsewhere_is_offered(self, units):
        other = make_unit(None, "清江市教育局", UnitKind.BODY, "市教育局")
        found = queries.resolve("市教育局", body=units[""])
        assert (found.kind, found.candidates[0]) == (Resolved.UNKNOWN, other)

    def test_sections_of_other_bodies_stay_unseen(self, units):
        other = make_unit(None, "清江市教育局", UnitKind.BODY)
        make_unit(other, "招生科")
        found = queries.resolve("招生科", body=units[""])
        assert (found.kind, found.units) == (Resolved.UNKNOWN, ())
        assert all(u.path.startswith(units[""].path) for u in found.candidates)

    def test_many_names_cost_no_more_queries_than_one(self, units):
        body = units[""]
        actions.create_set(actor=None, body=body, name="专班", members=[units["政策法规科"]])
        names = ["局科技科", "各科室", "相关科室", "专班", "市教育局", "火星科", "局属各单位"]
        with CaptureQueriesContext(connection) as few:
            queries.resolve("局科技科", body=body)
        with CaptureQueriesContext(connection) as many:
            found = queries.resolve_all(names, body=body)
        assert len(many) == len(few) <= 5
        assert list(found) == names
        assert found["局属各单位"].kind is Resolved.SET
