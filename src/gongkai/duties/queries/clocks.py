"""The clock of a duty as its ledger, the calendar and the moment give it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from gongkai.calendars.api import WorkingCalendar, working_calendar
from gongkai.duties.models import Duty, Fact
from gongkai.duties.rules import (
    LADDER,
    Clock,
    Entry,
    Ladder,
    Limit,
    Lit,
    Pause,
    Reckoning,
    light_of,
    read_ledger,
    reckon,
    tell,
)
from gongkai.duties.states import FactKind, LightRule, PauseReading, State
from gongkai.kernel import clock as time


def pause_reading() -> PauseReading:
    """Return which days of a pause are not counted, as this installation reads the law."""
    return PauseReading(getattr(settings, "PAUSE_READING", PauseReading.AFTER_SENT))


def entry_of(fact: Fact) -> Entry:
    """Read a fact into a value, its moment in the office's time."""
    return Entry(
        kind=FactKind(fact.kind),
        at=timezone.localtime(fact.at),
        reason=fact.reason,
        pause=fact.pause,
        amount=fact.amount or 0,
        on=fact.on,
    )


def ledgers(duties: Iterable[Duty]) -> Mapping[int, list[Entry]]:
    """Return the ledgers of many duties in one query: key of duty → entries in order."""
    found: dict[int, list[Entry]] = {duty.pk: [] for duty in duties}
    for fact in Fact.objects.filter(duty__in=list(found)).order_by("duty", "at", "id"):
        found[fact.duty_id].append(entry_of(fact))
    return found


@dataclass(frozen=True)
class Reading:
    """A duty's clock as its ledger, the calendar and the moment give it."""

    limit: Limit
    clock: Clock
    found: Reckoning
    lit: Lit


def read_clock(
    duty: Duty,
    entries: Sequence[Entry],
    calendar: WorkingCalendar,
    now: datetime,
    ladder: Ladder = LADDER,
) -> Reading:
    """Compute due moment and light of a duty from its facts; writes nothing."""
    limit = Limit.from_json(duty.limit)
    clock = read_ledger(limit, entries)
    found = reckon(limit, clock, calendar, pause_reading())
    lit = light_of(
        timezone.localtime(now),
        state=State(duty.state),
        limit=limit,
        clock=clock,
        found=found,
        calendar=calendar,
        closed_at=timezone.localtime(duty.closed_at) if duty.closed_at else None,
        history_until=duty.history_until,
        ladder=ladder,
    )
    return Reading(limit, clock, found, lit)


def earliest_due(reading: Reading, calendar: WorkingCalendar) -> datetime | None:
    """Return the due moment a paused duty would have if it were answered as it was sent."""
    if not reading.found.paused:
        return reading.found.due_at
    first = min(p.sent for p in reading.clock.pauses if p.answered is None)
    answered = reading.clock.answered_at(first)
    return reckon(reading.limit, answered, calendar, pause_reading()).due_at


def open_pauses(duty: Duty) -> list[Pause]:
    """Return the pauses of a duty that are still open."""
    clock = read_ledger(Limit.from_json(duty.limit), ledgers([duty])[duty.pk])
    return [p for p in clock.pauses if p.answered is None]


@dataclass(frozen=True)
class Explanation:
    """Why a duty is due when it is: its limit, its facts, each day of the count, the calendar.

    ``if_answered_on`` is the due day if every open pause were answered today.
    """

    duty: Duty
    limit: Limit
    clock: Clock
    found: Reckoning
    rule: LightRule
    facts: tuple[Fact, ...]
    calendar: str
    reading: PauseReading
    today: date
    if_answered_on: date | None = None

    @property
    def due_on(self) -> date | None:
        """The due day; None while paused or without one."""
        return self.found.due_on

    @property
    def provisional(self) -> bool:
        """Whether the count reaches into a year without a notice."""
        return self.found.provisional

    @property
    def sentence(self) -> str:
        """How the due day came about, in one sentence."""
        return tell(self.limit, self.clock, self.found)


def explain(duty: Duty) -> Explanation:
    """Explain a duty's due day, day by day."""
    calendar, now = working_calendar(), time.now()
    facts = tuple(duty.facts.select_related("recorded_by").order_by("at", "id"))
    read = read_clock(duty, [entry_of(f) for f in facts], calendar, now)
    answered = None
    if read.found.paused:
        closed = read.clock.answered_at(timezone.localtime(now))
        answered = reckon(read.limit, closed, calendar, pause_reading()).due_on
    return Explanation(
        duty=duty,
        limit=read.limit,
        clock=read.clock,
        found=read.found,
        rule=read.lit.rule,
        facts=facts,
        calendar=calendar.label,
        reading=pause_reading(),
        today=time.today(),
        if_answered_on=answered,
    )


def light_label(duty: Duty) -> str:
    """Return the label of the duty's light."""
    return duty.rule.label


def light_rule(duty: Duty) -> str:
    """Return the rule that set the duty's light, in words; for history with its day."""
    until = duty.history_until
    as_of = f"截至{until.year}年{until.month}月{until.day}日。" if until else ""
    return f"{as_of}{duty.rule.sentence}"
