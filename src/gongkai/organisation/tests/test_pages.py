"""The pages by role: who sees them, what the forms do, what comes back when refused."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.kernel import clock
from gongkai.organisation import actions, queries
from gongkai.organisation.models import Unit
from gongkai.organisation.states import Resolved, UnitKind
from gongkai.organisation.tests import scope
from gongkai.organisation.tests.factories import make_unit

pytestmark = pytest.mark.django_db
EDITORS = ("platform_admin", "openness_office")


@pytest.fixture
def admin(world, client):
    client.force_login(world.own.platform_admin)
    return client


def at(name, pk):
    return reverse(f"organisation:{name}", args=[pk])


def send(client, verb, unit, prefix="", /, **fields):
    given = {f"{prefix or verb}-{key}": value for key, value in fields.items()}
    unit.refresh_from_db()
    return client.post(at(verb, unit.pk), {"version": unit.version, **given})


@pytest.mark.parametrize("name", sorted(scope.ALLOWED))
def test_who_sees_a_page(name, world, client):
    for own in (True, False):
        url = reverse(name, kwargs=scope.SAMPLES[name](world, own))
        for role, user in world.own.people.items():
            client.force_login(user)
            status = client.get(url).status_code
            if role not in scope.READERS:
                assert status == HTTPStatus.FORBIDDEN, (role, own)
            elif own or name == "organisation:tree":
                assert status == HTTPStatus.OK, (role, own)
            else:
                assert status == HTTPStatus.NOT_FOUND, (role, own)


@pytest.mark.parametrize("name", sorted(scope.POST_ONLY))
def test_nothing_changes_for_strangers_or_readers(name, world, client):
    before = list(Unit.objects.order_by("pk").values())
    for own, roles in ((True, set(world.own.people) - set(EDITORS)), (False, world.own.people)):
        url = reverse(name, kwargs=scope.SAMPLES[name](world, own))
        fields = {
            "version": 1,
            "create-kind": "section",
            "create-name": "甲科",
            "rename-name": "甲局",
            "rename-on": "2026-03-02",
            "dissolve-on": "2026-03-02",
            "restore-reason": "甲",
            "alias-text": "甲",
            "set-name": "甲",
            "set-rule": "sections",
        }
        for role in roles:
            client.force_login(world.own.people[role])
            status = client.post(url, fields).status_code
            assert status in (403, 404, 422), (role, own, status)
    assert list(Unit.objects.order_by("pk").values()) == before


def test_the_tree_shows_one_s_own_and_hides_what_is_dissolved(world, admin):
    gone = make_unit(world.own.body, "老科室")
    actions.dissolve_unit(gone, actor=None, on=clock.today(), expected=gone.version)
    page = admin.get(reverse("organisation:tree")).content.decode()
    assert "科技信息科" in page
    assert "清江市教育局" not in page
    assert "老科室" not in page
    page = admin.get(reverse("organisation:tree"), {"dissolved": "1"}).content.decode()
    assert "老科室" in page
    assert "已撤销" in page


@pytest.mark.parametrize("more", [0, 30])
def test_the_tree_asks_as_often_for_many_units(world, admin, more):
    for i in range(more):
        make_unit(world.own.body, f"第{i}科")
    with CaptureQueriesContext(connection) as found:
        admin.get(reverse("organisation:tree"))
    assert sum('FROM "organisation_' in q["sql"] for q in found) == 1


@pytest.mark.parametrize("role", EDITORS)
def test_setting_up_renaming_and_dissolving(role, world, client):
    client.force_login(world.own.people[role])
    body = world.own.body
    answer = send(
        client,
        "create",
        body,
        kind="section",
        name="财务审计科",
        short_name="财务科",
        on="2020-01-01",
    )
    assert answer.status_code == HTTPStatus.FOUND
    unit = Unit.objects.get(name="财务审计科")
    assert (unit.parent_id, unit.short) == (body.pk, "财务科")
    today = clock.today().isoformat()
    send(client, "rename", unit, name="审计科", short_name="", on=today)
    unit.refresh_from_db()
    assert (unit.name, unit.short) == ("审计科", "审计科")
    send(client, "add_alias", unit, "alias", text="内审科")
    assert queries.resolve("局内审科", body=body).units == (unit,)
    alias = unit.names.get(kind="alias")
    client.post(at("end_alias", alias.pk))
    assert queries.resolve("局内审科", body=body).kind is Resolved.UNKNOWN
    send(client, "dissolve", unit, on=today, successor=world.own.section.pk)
    unit.refresh_from_db()
    assert unit.successor_id == world.own.section.pk
    page = client.get(at("unit", unit.pk)).content.decode()
    assert "已撤销" in page
    assert "恢复" in page
    send(client, "restore", unit, reason="写错了")
    unit.refresh_from_db()
    assert unit.dissolved_on is None


def test_moving(world, admin):
    squad = make_unit(world.own.body, "执法支队", UnitKind.OFFICE)
    section = world.own.section
    answer = send(admin, "move", section, parent=squad.pk)
    assert answer.status_code == HTTPStatus.FOUND
    section.refresh_from_db()
    assert section.path == f"{squad.path}{section.pk}/"


def test_nobody_is_moved_to_another_body_s_place(world, admin):
    answer = send(admin, "move", world.own.section, parent=world.other.body.pk)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    world.own.section.refresh_from_db()
    assert world.own.section.parent_id == world.own.body.pk


def test_what_was_typed_stays_when_the_action_refuses(world, admin):
    answer = send(admin, "create", world.own.body, kind="section", name="科技信息科")
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "同级已有“科技信息科”" in page
    assert 'value="科技信息科"' in page


def test_of_two_who_rename_at_once_the_second_sees_what_the_first_did(world, admin):
    section = world.own.section
    seen = section.version
    today = clock.today().isoformat()
    send(admin, "rename", section, name="信息科", short_name="", on=today)
    fields = {"version": seen, "rename-name": "数据科", "rename-on": today}
    answer = admin.post(at("rename", section.pk), fields)
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "别人刚刚改过" in page
    assert "信息科" in page
    assert 'value="数据科"' in page
    section.refresh_from_db()
    assert section.name == "信息科"


def test_a_form_without_a_version_changes_nothing(world, admin):
    fields = {"rename-name": "数据科", "rename-on": clock.today().isoformat()}
    answer = admin.post(at("rename", world.own.section.pk), fields)
    assert answer.status_code == HTTPStatus.CONFLICT


def test_an_impossible_day_is_said(world, admin):
    answer = send(admin, "dissolve", world.own.section, on="2026-02-30")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    world.own.section.refresh_from_db()
    assert world.own.section.dissolved_on is None


def test_the_record_shows_names_people_and_the_trail(world, admin):
    day = clock.today() + timedelta(days=9)
    unit = world.own.section
    actions.rename_unit(unit, actor=None, name="数据科", on=day, expected=unit.version)
    page = admin.get(at("unit", unit.pk)).content.decode()
    for words in ("数据科", "尚未起用", "own信息员", "更名", "职务将同时结束"):
        assert words in page


def test_sets_from_keeping_to_ending(world, admin):
    body, section = world.own.body, world.own.section
    answer = send(
        admin, "create_set", body, "set", name="专班", rule="listed", members=[section.pk]
    )
    assert answer.status_code == HTTPStatus.FOUND
    kept = body.sets.get()
    page = admin.get(at("sets", body.pk)).content.decode()
    assert "专班" in page
    assert "科技科" in page
    tried = admin.get(at("sets", body.pk), {"text": "局专班"}).content.decode()
    assert "是这些单位" in tried
    assert "没有找到" in admin.get(at("sets", body.pk), {"text": "火星"}).content.decode()
    fields = {"version": kept.version, "set-rule": "sections", "set-vague": "on"}
    assert admin.post(at("set_members", kept.pk), fields).status_code == HTTPStatus.FOUND
    kept.refresh_from_db()
    assert (kept.rule, kept.vague) == ("sections", True)
    stale = admin.post(at("set_members", kept.pk), {**fields, "version": 1})
    assert stale.status_code == HTTPStatus.CONFLICT
    assert "别人刚刚改过" in stale.content.decode()
    admin.post(at("end_set", kept.pk), {"version": kept.version})
    kept.refresh_from_db()
    assert kept.ended_on == clock.today()
    assert admin.get(at("set", kept.pk)).status_code == HTTPStatus.NOT_FOUND


def test_a_set_takes_no_member_from_elsewhere(world, admin):
    other = world.other.section.pk
    answer = send(
        admin, "create_set", world.own.body, "set", name="专班", rule="listed", members=[other]
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not world.own.body.sets.exists()


def test_trying_a_name_as_of_a_day(world, admin):
    unit = world.own.section
    actions.rename_unit(unit, actor=None, name="数据科", on=date(2026, 1, 1), expected=unit.version)
    url = at("sets", world.own.body.pk)
    page = admin.get(url, {"text": "科技科", "on": "2025-06-01"}).content.decode()
    assert "就是这个单位" in page
    page = admin.get(url, {"text": "科技科"}).content.decode()
    assert "没有找到。最接近的是" in page
