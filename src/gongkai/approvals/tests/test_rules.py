"""Chains as values: what can run, what comes next, what outlives a change of the text."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.approvals.rules import (
    Step,
    first_stuck,
    is_digest,
    next_turn,
    survives_change,
    wrong_steps,
)
from gongkai.approvals.states import StepKind
from gongkai.approvals.tests.factories import CLEAR, FULL, HEAD, countersign, digest

STEPS = st.builds(
    Step,
    kind=st.sampled_from(StepKind),
    role=st.sampled_from(["officer", "leader"]),
    turn=st.integers(1, 9),
    at_body=st.booleans(),
    four_eyes=st.booleans(),
    keeps=st.booleans(),
    units=st.lists(st.integers(1, 99), max_size=3).map(tuple),
)


@given(STEPS)
def test_a_step_is_read_back_as_it_was_written(step):
    assert Step.from_json(step.as_json()) == step


@given(STEPS)
def test_only_a_countersignature_outlives_a_change_and_only_if_the_chain_says_so(step):
    assert survives_change(step) == (step.keeps and step.kind is StepKind.COUNTERSIGN)


def test_a_chain_that_can_run():
    assert list(wrong_steps(FULL)) == []
    assert list(wrong_steps([HEAD, Step(StepKind.COUNTERSIGN, "officer", 1, keeps=True)])) == []


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([], "流程里至少要有一步。"),
        ([Step(StepKind.SIGN, "leader", 1, keeps=True)], "第1步是审核，内容改动后必须重签。"),
        (
            [HEAD, Step(StepKind.CLEAR_SECRECY, "leader", 2, keeps=True)],
            "第2步是保密审查，内容改动后必须重签。",
        ),
        ([Step(StepKind.APPROVE, "leader", 1, units=(3,))], "第1步不是会签，不能指定其他单位。"),
        ([CLEAR, HEAD], "各步的次序要从小到大。"),
        ([countersign()], "只有待定单位的会签，流程可能一步也没有，请再加一步。"),
    ],
)
def test_a_chain_that_cannot_run_says_why(steps, sentence):
    assert list(wrong_steps(steps)) == [sentence]


@pytest.mark.parametrize(
    ("steps", "turn"),
    [
        ([(1, False), (2, False)], 1),
        ([(1, True), (2, False), (2, True)], 2),
        ([(2, False), (1, True), (3, False)], 2),
        ([(1, True), (2, True)], None),
        ([], None),
    ],
)
def test_the_next_turn_is_the_lowest_that_is_not_signed_through(steps, turn):
    assert next_turn(steps) == turn


def test_a_digest_is_a_whole_hash():
    assert is_digest(digest("x"))
    assert not any(map(is_digest, ["", "abc", "A" * 64, "g" * 64, "a" * 65, "a" * 64 + "\n"]))


@pytest.mark.parametrize(
    ("steps", "apart", "stuck"),
    [
        ([(False, {1})], {1}, None),
        ([(True, {1})], {1}, 0),
        ([(True, {1, 2})], {1}, None),
        ([(True, {1}), (True, {1})], (), 1),
        ([(True, {1}), (False, {1}), (True, {1})], (), 2),
        ([(True, {1, 2}), (True, {1})], (), None),
        ([(True, {1, 2}), (True, {1, 2}), (True, {1, 2})], (), 2),
        ([(True, {1, 2}), (True, {2, 3}), (True, {1})], {4}, None),
        ([(False, set()), (True, {1})], (), 0),
        ([], (), None),
    ],
)
def test_the_first_step_that_nobody_is_left_for(steps, apart, stuck):
    assert first_stuck(steps, apart) == stuck


PEOPLE = st.frozensets(st.integers(1, 4), max_size=4)


@given(st.lists(st.tuples(st.booleans(), PEOPLE), max_size=5), PEOPLE)
def test_a_chain_is_stuck_exactly_when_no_way_of_signing_it_is_left(steps, apart):
    def can_be_signed(chain):
        eyes = [people - apart for four_eyes, people in chain if four_eyes]
        others = [people for four_eyes, people in chain if not four_eyes]
        return all(others) and any(len(set(way)) == len(way) for way in product(*eyes))

    stuck = first_stuck(steps, apart)
    assert (stuck is None) == can_be_signed(steps)
    if stuck is not None:
        assert can_be_signed(steps[:stuck])
        assert not can_be_signed(steps[: stuck + 1])
