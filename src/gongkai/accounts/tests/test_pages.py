"""The pages by role: who sees them, what the forms do, what comes back when refused."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts import actions, policies
from gongkai.accounts.models import Delegation, Post, User
from gongkai.accounts.states import Role
from gongkai.accounts.tests import scope
from gongkai.accounts.tests.factories import make_person
from gongkai.kernel import clock
from gongkai.ui.lists import REGISTRY

pytestmark = pytest.mark.django_db
PAGES = sorted(
    n for n, who in scope.ALLOWED.items() if n.startswith("accounts:") and who and who != "public"
)
GOOD = "Another-secret-9"


@pytest.fixture
def admin(world, client):
    client.force_login(world.own.platform_admin)
    return client


def at(name, *args):
    return reverse(f"accounts:{name}", args=args)


def send(client, verb, user, /, **fields):
    user.refresh_from_db()
    given = {f"{verb}-{key}": value for key, value in fields.items()}
    return client.post(at(verb, user.pk), {"version": user.version, **given})


@pytest.mark.parametrize("name", PAGES)
def test_who_sees_a_page(name, world, client):
    allowed = scope.ALLOWED[name]
    for own in (True, False):
        url = reverse(name, kwargs=scope.SAMPLES[name](world, own))
        for role, user in world.own.people.items():
            client.force_login(user)
            status = client.get(url).status_code
            if allowed != "all" and role not in allowed:
                assert status == HTTPStatus.FORBIDDEN, (role, own)
            elif own or name != "accounts:person":
                assert status == HTTPStatus.OK, (role, own)
            else:
                assert status == HTTPStatus.NOT_FOUND, (role, own)


@pytest.mark.parametrize(
    "name", sorted(scope.POST_ONLY - {"accounts:delegate", "accounts:end_sessions"})
)
def test_nothing_changes_for_strangers_or_readers(name, world, client):
    actions.delegate(
        actor=world.own.officer,
        taker=world.own.section_head,
        from_on=clock.today(),
        until_on=clock.today(),
        reason="出差",
    )
    before = [list(m.objects.order_by("pk").values()) for m in (User, Post, Delegation)]
    parties = {Role.PLATFORM_ADMIN}
    if name == "accounts:end_delegation":
        parties = {Role.OFFICER, Role.SECTION_HEAD}
    for own, roles in ((True, set(world.own.people) - parties), (False, world.own.people)):
        url = reverse(name, kwargs=scope.SAMPLES[name](world, own))
        target = scope.side(world, own).officer
        target.refresh_from_db()
        fields = {
            "version": target.version,
            "appoint-unit": world.own.body.pk,
            "appoint-role": "leader",
            "correct-full_name": "甲",
            "reset_password-password": GOOD,
        }
        for role in roles:
            client.force_login(world.own.people[role])
            status = client.post(url, fields).status_code
            assert status in (403, 404, 409, 422), (role, own, status)
    after = [list(m.objects.order_by("pk").values()) for m in (User, Post, Delegation)]
    for rows in (before[0], after[0]):
        for row in rows:
            row.pop("last_login")
    assert after == before


class TestMe:
    def test_posts_and_stand_ins(self, world, client):
        client.force_login(world.own.officer)
        page = client.get(at("me")).content.decode()
        assert "科技信息科 信息员" in page
        assert "委托代办" in page
        client.force_login(world.own.auditor)
        assert "委托代办" not in client.get(at("me")).content.decode()

    def test_delegating_from_form_to_end(self, world, client):
        giver, taker = world.own.section_head, world.own.officer
        client.force_login(giver)
        day = clock.today()
        given = {
            "taker": taker.pk,
            "from_on": day.isoformat(),
            "until_on": (day + timedelta(2)).isoformat(),
            "reason": "外出学习",
        }
        assert client.post(at("delegate"), given).status_code == HTTPStatus.FOUND
        made = Delegation.objects.get()
        assert "由own信息员代办" in client.get(at("me")).content.decode()
        again = client.post(at("delegate"), given)
        assert again.status_code == HTTPStatus.CONFLICT
        assert "已经委托过" in again.content.decode()
        assert "外出学习" in again.content.decode()
        client.force_login(taker)
        assert "代own科室负责人" in client.get(at("me")).content.decode()
        client.post(at("end_delegation", made.pk))
        made.refresh_from_db()
        assert made.ended_at is not None

    def test_impossible_days_and_strangers_are_refused(self, world, client):
        client.force_login(world.own.officer)
        given = {"taker": world.own.leader.pk, "reason": "出差", "until_on": "2026-12-01"}
        answer = client.post(at("delegate"), {**given, "from_on": "2026-02-30"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        stranger = {**given, "taker": world.other.leader.pk, "from_on": "2026-12-01"}
        assert client.post(at("delegate"), stranger).status_code == 422
        assert not Delegation.objects.exists()

    def test_nobody_ends_the_delegation_of_others(self, world, client):
        day = clock.today()
        made = actions.delegate(
            actor=world.own.officer,
            taker=world.own.section_head,
            from_on=day,
            until_on=day,
            reason="出差",
        )
        client.force_login(world.own.leader)
        assert client.post(at("end_delegation", made.pk)).status_code == HTTPStatus.NOT_FOUND


class TestPeople:
    @pytest.mark.parametrize("more", [0, 40])
    def test_the_list_asks_as_often_for_many_people(self, world, admin, more):
        for _ in range(more):
            make_person(world.own.section)
        with CaptureQueriesContext(connection) as found:
            page = admin.get(at("people")).content.decode()
        assert "own信息员" in page
        assert "other信息员" not in page
        sql = [q["sql"] for q in found if 'FROM "accounts_' in q["sql"]]
        # who asks, what they hold (2), the people, their posts
        assert len(sql) == 5, sql

    def test_filters(self, world, admin):
        make_person(world.own.section, full_name="林涛")
        page = admin.get(at("people"), {"full_name": "林"}).content.decode()
        assert "林涛" in page
        assert "own信息员" not in page
        page = admin.get(at("people"), {"role": "leader"}).content.decode()
        assert "own主要领导" in page
        assert "own信息员" not in page
        page = admin.get(at("people"), {"unit": world.own.section.path}).content.decode()
        assert "own信息员" in page
        assert "own主要领导" not in page
        page = admin.get(at("people"), {"unit": world.other.body.path}).content.decode()
        assert "other" not in page

    def test_the_file_holds_what_the_page_does(self, world, admin):
        text = admin.get(at("people"), {"export": "csv"}).getvalue().decode("utf-8-sig")
        assert "own信息员" in text
        assert "other信息员" not in text

    def test_sort_and_filter_fields_are_indexed(self):
        assert REGISTRY["people"].unindexed() == []

    def test_opening_an_account_and_appointing(self, world, admin):
        given = {
            "full_name": "王丽",
            "username": "wangli",
            "email": "",
            "body": world.own.body.pk,
            "password": GOOD,
        }
        answer = admin.post(at("new_person"), given)
        user = User.objects.get(username="wangli")
        assert answer.url == at("person", user.pk)
        assert user.must_change_password
        again = admin.post(at("new_person"), given)
        assert again.status_code == HTTPStatus.CONFLICT
        assert "已有人用" in again.content.decode()
        assert GOOD not in again.content.decode()
        foreign = {**given, "username": "wl", "body": world.other.body.pk}
        assert admin.post(at("new_person"), foreign).status_code == 422
        answer = send(admin, "appoint", user, unit=world.own.section.pk, role="officer")
        assert answer.status_code == HTTPStatus.FOUND
        assert policies.roles_of(User.objects.get(pk=user.pk)) == {Role.OFFICER}
        answer = send(admin, "appoint", user, unit=world.own.section.pk, role="officer")
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "已经是" in answer.content.decode()
        post = user.posts.get()
        page = admin.get(at("person", user.pk)).content.decode()
        assert "免职" in page
        admin.post(at("end_post", post.pk))
        post.refresh_from_db()
        assert post.until_on == clock.today()
        assert "已结束" in admin.get(at("person", user.pk)).content.decode()

    def test_nobody_is_appointed_to_another_body(self, world, admin):
        user = world.own.officer
        answer = send(admin, "appoint", user, unit=world.other.section.pk, role="leader")
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert user.posts.count() == 1

    def test_a_weak_password_is_said_and_not_sent_back(self, world, admin):
        answer = send(admin, "reset_password", world.own.officer, password="weak-1")
        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "至少" in page
        assert "weak-1" not in page

    def test_of_two_administrators_the_second_is_told(self, world, admin):
        user = world.own.officer
        seen = user.version
        send(admin, "correct", user, full_name="林涛", email="")
        given = {"version": seen, "correct-full_name": "林淘", "correct-email": ""}
        answer = admin.post(at("correct", user.pk), given)
        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "别人刚刚改过" in page
        assert "林涛" in page
        assert 'value="林淘"' in page
        user.refresh_from_db()
        assert user.full_name == "林涛"

    def test_deactivating_and_back(self, world, admin):
        user = world.own.officer
        url = at("set_active", user.pk)
        assert admin.post(url, {"version": 99}).status_code == HTTPStatus.CONFLICT
        admin.post(url, {"version": user.version})
        user.refresh_from_db()
        assert not user.is_active
        assert "恢复账号" in admin.get(at("person", user.pk)).content.decode()
        admin.post(url, {"version": user.version})
        user.refresh_from_db()
        assert user.is_active

    def test_an_auditor_reads_and_is_offered_nothing(self, world, client):
        client.force_login(world.own.auditor)
        page = client.get(at("person", world.own.officer.pk)).content.decode()
        assert "own信息员" in page
        for words in ("重置密码", "免职", "停用账号"):
            assert words not in page
        assert "开设账号" not in client.get(at("people")).content.decode()

    def test_a_person_of_two_bodies_is_for_who_stands_above_both(self, world, admin):
        actions.appoint(actor=None, user=world.own.officer, unit=world.other.body, role=Role.LEADER)
        page = admin.get(at("person", world.own.officer.pk)).content.decode()
        assert "请由上一级的平台管理员办理" in page
