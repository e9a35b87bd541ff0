"""Units set up, renamed, moved and dissolved: what each action changes and refuses."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.organisation import actions, queries
from gongkai.organisation.models import Unit
from gongkai.organisation.rules import keys_above, path_under
from gongkai.organisation.states import UnitKind
from gongkai.organisation.tests.checking import NOW, TODAY, last, refused
from gongkai.organisation.tests.factories import FOUNDED, make_bureau, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


@pytest.fixture
def units():
    return make_bureau()


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
