"""Every verb in every state of a round and of a step."""

import itertools

import pytest

from gongkai.accounts.api import Role
from gongkai.approvals import policies
from gongkai.approvals.states import (
    EVENTS,
    ROUND_MOVES,
    STEP_MOVES,
    RoundState,
    StepKind,
    StepState,
)
from gongkai.approvals.tests.factories import FIRST, FULL, define, start, step_of

VERBS = {
    "sign": lambda step, user: policies.why_not_sign(step, actor=user, digest=FIRST),
    "return": lambda step, user: policies.why_not_return(
        step, actor=user, digest=FIRST, reason="请补材料"
    ),
    "delegate": lambda step, user: policies.why_not_hand_on(step, actor=user),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "round_state", "step_state"), list(itertools.product(VERBS, RoundState, StepState))
)
def test_every_verb_in_every_pair_of_states(world, verb, round_state, step_state):
    define(*FULL)
    step = step_of(start(world), StepKind.SIGN)
    step.state, step.round.state = step_state, round_state
    allowed = round_state in ROUND_MOVES[verb][0] and step_state in STEP_MOVES[verb][0]
    found = {refusal.code for refusal in VERBS[verb](step, world.own.section_head)}
    wanted = "approvals.closed"
    if round_state in ROUND_MOVES[verb][0]:
        wanted = "approvals.not_the_turn"
    assert found == (set() if allowed else {wanted})


@pytest.mark.parametrize("moves", [STEP_MOVES, ROUND_MOVES])
def test_a_closed_state_is_left_by_a_change_of_the_text_alone(moves):
    ended = {"complete", "returned", "superseded", "signed", "closed"}
    leaving = {verb for verb, (froms, _) in moves.items() if ended & froms}
    assert leaving <= {"supersede"}


def test_every_state_and_kind_has_a_word_of_its_own():
    for states in (RoundState, StepState, StepKind, Role):
        labels = [state.label for state in states]
        assert all(labels)
        assert len(set(labels)) == len(labels)
    assert all(event.startswith("approvals.") and label for event, label in EVENTS.items())


def test_what_binds_the_text():
    assert {kind for kind in StepKind if not kind.bound_to_text} == {StepKind.COUNTERSIGN}
