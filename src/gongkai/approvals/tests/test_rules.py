"""Chains as values: what can run, what comes next, what outlives a change of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.approvals.rules import Step, is_digest, next_turn, survives_change, wrong_steps
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
