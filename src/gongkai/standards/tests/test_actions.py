"""The verbs of standards: who may, when, why not; and what they leave."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.api import Role
from gongkai.audit.models import AuditEvent
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Notice
from gongkai.standards import actions, policies, queries
from gongkai.standards.models import Assignment, Catalogue, Evidence, Item, Matter, Practice
from gongkai.standards.states import CATALOGUE_MOVES, CatalogueState
from gongkai.standards.tests.factories import TABLE, assigned, line, read, taken

pytestmark = pytest.mark.django_db(transaction=True)
COUNTED = (Catalogue, Item, Matter, Assignment, Evidence, Practice)
BAD = [*TABLE, line(4, None, "")]


def refused(call, *args, **how):
    """Do what will be refused, and see that nothing changed; returns the codes."""
    before = _all()
    with pytest.raises(Refused) as caught:
        call(*args, **how)
    assert _all() == before
    return caught.value.codes


def _all():
    states = list(Catalogue.objects.order_by("pk").values_list("state", "version"))
    return [model.objects.count() for model in COUNTED], states


def take(side, found, **how):
    usual = {"actor": side.openness_office, "expected": found.version}
    return actions.take_catalogue(found, **{**usual, **how})


def test_what_is_read_takes_effect_only_when_taken(side):
    found = read(side)
    assert (found.state, found.size, found.refused) == (CatalogueState.READ, 3, 0)
    assert not Item.objects.exists()
    found = take(side, found)
    assert found.state == CatalogueState.IN_FORCE
    assert list(found.items.order_by("order").values_list("second", flat=True)) == [
        "法律法规",
        "部门规章",
        "学校名录",
    ]
    assert AuditEvent.objects.get(event="standards.catalogue_taken").facts["added"] == 3


def test_one_row_that_was_not_read_and_nothing_is_taken(side):
    found = read(side, BAD)
    assert (found.size, found.refused) == (3, 1)
    assert queries.rows_of(found)[3].why == ("缺二级事项。",)
    assert refused(take, side, found) == {"standards.rows_refused"}


def test_a_new_version_supersedes_and_what_was_assigned_stays(side):
    first = taken(side)
    (item,) = assigned(side, first, 1)
    actions.note_evidence(item, actor=side.officer, unit=side.section, note="已公开")
    newer = [line(1, "政策文件", "法律法规", limit="及时"), line(2, "招生", "招生计划")]
    second = read(side, newer)
    compared = queries.compared(second)
    assert (len(compared.added), len(compared.gone), len(compared.changed)) == (1, 2, 1)
    second = take(side, second)
    first.refresh_from_db()
    assert (first.state, second.replaces) == (CatalogueState.SUPERSEDED, first)
    assert queries.coverage(second) == queries.Coverage(2, 1, 1)
    assert queries.coverage(first) == queries.Coverage(3, 1, 1)
    assert len(queries.compared(second).gone) == 2
    codes = refused(assigned, side, first, 2)
    assert codes == {"standards.not_in_force"}


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "files.empty"),
        (b"PK\x03\x04x", "a.xlsx", "files.damaged"),
        (b"a,b\n1,2\n", "a.csv", "standards.unreadable"),
        (b"%PDF-1.4", "a.pdf", "files.damaged"),
    ],
)
def test_what_is_no_catalogue_is_refused(side, data, name, code):
    assert refused(read, side, upload=data, name=name) == {code}


def test_who_imports_and_assigns(side, world):
    for role in set(Role) - {Role.OPENNESS_OFFICE}:
        assert refused(read, side, actor=side.people[role]) == {"standards.not_yours"}
    assert refused(read, side, actor=world.other.openness_office) == {"standards.not_yours"}
    assert refused(read, side, field=" ") == {"standards.no_field"}
    found = read(side)
    assert refused(take, side, found, actor=side.officer) == {"standards.not_yours"}
    assert refused(take, side, found, expected=7) == {"kernel.stale"}
    found = take(side, found)
    items = list(found.items.select_related("matter"))
    how = {"items": items, "units": [side.section], "actor": side.openness_office}
    assign = actions.assign_items
    assert refused(assign, found, **{**how, "actor": side.section_head}) == {"standards.not_yours"}
    assert refused(assign, found, **{**how, "items": []}) == {"standards.nothing_chosen"}
    assert refused(assign, found, **{**how, "units": []}) == {"standards.nothing_chosen"}
    elsewhere = {**how, "units": [world.other.section]}
    assert refused(assign, found, **elsewhere) == {"standards.not_of_body"}


@pytest.mark.parametrize("state", list(CatalogueState))
@pytest.mark.parametrize("verb", ["take", "discard"])
def test_every_verb_in_every_state(side, verb, state):
    found = read(side)
    Catalogue.objects.filter(pk=found.pk).update(state=state)
    found.refresh_from_db()
    call = {"take": actions.take_catalogue, "discard": actions.discard_catalogue}[verb]
    how = {"actor": side.openness_office, "expected": found.version}
    origins, target = CATALOGUE_MOVES[verb]
    if state in origins:
        assert call(found, **how).state == target
    else:
        assert refused(call, found, **how) == {"standards.wrong_state"}


def test_many_items_go_to_units_at_once_and_once(side):
    found = taken(side)
    items = assigned(side, found, 1, 2)
    assert Assignment.objects.count() == 2
    told = Notice.objects.get(kind="standards.assigned", user=side.officer)
    assert "有2个事项分配给科技信息科" in told.sentence
    assert assigned(side, found, 1, 2) == items
    assert Assignment.objects.count() == 2
    assigned(side, found, 1, 3)
    assert Assignment.objects.count() == 3
    assert queries.coverage(found).assigned == 3


def test_assigning_costs_the_same_statements_for_any_number(side):
    found = taken(side)

    def statements(*orders):
        with CaptureQueriesContext(connection) as sent:
            assigned(side, found, *orders)
        return len(sent)

    assert statements(1) == statements(2, 3)


def test_an_assignment_ends_once_and_what_was_shown_stays(side):
    found = taken(side)
    (item,) = assigned(side, found, 1)
    actions.note_evidence(item, actor=side.officer, unit=side.section, note="已公开")
    (one,) = queries.assignments_of(item)
    how = {"item": item, "actor": side.officer}
    assert refused(actions.end_assignment, one, **how) == {"standards.not_yours"}
    how["actor"] = side.openness_office
    actions.end_assignment(one, **how)
    assert refused(actions.end_assignment, one, **how) == {"standards.ended"}
    assert queries.coverage(found) == queries.Coverage(3, 0, 1)
    assigned(side, found, 1)
    assert queries.coverage(found).assigned == 1


def test_who_shows_that_a_matter_is_public(side, world):
    found = taken(side)
    (item,) = assigned(side, found, 1)
    how = {"unit": side.section, "note": "已公开", "link": "https://example.gov.cn/1"}
    for actor in (side.leader, side.auditor, world.other.openness_office, world.other.officer):
        codes = refused(actions.note_evidence, item, actor=actor, **how)
        assert codes == {"standards.not_yours"}
    for actor in (side.officer, side.section_head, side.openness_office):
        actions.note_evidence(item, actor=actor, **how)
    blank = {**how, "note": " "}
    assert refused(actions.note_evidence, item, actor=side.officer, **blank) == {
        "standards.no_note"
    }
    other = found.items.get(order=2)
    assert refused(actions.note_evidence, other, actor=side.officer, **how) == {
        "standards.not_assigned"
    }
    assert queries.coverage(found).words(1) == "1项，占33%"


def practice(side, **how):
    usual = {"unit": side.section, "actor": side.officer, "title": "一图读懂", "text": "做法"}
    return actions.write_practice(**{**usual, **how})


def test_practice_is_shared_by_the_office_within_the_city(side, world):
    written = practice(side)
    assert refused(practice, side, title="") == {"standards.no_words"}
    assert refused(practice, side, actor=side.leader) == {"standards.not_yours"}
    other = world.other.openness_office
    assert not queries.practices(other).exists()
    how = {"expected": written.version}
    share = actions.share_practice
    assert refused(share, written, actor=side.officer, **how) == {"standards.not_yours"}
    shared = share(written, actor=side.openness_office, **how)
    assert refused(share, shared, actor=side.openness_office, expected=shared.version) == {
        "standards.shared"
    }
    # Each body of this world is the head of a tree of its own: another city.
    assert not queries.practices(other).exists()


def test_a_body_of_the_same_city_reads_what_is_shared(side):
    from gongkai.accounts.api import appoint, create_user
    from gongkai.accounts.tests.world import FOUNDED, PASSWORD
    from gongkai.organisation.api import UnitKind, create_unit

    near = create_unit(
        actor=None, parent=side.body, kind=UnitKind.BODY, name="清江市港航局", on=FOUNDED
    )
    reader = create_user(actor=None, username="near", full_name="邻局", password=PASSWORD)
    appoint(actor=None, user=reader, unit=near, role=Role.OFFICER, from_on=FOUNDED)
    written = practice(side)
    assert not queries.practices(reader).exists()
    actions.share_practice(written, actor=side.openness_office, expected=written.version)
    assert list(queries.practices(reader)) == [written]
    assert not policies.is_own(reader, written)
