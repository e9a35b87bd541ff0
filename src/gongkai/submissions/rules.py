"""When what is owed upward is due: rounds of a year, as arithmetic over days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.submissions.states import Rhythm

MOST_LAG = 120
"""So many days after its period a submission is due at the latest."""


@dataclass(frozen=True)
class Due:
    """One round: the name of its period, its first day, the day it is due."""

    period: str
    start: date
    due: date


def late_by(rhythm: Rhythm, lag: int) -> str:
    """Say the rule in words: 每季度，期满后10天内."""
    if rhythm is Rhythm.ONCE:
        return rhythm.label
    return f"{rhythm.label}，期满后{lag}天内" if lag else f"{rhythm.label}，期满前"


def with_lag(rounds: list[Due], lag: int, *, not_before: date) -> list[Due]:
    """Put each due day so many days after the end of its period; leave out what is over by then."""
    moved = [Due(one.period, one.start, one.due + timedelta(days=lag)) for one in rounds]
    return [one for one in moved if one.due >= not_before]
