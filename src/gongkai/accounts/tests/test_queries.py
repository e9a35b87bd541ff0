"""What each role sees: scopes by path, people by body."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongkai.accounts import policies, queries, rules
from gongkai.accounts.api import appoint
from gongkai.accounts.models import User
from gongkai.accounts.states import Role
from gongkai.accounts.tests.factories import make_person
from gongkai.audit.api import AuditEvent
from gongkai.organisation.api import Unit, UnitKind, create_unit, move_unit

pytestmark = pytest.mark.django_db
IN_SECTION = {Role.OFFICER, Role.SECTION_HEAD}


def test_the_scope_of_each_role(world):
    for role, user in world.own.people.items():
        expected = {
            Role.PLATFORM_ADMIN: (),
            Role.OFFICER: (world.own.section.path,),
            Role.SECTION_HEAD: (world.own.section.path,),
        }.get(role, (world.own.body.path,))
        assert policies.scope_paths(user) == expected, role


def test_units_in_scope(world):
    for role, user in world.own.people.items():
        seen = set(Unit.objects.filter(policies.in_scope("path", user)))
        own = {world.own.section} if role in IN_SECTION else {world.own.body, world.own.section}
        assert seen == (set() if role is Role.PLATFORM_ADMIN else own), role


def test_nobody_has_no_scope(world):
    from django.contrib.auth.models import AnonymousUser

    for nobody in (None, AnonymousUser(), make_person()):
        assert policies.scope_paths(nobody) == ()
        assert policies.held_by(nobody) == ()
        assert not Unit.objects.filter(policies.in_scope("path", nobody)).exists()


def test_a_key_that_begins_like_another_is_no_path_below(world):
    """/1/ must not cover /12/."""
    for i in range(12):
        create_unit(actor=None, parent=None, kind=UnitKind.BODY, name=f"机关{i}")
    first = Unit.objects.order_by("pk")[0]
    assert list(Unit.objects.filter(policies.under("path", [first.path])).order_by("pk")) == [
        first,
        world.own.section,
    ]


def test_a_role_holds_below_and_not_above(world):
    leader, officer = world.own.leader, world.own.officer
    assert policies.has_role(leader, Role.LEADER, unit=world.own.section)
    assert not policies.has_role(leader, Role.LEADER, unit=world.other.body)
    assert policies.has_role(officer, Role.OFFICER, unit=world.own.section)
    assert not policies.has_role(officer, Role.OFFICER, unit=world.own.body)
    assert policies.roles_of(leader, world.own.section) == {Role.LEADER}
    assert policies.roles_of(leader, world.other.section) == set()


def test_a_scope_moves_with_its_unit(world):
    office = create_unit(actor=None, parent=world.own.body, kind=UnitKind.OFFICE, name="执法支队")
    section = world.own.section
    move_unit(section, actor=None, parent=office, expected=section.version)
    officer = User.objects.get(pk=world.own.officer.pk)
    assert policies.scope_paths(officer) == (f"{office.path}{section.pk}/",)


def test_people_of_a_unit(world):
    section = world.own.section
    assert list(queries.people_of(section)) == [world.own.officer, world.own.section_head]
    assert list(queries.people_of(section, [Role.OFFICER])) == [world.own.officer]
    assert world.own.leader in queries.people_of(world.own.body)
    assert world.own.officer not in queries.people_of(world.own.body)


def test_administrators_and_auditors_see_people_of_their_body_only(world):
    for role, user in world.own.people.items():
        seen = set(policies.visible_people(user))
        readers = {Role.PLATFORM_ADMIN, Role.AUDITOR}
        assert seen == (set(world.own.people.values()) if role in readers else set()), role


def test_a_new_account_without_a_post_is_seen_by_its_body_alone(world):
    user = make_person(body=world.own.body)
    assert user in policies.visible_people(world.own.platform_admin)
    assert user not in policies.visible_people(world.other.platform_admin)


def test_the_first_post_says_who_looks_after_the_account(world):
    user = make_person()
    assert user not in policies.visible_people(world.own.platform_admin)
    appoint(actor=None, user=user, unit=world.own.section, role=Role.OFFICER)
    assert user.body == world.own.body
    assert user in policies.visible_people(world.own.platform_admin)


def test_what_is_held_is_read_once_for_a_person_and_day(world):
    user = User.objects.get(pk=world.own.officer.pk)
    with CaptureQueriesContext(connection) as found:
        for _ in range(5):
            policies.scope_paths(user)
            policies.roles_of(user)
    assert len(found) == 2


def test_auditors_read_the_trail_of_their_body(world, client):
    client.force_login(world.own.auditor)
    assert policies.audit_paths(world.own.auditor) == (world.own.body.path,)
    assert policies.audit_paths(world.own.leader) is None
    event = AuditEvent.objects.filter(event="accounts.appointed").first()
    assert event.unit_path.startswith(world.own.body.path)


paths = st.lists(st.integers(1, 3), min_size=1, max_size=4).map(
    lambda keys: "/" + "/".join(map(str, keys)) + "/"
)


@given(st.sets(paths, max_size=6), paths)
def test_leaving_out_narrower_paths_changes_no_scope(some, path):
    assert path.startswith(rules.widest(some)) == path.startswith(tuple(some))


def test_what_is_asked_of_a_password_is_said_as_the_settings_have_it(settings):
    from gongkai.accounts.forms import password_help

    assert password_help().startswith("至少10个字符。")
    assert "至少3种" in password_help()
    settings.AUTH_PASSWORD_VALIDATORS = [
        {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"}
    ]
    assert "数字" in password_help()
