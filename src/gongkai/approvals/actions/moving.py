"""What follows from a signature: whose turn it is next, when a round is over; no verbs here."""

from __future__ import annotations

from gongkai.accounts.api import User
from gongkai.approvals.models import Round
from gongkai.approvals.rules import next_turn
from gongkai.approvals.states import UNSIGNED, RoundState, StepState
from gongkai.audit.api import record
from gongkai.kernel import clock


def go_on(round_: Round, *, actor: User) -> None:
    """Call the next turn's steps, or complete the round."""
    steps = list(round_.steps.values_list("turn", "state"))
    turn = next_turn((turn, state == StepState.SIGNED) for turn, state in steps)
    if turn is not None:
        waiting = round_.steps.filter(turn=turn, state=StepState.WAITING)
        waiting.update(state=StepState.READY, called_at=clock.now())
        return
    close_round(round_, RoundState.COMPLETE)
    record(
        "approvals.completed",
        subject=round_,
        actor=actor,
        unit=round_.unit,
        also=[round_.subject],
        digest=round_.digest,
    )


def close_round(round_: Round, state: RoundState) -> None:
    """End a round that runs, with the steps that nobody will sign any more."""
    close_steps(round_)
    round_.state, round_.open_for, round_.closed_at = state, None, clock.now()
    round_.save(update_fields=["state", "open_for", "closed_at"])


def close_steps(round_: Round) -> None:
    """Close what nobody signed."""
    round_.steps.filter(state__in=UNSIGNED).update(state=StepState.CLOSED)
