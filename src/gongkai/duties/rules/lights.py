"""Which light a duty shows and until when, by the rules in ``states.LIGHT_RULES``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.duties.rules.ladder import LADDER, Ladder, days_back, days_on, half_of, rung_at
from gongkai.duties.rules.ledger import Clock
from gongkai.duties.rules.limits import Limit
from gongkai.duties.rules.reckoning import Reckoning
from gongkai.duties.rules.values import ONE_DAY, ONE_SECOND, Calendar, midnight
from gongkai.duties.states import (
    LIGHT_RULES,
    NEAR_WORKING_DAYS,
    LightRule,
    LimitKind,
    State,
)


@dataclass(frozen=True)
class Lit:
    """A light by its rule; ``next_change_at`` is when light or rung change (None: never).

    ``rung`` is the rung of the ladder that the moment stands on, None where nothing reminds.
    ``quiet_until`` is the next working day's beginning on a day on which no rung is climbed.
    """

    rule: LightRule
    next_change_at: datetime | None = None
    rung: int | None = None
    quiet_until: datetime | None = None


def light_of(
    now: datetime,
    *,
    state: State,
    limit: Limit,
    clock: Clock,
    found: Reckoning,
    calendar: Calendar,
    closed_at: datetime | None = None,
    history_until: date | None = None,
    ladder: Ladder = LADDER,
) -> Lit:
    """Find the light at a moment (in the office's time), and the rung of the body's ladder.

    A duty bound as history shows the light of the moment its year ended, and nothing reminds.
    """
    if state is State.CANCELLED:
        return Lit(LIGHT_RULES["cancelled"])
    if state is State.MET:
        late = closed_at is not None and found.due_at is not None and closed_at > found.due_at
        return Lit(LIGHT_RULES["met_late" if late else "met_on_time"])
    if history_until is not None:
        then = midnight(history_until + ONE_DAY, clock.start)
        return Lit(_running(min(now, then), limit, clock, found, calendar, ladder).rule)
    return _running(now, limit, clock, found, calendar, ladder)


def _running(
    now: datetime,
    limit: Limit,
    clock: Clock,
    found: Reckoning,
    calendar: Calendar,
    ladder: Ladder,
) -> Lit:
    if found.paused:
        return Lit(LIGHT_RULES["paused"])
    if found.due_at is None:
        standing = limit.kind is LimitKind.STANDING
        return Lit(LIGHT_RULES["standing" if standing else "waiting"])
    hours = limit.kind is LimitKind.HOURS
    near_at = found.due_at - half_of(clock.n) if hours else None
    rung, next_rung_at = rung_at(now, found.due_at, calendar, near_at, ladder)
    turns = _turns(found.due_at, near_at, calendar)
    before = "hours_far" if hours else "far"
    code = next((code for code, begins in reversed(turns) if begins <= now), before)
    ahead = [begins for _, begins in turns if begins > now]
    quiet = None if hours else _quiet_until(now, calendar)
    return Lit(LIGHT_RULES[code], min([*ahead, next_rung_at]), rung, quiet)


def _quiet_until(now: datetime, calendar: Calendar) -> datetime | None:
    """Return when the next working day begins, on a day off; None on a working day."""
    if calendar.is_working(now.date()):
        return None
    return midnight(days_on(now.date(), 1, calendar), now)


def _turns(
    due_at: datetime, near_at: datetime | None, calendar: Calendar
) -> list[tuple[str, datetime]]:
    """Return each rule after the first with the moment from which it holds, in order."""
    over = ("overdue", due_at + ONE_SECOND)
    if near_at is not None:
        return [("hours_near", near_at), over]
    due_on = due_at.date()
    return [
        ("near", midnight(days_back(due_on, NEAR_WORKING_DAYS, calendar), due_at)),
        ("today", midnight(due_on, due_at)),
        over,
    ]
