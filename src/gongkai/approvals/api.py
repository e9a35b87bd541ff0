"""The door of the approvals: what other apps may use."""

from gongkai.approvals.actions import (
    define_chain,
    delegate_step,
    reopen_for,
    return_to_drafter,
    sign,
    sign_own,
    sign_through,
    start_round,
    supersede,
)
from gongkai.approvals.models import Round, RoundStep
from gongkai.approvals.policies import offer_chain
from gongkai.approvals.queries import (
    Signature,
    Standing,
    asked_before,
    asked_now,
    chain_in_force,
    count_waiting,
    is_cleared,
    is_complete,
    newest_round,
    ready_steps,
    round_by_key,
    signatures_of,
    standing,
    state_of,
    waiting_for,
)
from gongkai.approvals.rules import Step
from gongkai.approvals.states import RoundState, StepKind, StepState

__all__ = [
    "Round",
    "RoundState",
    "RoundStep",
    "Signature",
    "Standing",
    "Step",
    "StepKind",
    "StepState",
    "asked_before",
    "asked_now",
    "chain_in_force",
    "count_waiting",
    "define_chain",
    "delegate_step",
    "is_cleared",
    "is_complete",
    "newest_round",
    "offer_chain",
    "ready_steps",
    "reopen_for",
    "return_to_drafter",
    "round_by_key",
    "sign",
    "sign_own",
    "sign_through",
    "signatures_of",
    "standing",
    "start_round",
    "state_of",
    "supersede",
    "waiting_for",
]
