"""The door of submissions: what the desk and the demo may use."""

from gongkai.submissions.actions import (
    end_requirement,
    open_year,
    receive,
    require,
    return_round,
    send,
)
from gongkai.submissions.models import Requirement, Round, Sending
from gongkai.submissions.queries import needs, to_open
from gongkai.submissions.states import Kind, Rhythm, RoundState, Way

__all__ = [
    "Kind",
    "Requirement",
    "Rhythm",
    "Round",
    "RoundState",
    "Sending",
    "Way",
    "end_requirement",
    "needs",
    "open_year",
    "receive",
    "require",
    "return_round",
    "send",
    "to_open",
]
