"""Two people at the same moment: one change goes first, the other sees it; nothing half done."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from gongkai.accounts import actions
from gongkai.accounts.models import Delegation
from gongkai.accounts.states import Role
from gongkai.accounts.tests.world import make_world
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.organisation import api as organisation
from gongkai.organisation.api import Unit, UnitKind

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[set[str]]:
    """Start all in threads of their own; return the codes each was refused with, {} for none."""
    ready = threading.Barrier(len(acts))
    found: list[set[str]] = [{"never ended"} for _ in acts]

    def run(i: int, act: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            act()
            found[i] = set()
        except Refused as refused:
            found[i] = refused.codes
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def make_body(name: str, parent: Unit | None = None) -> Unit:
    return organisation.create_unit(actor=None, parent=parent, kind=UnitKind.BODY, name=name)


def test_two_moves_never_make_a_circle():
    top = make_body("市")
    for i in range(5):
        one, two = make_body(f"甲{i}", top), make_body(f"乙{i}", top)

        def move(unit, parent):
            organisation.move_unit(unit, actor=None, parent=parent, expected=unit.version)

        codes = at_once(lambda: move(one, two), lambda: move(two, one))  # noqa: B023
        assert sorted(map(bool, codes)) == [False, True]
        assert {"organisation.circle", "kernel.stale"} & (codes[0] | codes[1])
        one.refresh_from_db()
        two.refresh_from_db()
        above, below = (one, two) if two.parent_id == one.pk else (two, one)
        assert above.path == f"{top.path}{above.pk}/"
        assert below.path == f"{above.path}{below.pk}/"


def test_one_name_goes_to_one_of_two():
    top = make_body("市")
    for i in range(5):
        codes = at_once(*[lambda: make_body(f"局{i}", top)] * 2)  # noqa: B023
        assert sorted(codes, key=len) == [set(), {"organisation.name_taken"}]


def test_a_unit_set_up_below_one_that_moves_goes_along():
    top, other = make_body("市"), make_body("省")
    for i in range(5):
        unit = make_body(f"局{i}", top)
        codes = at_once(
            lambda: organisation.move_unit(unit, actor=None, parent=other, expected=1),  # noqa: B023
            lambda: make_body("下级", unit),  # noqa: B023
        )
        assert codes == [set(), set()]
        below = Unit.objects.get(parent=unit)
        assert below.path == f"{other.path}{unit.pk}/{below.pk}/"


def test_two_who_stand_in_for_each_other_at_once():
    world, day = make_world(), clock.today()
    one, two = world.own.officer, world.own.section_head

    def lend(giver, taker):
        actions.delegate(actor=giver, taker=taker, from_on=day, until_on=day, reason="出差")

    codes = at_once(lambda: lend(one, two), lambda: lend(two, one))
    assert sorted(map(bool, codes)) == [False, True]
    assert Delegation.objects.count() == 1


def test_nobody_becomes_auditor_and_something_else_at_once():
    world = make_world()
    post = world.own.officer.posts.get()
    actions.end_post(post, actor=None)

    def appoint(role):
        actions.appoint(actor=None, user=world.own.officer, unit=world.own.body, role=role)

    codes = at_once(lambda: appoint(Role.AUDITOR), lambda: appoint(Role.LEADER))
    assert sorted(map(bool, codes)) == [False, True]
    assert {"accounts.auditor_apart", "kernel.stale"} & (codes[0] | codes[1])
