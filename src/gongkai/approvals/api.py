"""The door of the approvals: what other apps may use."""

from gongkai.approvals.actions import (
    define_chain,
    delegate_step,
    return_to_drafter,
    sign,
    sign_through,
    start_round,
)
from gongkai.approvals.models import Round, RoundStep
from gongkai.approvals.queries import (
    chain_in_force,
    is_complete,
    ready_steps,
    state_of,
    waiting_for,
)
from gongkai.approvals.rules import Step
from gongkai.approvals.states import RoundState, StepKind, StepState

__all__ = [
    "Round",
    "RoundState",
    "RoundStep",
    "Step",
    "StepKind",
    "StepState",
    "chain_in_force",
    "define_chain",
    "delegate_step",
    "is_complete",
    "ready_steps",
    "return_to_drafter",
    "sign",
    "sign_through",
    "start_round",
    "state_of",
    "waiting_for",
]
