"""From the facts of a ledger to the clock as it now runs; counts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongkai.duties.rules.limits import Limit
from gongkai.duties.rules.values import ONE_DAY, Entry
from gongkai.duties.states import FactKind, LimitKind, PauseReading, State


@dataclass(frozen=True)
class Pause:
    """A time that does not count: from sending to the answer, or still open."""

    sent: datetime
    answered: datetime | None
    why: str
    key: str = ""

    def answered_by(self, moment: datetime) -> Pause:
        """Return the pause, answered at the moment (not before its sending) if it was open."""
        return self if self.answered else replace(self, answered=max(moment, self.sent))

    def window(self, reading: PauseReading) -> tuple[date, date]:
        """Return the first and the last day that are not counted (first > last: none).

        The default reads ``sent < d <= answered``; an open pause ends with the last day there is.
        """
        first = self.sent.date()
        if reading in (PauseReading.AFTER_SENT, PauseReading.COUNT_ANSWER_DAY):
            first += ONE_DAY
        if self.answered is None:
            return first, date.max
        last = self.answered.date()
        if reading in (
            PauseReading.COUNT_ANSWER_DAY,
            PauseReading.INCLUDE_SENT_COUNT_ANSWER_DAY,
        ):
            last -= ONE_DAY
        return first, last


@dataclass(frozen=True)
class Clock:
    """A clock as its ledger leaves it: start, length in the limit's unit, pauses, a set date."""

    start: datetime
    n: int
    pauses: tuple[Pause, ...] = ()
    on: date | None = None
    anew: bool = False
    """Whether it was reset since it first started."""

    @property
    def paused(self) -> bool:
        """Whether a pause is still open."""
        return any(p.answered is None for p in self.pauses)

    def answered_at(self, moment: datetime) -> Clock:
        """Return the clock as if every open pause were answered at the moment."""
        closed = (
            p if p.answered else replace(p, answered=max(moment, p.sent)) for p in self.pauses
        )
        return replace(self, pauses=tuple(closed))


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries by the moment they speak of; those of one moment as they came."""
    return sorted(entries, key=lambda e: e.at)


def read_ledger(limit: Limit, entries: Iterable[Entry]) -> Clock:
    """Read the clock from its facts.

    A reset starts it anew and forgets earlier pauses and extensions (条例 第三十条: the limit runs
    anew from the corrected application). Raises ``ValueError`` for a ledger without a start.
    """
    ordered = in_order(entries)
    starts = [i for i, e in enumerate(ordered) if e.kind in (FactKind.STARTED, FactKind.RESET)]
    if not starts:
        raise ValueError("a ledger begins with a start")
    running = ordered[starts[-1] :]
    extra = sum(e.amount for e in running if e.kind is FactKind.EXTENDED)
    dates = [e.on for e in ordered if e.kind is FactKind.DATE_SET]
    return Clock(
        start=running[0].at,
        n=limit.n + extra,
        pauses=tuple(_pauses(running)),
        on=dates[-1] if dates else limit.on,
        anew=running[0].kind is FactKind.RESET,
    )


def _pauses(entries: Sequence[Entry]) -> Iterable[Pause]:
    """Pair pauses with their resumptions; a resumption of nothing is nothing."""
    running: dict[str, Pause] = {}
    closed: list[Pause] = []
    for entry in entries:
        if entry.kind is FactKind.PAUSED and entry.pause not in running:
            running[entry.pause] = Pause(entry.at, None, entry.reason, entry.pause)
        elif entry.kind is FactKind.RESUMED and entry.pause in running:
            closed.append(replace(running.pop(entry.pause), answered=entry.at))
    return sorted([*closed, *running.values()], key=lambda p: p.sent)


def state_after(verb_to: State | None, now: State, limit: Limit, on: date | None) -> State:
    """Return the state after a move: a duty reopened while it has no date yet waits again."""
    target = now if verb_to is None else verb_to
    if target is State.OPEN and limit.kind is LimitKind.WAITING and on is None:
        return State.WAITING
    return target
