"""Two people at the same moment: both sign side by side, one of two senders is refused."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from gongkai.accounts.tests.world import make_world
from gongkai.approvals import actions, queries
from gongkai.approvals.models import Round
from gongkai.approvals.tests.factories import (
    FIRST,
    HEAD,
    LEADER,
    SECOND,
    countersign,
    define,
    start,
)
from gongkai.kernel.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls in threads that begin together; return results and exceptions in order."""
    gate, found = Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        gate.wait()
        try:
            found[place] = call()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("turn", range(3))
def test_two_units_countersign_at_the_same_moment(transactional_db, turn):
    world = make_world()
    define(countersign(world.own.section, world.other.section), LEADER)
    round_ = start(world)
    mine, theirs = queries.ready_steps(round_)
    found = at_once(
        lambda: actions.sign(mine, actor=world.own.section_head, digest=FIRST),
        lambda: actions.sign(theirs, actor=world.other.section_head, digest=FIRST),
    )
    assert [type(each) for each in found] == [Round, Round]
    assert [s.kind for s in queries.ready_steps(round_)] == ["approve"]


@pytest.mark.parametrize("turn", range(3))
def test_one_step_is_signed_once(transactional_db, turn):
    world = make_world()
    define(HEAD, LEADER)
    (step,) = queries.ready_steps(start(world))

    def sign():
        return actions.sign(step, actor=world.own.section_head, digest=FIRST)

    found = at_once(sign, sign)
    assert sorted(type(each).__name__ for each in found) == ["Refused", "Round"]


@pytest.mark.parametrize("other", [FIRST, SECOND])
def test_of_two_senders_one_is_refused_or_superseded(transactional_db, other):
    world = make_world()
    define(HEAD)
    found = at_once(lambda: start(world), lambda: start(world, version=other))
    refused = [each for each in found if isinstance(each, Refused)]
    assert all(isinstance(each, Round | Refused) for each in found)
    assert all(each.codes <= {"approvals.already_open", "kernel.stale"} for each in refused)
    assert Round.objects.filter(state="open").count() == 1
    assert len(refused) == 1 or other == SECOND
