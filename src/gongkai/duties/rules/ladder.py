"""The ladder of reminders: its rungs, who hears each, which one a moment stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Self

from gongkai.duties.rules.values import ONE_DAY, ONE_SECOND, Calendar, midnight
from gongkai.duties.states import (
    FURTHEST,
    HEARS_FROM,
    LADDER_AFTER,
    LADDER_BEFORE,
    LADDER_STEP,
    MOST_RUNGS,
    Hearer,
)


@dataclass(frozen=True)
class Ladder:
    """The rungs of a body in working days, and from which rung on each hears beside the owner.

    ``before`` falls, ``after`` rises and begins with 1; then a rung each ``step``, without end.
    """

    before: tuple[int, ...] = LADDER_BEFORE
    after: tuple[int, ...] = LADDER_AFTER
    step: int = LADDER_STEP
    hears_from: Mapping[Hearer, int | None] = field(default_factory=lambda: dict(HEARS_FROM))

    def hearers(self, rung: int) -> frozenset[Hearer]:
        """Return who hears a rung: the owner always, the others from their rung on."""
        others = {h for h, first in self.hears_from.items() if first is not None and rung >= first}
        return frozenset({Hearer.OWNER, *others})

    def later(self) -> Iterator[int]:
        """Yield the rungs after the day, without end."""
        yield from self.after
        n = self.after[-1]
        while True:
            n += self.step
            yield n

    def rungs(self, after: int) -> list[int]:
        """Return all rungs up to the day and so many ``after`` it."""
        return [*(-n for n in self.before), 0, *islice(self.later(), after)]

    def as_json(self) -> dict[str, Any]:
        """Write the ladder as plain values."""
        hears = {hearer.value: first for hearer, first in self.hears_from.items()}
        return {
            "before": list(self.before),
            "after": list(self.after),
            "step": self.step,
            "hears_from": hears,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what ``as_json`` wrote."""
        hears = {Hearer(hearer): first for hearer, first in data["hears_from"].items()}
        return cls(tuple(data["before"]), tuple(data["after"]), data["step"], hears)


LADDER = Ladder()
"""The ladder of a body that has set none."""


def days_back(day: date, n: int, calendar: Calendar) -> date:
    """Return the first day from which at most ``n`` working days d remain, first < d <= day."""
    left = n
    while True:
        left -= calendar.is_working(day)
        if left < 0:
            return day
        day -= ONE_DAY


def days_on(day: date, n: int, calendar: Calendar) -> date:
    """Return the n-th working day after a day."""
    while n:
        day += ONE_DAY
        n -= calendar.is_working(day)
    return day


def _before_moment(days: int, due_at: datetime, calendar: Calendar) -> datetime:
    return midnight(days_back(due_at.date(), days, calendar), due_at)


def _rung_moments(
    due_at: datetime, near_at: datetime | None, calendar: Calendar, ladder: Ladder
) -> Iterator[tuple[int, datetime]]:
    """Yield each rung with the moment it begins, in order, without end.

    ``near_at`` is given for a limit in hours: one rung when half the time is left and one when
    it is over, then the working days after.
    """
    if near_at is None:
        for days in (*ladder.before, 0):
            yield -days, _before_moment(days, due_at, calendar)
    else:
        yield -1, near_at
    last, day = 0, due_at.date()
    for rung in ladder.later():
        day = days_on(day, rung - last, calendar)
        last = rung
        first_of_hours = near_at is not None and rung == ladder.after[0]
        yield rung, due_at + ONE_SECOND if first_of_hours else midnight(day, due_at)


def rung_at(
    now: datetime,
    due_at: datetime,
    calendar: Calendar,
    near_at: datetime | None = None,
    ladder: Ladder = LADDER,
) -> tuple[int | None, datetime]:
    """Return the rung that ``now`` stands on (None: below the first) and when the next begins.

    Rungs are working days: -5 -3 -1 before, 0 on the day, 1 5 10 15 … after, unless the body set
    others. Rungs missed coalesce: only the latest is returned.
    """
    standing: int | None = None
    for rung, begins in _rung_moments(due_at, near_at, calendar, ladder):
        if begins > now:
            return standing, begins
        standing = rung
    raise AssertionError("the ladder has no end")


def rung_words(rung: int, *, hours: bool = False) -> str:
    """Say a rung in Chinese, as the reminder does."""
    if rung > 0:
        return f"已逾期{rung}个工作日" if rung > 1 or not hours else "已逾期"
    if hours:
        return "时间已过半"
    return f"还有{-rung}个工作日到期" if rung else "今天到期"


def ladder_words(ladder: Ladder) -> str:
    """Say the rungs in one line: 到期前5、3、1个工作日，当天，逾期1、5个工作日，以后每5个工作日."""
    before = f"到期前{_many(ladder.before)}个工作日，" if ladder.before else ""
    return f"{before}当天，逾期{_many(ladder.after)}个工作日，以后每{ladder.step}个工作日"


def hears_words(ladder: Ladder) -> str:
    """Say from when on each hears beside the owner."""
    return "；".join(f"{h.label}{from_words(ladder.hears_from.get(h))}" for h in HEARS_FROM)


def from_words(first: int | None) -> str:
    """Say from which rung on somebody hears."""
    if first is None:
        return "不告诉"
    if first < 0:
        return f"到期前{-first}个工作日起"
    return f"逾期{first}个工作日起" if first else "到期当天起"


def _many(numbers: tuple[int, ...]) -> str:
    return "、".join(map(str, numbers))


def wrong_in(ladder: Ladder) -> Iterator[str]:
    """Yield in one sentence each what is wrong with a ladder that an office wants to set."""
    if max(len(ladder.before), len(ladder.after)) > MOST_RUNGS:
        yield f"到期前后各最多设{MOST_RUNGS}个提醒时点，多了没有人看，请减少。"
    days = (*ladder.before, *ladder.after, ladder.step)
    if min(days) < 1 or max(days) > FURTHEST:
        yield f"提醒时点和间隔请填1到{FURTHEST}个工作日。"
    if list(ladder.before) != sorted(set(ladder.before), reverse=True):
        yield "到期前的时点有重复，请只填一次。"
    if ladder.after[:1] != (1,) or list(ladder.after) != sorted(set(ladder.after)):
        yield "逾期后的第一个时点是1个工作日，请从1填起，不要重复。"


def half_of(n: int) -> timedelta:
    """Half of a limit in hours."""
    return timedelta(hours=n) / 2
