"""Accounts, posts and the first account: what each action changes and refuses."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from gongkai.accounts import actions, policies, queries
from gongkai.accounts.models import Post, User
from gongkai.accounts.states import Role
from gongkai.accounts.tests.checking import GOOD, NOW, TODAY, last, refused, rows
from gongkai.accounts.tests.world import PASSWORD
from gongkai.audit.api import AuditEvent
from gongkai.kernel import clock
from gongkai.organisation.api import Unit, UnitKind, create_unit, dissolve_unit, restore_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


class TestAccounts:
    def given(self, world, **other):
        admin = {"actor": world.own.platform_admin, "body": world.own.body}
        return {**admin, "username": "wangli", "full_name": "王丽", "password": GOOD, **other}

    def test_an_administrator_opens_an_account(self, world):
        user = actions.create_user(**self.given(world, username=" WangLi ", email="w@q.cn"))
        assert (user.username, user.full_name, user.body_id) == (
            "wangli",
            "王丽",
            world.own.body.pk,
        )
        assert user.check_password(GOOD)
        event = AuditEvent.objects.get(
            event="accounts.user_created", subject__endswith=f":{user.pk}"
        )
        assert event.actor_name == "own平台管理员"
        assert GOOD not in str(event.facts)

    def test_refusals(self, world):
        create, given = actions.create_user, self.given
        refused({"accounts.username_taken"}, create, **given(world, username="OWNOFFICER"))
        refused({"accounts.bad_username"}, create, **given(world, username="王丽"))
        refused({"accounts.no_name"}, create, **given(world, full_name=" "))
        for weak in ("short-1A", "alllowercase", "Password123", "Wangli-2026", "123456789012"):
            refused({"accounts.weak_password"}, create, **given(world, password=weak))
        refused({"accounts.not_yours"}, create, **given(world, body=world.other.body))
        refused({"accounts.not_yours"}, create, **given(world, body=None))
        refused({"accounts.no_body"}, create, **given(world, body=world.own.section))
        for role, user in world.own.people.items():
            if role is not Role.PLATFORM_ADMIN:
                refused({"accounts.not_yours"}, create, **given(world, actor=user))

    def test_a_name_taken_between_question_and_row_is_refused_too(self, world, monkeypatch):
        monkeypatch.setattr(policies, "why_not_create", lambda *_, **__: iter(()))
        taken = self.given(world, username="ownofficer")
        refused({"accounts.username_taken"}, actions.create_user, **taken)

    def test_correcting(self, world):
        user, admin = world.own.officer, world.own.platform_admin
        given = {"actor": admin, "email": "x@q.cn"}
        seen = user.version
        done = actions.correct_user(user, full_name="林涛涛", expected=seen, **given)
        assert (done.full_name, done.email) == ("林涛涛", "x@q.cn")
        event, facts = last(user)
        assert (event, facts) == (
            "accounts.user_changed",
            {"before": "own信息员", "after": "林涛涛"},
        )
        correct = actions.correct_user
        refused({"kernel.stale"}, correct, user, full_name="甲", expected=seen, **given)
        refused({"accounts.no_name"}, correct, done, full_name="", expected=done.version, **given)
        other = world.other.officer
        refused(
            {"accounts.not_yours"},
            correct,
            other,
            full_name="甲",
            expected=other.version,
            **given,
        )

    def test_resetting_ends_sessions_and_asks_for_a_change(self, world, client):
        user, admin = world.own.officer, world.own.platform_admin
        client.force_login(user)
        done = actions.reset_password(user, actor=admin, password=GOOD, expected=user.version)
        assert done.check_password(GOOD)
        assert done.must_change_password
        assert last(user)[0] == "accounts.password_reset"
        assert client.get("/accounts/me/").status_code == 302
        reset = actions.reset_password
        given = {"actor": admin, "password": "Third-secret-7"}
        refused(
            {"accounts.weak_password"},
            reset,
            done,
            **{**given, "password": GOOD},
            expected=done.version,
        )
        refused({"accounts.oneself"}, reset, admin, **given, expected=admin.version)
        other = world.other.officer
        refused({"accounts.not_yours"}, reset, other, **given, expected=other.version)

    def test_whoever_holds_a_post_elsewhere_is_not_in_one_administrator_s_hand(self, world):
        """Else the reset of a password would lend the power of the other body."""
        user, admin = world.own.officer, world.own.platform_admin
        actions.appoint(actor=None, user=user, unit=world.other.body, role=Role.LEADER)
        given = {"actor": admin, "expected": user.version}
        refused({"accounts.posts_elsewhere"}, actions.reset_password, user, password=GOOD, **given)
        refused({"accounts.posts_elsewhere"}, actions.set_active, user, active=False, **given)

    def test_deactivating_and_back(self, world):
        user, admin = world.own.officer, world.own.platform_admin
        given = {"actor": admin}
        done = actions.set_active(user, active=False, expected=user.version, **given)
        assert not done.is_active
        assert policies.scope_paths(done) == ()
        assert policies.roles_of(done) == set()
        assert done not in queries.people_of(world.own.section)
        assert last(user)[0] == "accounts.user_deactivated"
        toggle = actions.set_active
        refused({"accounts.inactive"}, toggle, done, active=False, expected=done.version, **given)
        back = toggle(done, active=True, expected=done.version, **given)
        assert policies.scope_paths(back) == (world.own.section.path,)
        refused({"accounts.active"}, toggle, back, active=True, expected=back.version, **given)
        refused({"accounts.oneself"}, toggle, admin, active=False, expected=admin.version, **given)


class TestPosts:
    def test_several_posts(self, world):
        user, body = world.own.officer, world.own.body
        admin = world.own.platform_admin
        actions.appoint(actor=admin, user=user, unit=body, role=Role.OPENNESS_OFFICE)
        assert policies.roles_of(user) == {Role.OFFICER, Role.OPENNESS_OFFICE}
        assert policies.scope_paths(user) == (body.path,)
        event, facts = last(user)
        assert event == "accounts.appointed"
        assert facts["post"] == "清江市交通运输局政务公开办"
        assert last(body)[0] == "accounts.appointed"

    def test_a_post_counts_from_its_first_to_the_day_before_its_last(self, world):
        user, body = world.own.officer, world.own.body
        start, end = TODAY + timedelta(2), TODAY + timedelta(4)
        actions.appoint(
            actor=None, user=user, unit=body, role=Role.LEADER, from_on=start, until_on=end
        )
        held = [Role.LEADER in policies.roles_of(user, on=TODAY + timedelta(i)) for i in range(6)]
        assert held == [False, False, True, True, False, False]

    def test_refusals(self, world):
        admin, user, section = world.own.platform_admin, world.own.officer, world.own.section
        given = {"actor": admin, "user": user, "unit": section}
        appoint = actions.appoint
        refused({"accounts.has_post"}, appoint, **given, role=Role.OFFICER)
        refused({"accounts.auditor_apart"}, appoint, **given, role=Role.AUDITOR)
        auditor = {**given, "user": world.own.auditor}
        refused({"accounts.auditor_apart"}, appoint, **auditor, role=Role.OFFICER)
        other = {**given, "unit": world.other.section}
        refused({"accounts.not_yours"}, appoint, **other, role=Role.LEADER)
        stranger = {**given, "user": world.other.officer}
        refused({"accounts.not_yours"}, appoint, **stranger, role=Role.LEADER)
        span = {"from_on": TODAY, "until_on": TODAY}
        refused({"accounts.wrong_span"}, appoint, **given, role=Role.LEADER, **span)
        for role, actor in world.own.people.items():
            if role is not Role.PLATFORM_ADMIN:
                refused(
                    {"accounts.not_yours"}, appoint, **{**given, "actor": actor}, role=Role.LEADER
                )
        gone = actions.set_active(user, actor=admin, active=False, expected=user.version)
        refused({"accounts.inactive"}, appoint, **{**given, "user": gone}, role=Role.LEADER)

    def test_nobody_is_appointed_to_what_is_dissolved(self, world):
        old = create_unit(
            actor=None,
            parent=world.own.body,
            kind=UnitKind.SECTION,
            name="老科室",
            on=date(2020, 1, 1),
        )
        old = dissolve_unit(old, actor=None, on=TODAY, expected=old.version)
        refused(
            {"accounts.unit_dissolved"},
            actions.appoint,
            actor=world.own.platform_admin,
            user=world.own.officer,
            unit=old,
            role=Role.OFFICER,
        )

    def test_ending(self, world):
        user, admin = world.own.officer, world.own.platform_admin
        post = user.posts.get()
        done = actions.end_post(post, actor=admin)
        assert done.until_on == TODAY
        policies.forget_held(user)
        assert policies.roles_of(user) == set()
        assert policies.roles_of(user, on=TODAY - timedelta(1)) == {Role.OFFICER}
        assert last(user)[0] == "accounts.post_ended"
        refused({"accounts.post_over"}, actions.end_post, done, actor=admin)
        refused(
            {"accounts.not_yours"},
            actions.end_post,
            world.other.officer.posts.get(),
            actor=admin,
        )
        own = admin.posts.get()
        refused({"accounts.last_admin"}, actions.end_post, own, actor=admin)

    def test_posts_end_with_their_unit(self, world):
        section = world.own.section
        day = TODAY + timedelta(10)
        dissolve_unit(section, actor=None, on=day, expected=section.version)
        users = [world.own.officer, world.own.section_head]
        assert [p.until_on for p in Post.objects.filter(unit=section)] == [day, day]
        assert all(last(user)[0] == "accounts.post_ended" for user in users)
        with clock.at(NOW + timedelta(10)):
            assert all(not policies.held_by(User.objects.get(pk=u.pk)) for u in users)
        section = Unit.objects.get(pk=section.pk)
        restore_unit(section, actor=None, reason="写错了", expected=section.version)
        assert Post.objects.filter(unit=section, until_on=None).count() == 0


class TestFounding:
    def given(self, **other):
        return {
            "body": "清江市人民政府",
            "username": "admin",
            "full_name": "何平",
            "stdout": StringIO(),
            **other,
        }

    def found(self, monkeypatch, password, **other):
        monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
        call_command("found", **self.given(**other))

    def test_the_first_administrator(self, monkeypatch):
        self.found(monkeypatch, GOOD)
        user = User.objects.get()
        assert user.check_password(GOOD)
        assert policies.account_paths(user) == (Unit.objects.get().path,)

    def test_only_on_an_empty_database(self, monkeypatch, world):
        before = rows()
        with pytest.raises(CommandError, match="已经有账号"):
            self.found(monkeypatch, GOOD)
        assert rows() == before

    def test_a_weak_password_founds_nothing(self, monkeypatch):
        with pytest.raises(CommandError, match="密码"):
            self.found(monkeypatch, "weak")
        assert not Unit.objects.exists()


def test_the_password_of_the_world_is_strong():
    assert not list(policies.why_not_password(PASSWORD))


def test_usernames_are_unique_in_the_database(world):
    with pytest.raises(IntegrityError):
        User.objects.create(username="ownofficer", full_name="甲", created_at=NOW)
