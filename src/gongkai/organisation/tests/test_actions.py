"""What each action changes, what it leaves in the trail, and refusals that change nothing."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.audit import api as audit
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.organisation import actions, queries
from gongkai.organisation.models import Unit, UnitName, UnitSet
from gongkai.organisation.rules import keys_above, path_under
from gongkai.organisation.states import Resolved, SetRule, UnitKind
from gongkai.organisation.tests.factories import FOUNDED, make_bureau, make_unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


@pytest.fixture
def units():
    return make_bureau()


def last(subject):
    entry = audit.timeline(subject)[0]
    return entry.event, entry.facts


def refused(codes, act, *args, **kwargs):
    """Check that an action is refused with these codes and leaves every row as it was."""
    before = [list(m.objects.order_by("pk").values()) for m in (Unit, UnitName, UnitSet)]
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert caught.value.codes == codes
    assert [list(m.objects.order_by("pk").values()) for m in (Unit, UnitName, UnitSet)] == before


class TestCreating:
    def test_a_unit_has_its_names_from_its_first_day(self, units):
        unit = make_unit(units[""], "财务审计科", UnitKind.SECTION, "财务科", "审计科")
        assert unit.short_name == "财务科"
        assert {(n.kind, n.text, n.from_on) for n in unit.names.all()} == {
            ("full", "财务审计科", FOUNDED),
            ("short", "财务科", FOUNDED),
            ("alias", "审计科", FOUNDED),
        }
        assert last(unit) == ("organisation.unit_created", {"name": "财务审计科"})

    def test_refusals(self, units):
        body = {"actor": None, "parent": units[""], "kind": UnitKind.SECTION}
        create = actions.create_unit
        refused({"organisation.name_taken"}, create, **body, name="办公室")
        refused({"organisation.no_name"}, create, **body, name=" “” ")
        early = FOUNDED - timedelta(days=1)
        refused({"organisation.before_founding"}, create, **body, name="甲科", on=early)
        units["办公室"].refresh_from_db()
        gone = units["科技信息科"]
        actions.dissolve_unit(gone, actor=None, on=TODAY, expected=gone.version)
        inside = {**body, "parent": units["清江市公路事业发展中心"]}
        office = actions.dissolve_unit(
            inside["parent"], actor=None, on=TODAY, expected=inside["parent"].version
        )
        refused({"organisation.dissolved"}, create, **{**inside, "parent": office}, name="甲科")

    def test_somebody_without_a_role_may_not(self, world):
        with pytest.raises(Refused) as caught:
            actions.create_unit(
                actor=world.own.officer,
                parent=world.own.body,
                kind=UnitKind.SECTION,
                name="甲科",
            )
        assert caught.value.codes == {"organisation.not_yours"}

    def test_the_name_of_a_dissolved_unit_is_free_again(self, units):
        section = units["科技信息科"]
        actions.dissolve_unit(section, actor=None, on=TODAY, expected=section.version)
        make_unit(units[""], "科技信息科")
        assert Unit.objects.filter(name="科技信息科").count() == 2


class TestRenaming:
    def test_the_old_name_holds_until_the_day(self, units):
        unit = units["科技信息科"]
        unit = actions.rename_unit(
            unit, actor=None, name="科技教育科", short_name="科教科", on=TODAY, expected=1
        )
        assert (unit.name, unit.short, unit.version) == ("科技教育科", "科教科", 2)
        assert queries.full_name(unit, TODAY - timedelta(days=1)) == "科技信息科"
        assert queries.full_name(unit, TODAY) == "科技教育科"
        event, facts = last(unit)
        assert event == "organisation.unit_renamed"
        assert facts == {"before": "科技信息科", "after": "科技教育科", "on": "2026-03-02"}

    def test_a_name_to_come_is_shown_from_its_day(self, units):
        unit = units["科技信息科"]
        day = TODAY + timedelta(days=3)
        unit = actions.rename_unit(unit, actor=None, name="科技教育科", on=day, expected=1)
        assert (unit.name, unit.short) == ("科技信息科", "科技科")
        assert actions.take_up_names(NOW) == 0
        later = NOW + timedelta(days=3)
        with clock.at(later):
            assert actions.take_up_names(later) == 1
            assert actions.take_up_names(later) == 0
        unit.refresh_from_db()
        assert (unit.name, unit.short) == ("科技教育科", "科技教育科")

    def test_a_short_name_that_stays_is_one_row(self, units):
        unit = units["科技信息科"]
        actions.rename_unit(
            unit, actor=None, name="科技教育科", short_name="科技科", on=TODAY, expected=1
        )
        assert unit.names.filter(kind="short").count() == 1

    def test_refusals(self, units):
        unit, rename = units["科技信息科"], actions.rename_unit
        given = {"actor": None, "on": TODAY, "expected": 1}
        refused({"organisation.name_taken"}, rename, unit, name="办公室", **given)
        refused({"organisation.no_name"}, rename, unit, name="", **given)
        refused({"kernel.stale"}, rename, unit, name="甲科", **{**given, "expected": 7})
        early = {**given, "on": FOUNDED - timedelta(days=1)}
        refused({"organisation.before_name"}, rename, unit, name="甲科", **early)

    def test_of_two_who_rename_at_once_the_second_is_told(self, units):
        unit, seen = units["科技信息科"], units["科技信息科"].version
        actions.rename_unit(unit, actor=None, name="甲科", on=TODAY, expected=seen)
        refused(
            {"kernel.stale"},
            actions.rename_unit,
            unit,
            actor=None,
            name="乙科",
            on=TODAY,
            expected=seen,
        )
        unit.refresh_from_db()
        assert unit.name == "甲科"


class TestMoving:
    def test_all_below_goes_along(self, units):
        city = make_unit(None, "清江市人民政府", UnitKind.BODY)
        bureau = units[""]
        moved = actions.move_unit(bureau, actor=None, parent=city, expected=bureau.version)
        assert moved.path == f"/{city.pk}/{bureau.pk}/"
        squad = units["清江市交通运输综合行政执法支队"]
        inner = units["支队办公室"]
        inner.refresh_from_db()
        assert inner.path == f"/{city.pk}/{bureau.pk}/{squad.pk}/{inner.pk}/"
        assert inner.body_id == bureau.pk
        assert [u.pk for u in queries.ancestors(inner)] == [city.pk, bureau.pk, squad.pk]
        assert last(moved)[0] == "organisation.unit_moved"

    def test_a_section_that_changes_its_body_takes_all_below_along(self, units):
        other = make_unit(None, "清江市教育局", UnitKind.BODY)
        squad = units["清江市交通运输综合行政执法支队"]
        moved = actions.move_unit(squad, actor=None, parent=other, expected=squad.version)
        inner = Unit.objects.get(pk=units["支队办公室"].pk)
        assert (moved.body_id, inner.body_id) == (other.pk, other.pk)
        assert moved.version > squad.version
        assert not queries.units_under(units[""]).filter(pk=inner.pk).exists()

    def test_refusals(self, units):
        move, bureau = actions.move_unit, units[""]
        squad = units["清江市交通运输综合行政执法支队"]
        inner = units["支队办公室"]
        given = {"actor": None, "expected": 1}
        refused(
            {"organisation.circle", "organisation.wrong_place"}, move, squad, parent=inner, **given
        )
        refused({"organisation.already_there"}, move, squad, parent=bureau, **given)
        refused({"organisation.name_taken"}, move, inner, parent=bureau, **given)
        refused({"kernel.stale"}, move, squad, parent=bureau, actor=None, expected=9)

    def test_a_body_under_itself_is_a_circle(self):
        top = make_unit(None, "市", UnitKind.BODY)
        below = make_unit(top, "局", UnitKind.BODY)
        given = {"actor": None, "expected": 1}
        refused({"organisation.circle"}, actions.move_unit, top, parent=below, **given)
        refused({"organisation.circle"}, actions.move_unit, top, parent=top, **given)


class TestMovingAnything(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=8))
    def test_whatever_is_moved_the_tree_stays_a_tree(self, moves):
        with clock.at(NOW):
            units = [make_unit(None, "零", UnitKind.BODY)]
            for i in range(1, 8):
                units.append(make_unit(units[i // 2], f"机关{i}", UnitKind.BODY))
            for child, parent in moves:
                self.move(units[child].pk, units[parent].pk)
            self.check()

    def move(self, child, parent):
        unit, above = Unit.objects.get(pk=child), Unit.objects.get(pk=parent)
        inside = above.path.startswith(unit.path) or unit.parent_id == parent
        with pytest.raises(Refused) if inside else nullcontext():
            actions.move_unit(unit, actor=None, parent=above, expected=unit.version)

    def check(self):
        rows = {unit.pk: unit for unit in Unit.objects.all()}
        for unit in rows.values():
            above = rows.get(unit.parent_id)
            assert unit.path == path_under(above.path if above else "", unit.pk)
            assert unit.pk not in keys_above(unit.path)
            assert unit.body_id == unit.pk


class TestDissolving:
    def test_the_unit_stays_readable_and_names_its_successor(self, units):
        unit, heir = units["科技信息科"], units["办公室"]
        done = actions.dissolve_unit(unit, actor=None, on=TODAY, successor=heir, expected=1)
        assert (done.dissolved_on, done.successor_id) == (TODAY, heir.pk)
        assert Unit.objects.get(pk=unit.pk).name == "科技信息科"
        assert unit not in queries.living(queries.units_under(units[""]))
        assert unit in queries.living(queries.units_under(units[""]), TODAY - timedelta(days=1))
        assert last(unit)[0] == last(heir)[0] == "organisation.unit_dissolved"

    def test_refusals(self, units):
        dissolve, squad = actions.dissolve_unit, units["清江市交通运输综合行政执法支队"]
        given = {"actor": None, "on": TODAY, "expected": 1}
        refused({"organisation.has_children"}, dissolve, squad, **given)
        section = units["科技信息科"]
        refused({"organisation.wrong_successor"}, dissolve, section, successor=section, **given)
        early = {**given, "on": FOUNDED}
        refused({"organisation.before_founding"}, dissolve, section, **early)
        done = dissolve(section, **given)
        refused({"organisation.dissolved"}, dissolve, done, **{**given, "expected": 2})
        rename = actions.rename_unit
        refused({"organisation.dissolved"}, rename, done, name="甲科", **{**given, "expected": 2})
        heir = units["办公室"]
        refused({"organisation.wrong_successor"}, dissolve, heir, successor=done, **given)

    def test_it_can_be_taken_back(self, units):
        section = units["科技信息科"]
        done = actions.dissolve_unit(section, actor=None, on=TODAY, expected=1)
        given = {"actor": None, "expected": 2}
        refused({"organisation.no_reason"}, actions.restore_unit, done, reason=" ", **given)
        back = actions.restore_unit(done, reason="文号写错", **given)
        assert (back.dissolved_on, back.successor_id) == (None, None)
        assert last(back) == ("organisation.unit_restored", {"reason": "文号写错"})
        refused(
            {"organisation.not_dissolved"},
            actions.restore_unit,
            back,
            reason="甲",
            actor=None,
            expected=3,
        )

    def test_it_cannot_be_taken_back_over_another_of_its_name_or_under_a_dissolved_one(self, units):
        section = units["科技信息科"]
        done = actions.dissolve_unit(section, actor=None, on=TODAY, expected=1)
        make_unit(units[""], "科技信息科", on=TODAY)
        given = {"actor": None, "reason": "甲"}
        refused({"organisation.name_taken"}, actions.restore_unit, done, expected=2, **given)
        inner, squad = units["支队办公室"], units["清江市交通运输综合行政执法支队"]
        inner = actions.dissolve_unit(inner, actor=None, on=TODAY, expected=1)
        actions.dissolve_unit(squad, actor=None, on=TODAY, expected=1)
        refused({"organisation.parent_gone"}, actions.restore_unit, inner, expected=2, **given)


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
