"""Every verb in every state: allowed exactly where the table of moves says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.accounts.tests.world import World
from gongkai.duties import actions
from gongkai.duties.models import Duty, Fact
from gongkai.duties.policies import VERB_WORDS
from gongkai.duties.rules import waiting
from gongkai.duties.states import EVENTS, MOVES, State
from gongkai.duties.tests.factories import NOW, make_duty, moment
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused

CALLS: dict[str, dict[str, Any]] = {
    "pause": {"at": moment("2026-02-24T10:00"), "reason": "征求意见"},
    "resume": {"at": moment("2026-02-26T10:00")},
    "extend": {"days": 20, "reason": "内容较多"},
    "reset": {"at": moment("2026-02-26T10:00"), "reason": "收到补正"},
    "set_date": {"on": date(2026, 6, 30), "reason": "上级通知"},
    "meet": {"at": moment("2026-02-27T10:00")},
    "reopen": {"reason": "答复有误"},
    "cancel": {"reason": "申请人撤回"},
    "reassign": {"person": None},
}


def duty_in(state: State, verb: str, world: World) -> Duty:
    """A duty in a state, ready for the verb but for its state."""
    dated = verb == "set_date" or state is State.WAITING
    limit: dict[str, Any] = {"limit": waiting()} if dated else {}
    duty = make_duty(world.own.section, person=world.own.officer, **limit)
    if dated and state is not State.WAITING:
        duty = actions.set_date(duty, actor=None, on=date(2026, 5, 1), reason="上级通知")
    if verb == "resume" and not dated:
        duty = actions.pause(duty, actor=None, at=moment("2026-02-24T09:00"), reason="征求意见")
    if state is State.MET:
        duty = actions.meet(duty, actor=None, at=moment("2026-02-25T09:00"))
    if state is State.CANCELLED:
        duty = actions.cancel(duty, actor=None, reason="撤回")
    assert duty.state == state
    return duty


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(MOVES))
def test_every_verb_in_every_state(verb: str, state: State, world: World) -> None:
    allowed, to = MOVES[verb]
    with clock.at(NOW):
        duty = duty_in(state, verb, world)
        facts = Fact.objects.filter(duty=duty).count()
        run = getattr(actions, verb)
        if state in allowed:
            changed = run(duty, actor=world.own.officer, **CALLS[verb])
            assert changed.state == (to or state)
            return
        with pytest.raises(Refused) as refused:
            run(duty, actor=world.own.officer, **CALLS[verb])
    assert "duties.wrong_state" in refused.value.codes
    duty.refresh_from_db()
    assert duty.state == state
    assert Fact.objects.filter(duty=duty).count() == facts


def test_a_duty_reopened_before_its_date_is_known_waits_again(world: World) -> None:
    with clock.at(NOW):
        duty = make_duty(world.own.section, limit=waiting())
        duty = actions.meet(duty, actor=None, at=NOW)
        assert duty.light_rule == "met_on_time"
        duty = actions.reopen(duty, actor=None, reason="没有做完")
    assert (duty.state, duty.light_rule, duty.closed_on) == ("waiting", "waiting", None)


def test_every_verb_has_its_words_and_its_event() -> None:
    assert set(VERB_WORDS) == set(MOVES)
    assert all(event.startswith("duties.") for event in EVENTS)
