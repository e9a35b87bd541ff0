"""Reads of duties, ledgers, counters and moves; each list starts from who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet, Sum
from django.utils import timezone

from gongkai.accounts.api import Post, User, scope_paths, under
from gongkai.calendars.api import WorkingCalendar, working_calendar
from gongkai.duties import policies
from gongkai.duties.models import RUNS, Counter, Duty, Fact, Move
from gongkai.duties.rules import (
    Clock,
    Entry,
    Limit,
    Lit,
    Pause,
    Reckoning,
    light_of,
    read_ledger,
    reckon,
    rung_words,
    tell,
)
from gongkai.duties.states import (
    OPEN_STATES,
    FactKind,
    LightRule,
    LimitKind,
    PauseReading,
    State,
)
from gongkai.kernel import clock as time
from gongkai.kernel.identifiers import split_subject, subject_key
from gongkai.organisation.api import Unit, choices, living
from gongkai.outbox.api import progress_of

M = TypeVar("M", bound=Model)
CounterKey = tuple[int, bool, str]
"""Owner, bound as history, light."""


def pause_reading() -> PauseReading:
    """Return which days of a pause are not counted, as this installation reads the law."""
    return PauseReading(getattr(settings, "PAUSE_READING", PauseReading.AFTER_SENT))


def visible_to(user: User) -> QuerySet[Duty]:
    """Return the duties a user may see."""
    return Duty.objects.filter(policies.visible_to(user)).select_related("owner", "person")


def mine(user: User) -> QuerySet[Duty]:
    """Return the open duties that are the user's own or their units', soonest first."""
    rows = narrowed(visible_to(user), "owner", scope_paths(user)).filter(RUNS, history=False)
    return rows.filter(Q(person=user) | under("owner__path", policies.acting_paths(user)))


FEW = 2_000
"""So many duties, of all years, are read and sorted sooner than found among everybody's."""


def narrowed(rows: QuerySet[M], unit: str, paths: Sequence[str]) -> QuerySet[M]:
    """Name the units under the paths one by one, where they have few duties.

    It keeps the same rows, which have to be of units under the paths already; it only leads the
    database to the rows of these units, which it would else look for along the order of the list.
    """
    units = list(Unit.objects.filter(under("path", paths)).values_list("pk", flat=True))
    total = Counter.objects.filter(owner__in=units).aggregate(n=Sum("n"))["n"] or 0
    return rows if total > FEW else rows.filter(**{f"{unit}__in": units})


def duty_for(user: User, pk: int) -> Duty:
    """Return a duty that the user may see. Raises ``Duty.DoesNotExist``."""
    return visible_to(user).get(pk=pk)


def duties_of(subject: str) -> QuerySet[Duty]:
    """Return the duties of a subject in order of their due moment; for the app that opened them."""
    rows = Duty.objects.filter(subject=subject).select_related("owner", "person")
    return rows.order_by("order_at", "id")


def due_between(user: User, first: date, last: date) -> QuerySet[Duty]:
    """Return the open duties a user may see that are due from the first to the last day."""
    rows = visible_to(user).filter(state=State.OPEN, history=False, due_on__range=(first, last))
    return rows.order_by("order_at", "id")


# -- the clock of a duty -----------------------------------------------------------------------


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
    duty: Duty, entries: Sequence[Entry], calendar: WorkingCalendar, now: datetime
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


# -- explaining --------------------------------------------------------------------------------


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


# -- counters ----------------------------------------------------------------------------------


def counts_for(paths: Sequence[str], *, history: bool = False) -> dict[int, dict[str, int]]:
    """Return unit → light → number of duties, from the counters, for units under the paths."""
    rows = Counter.objects.filter(under("owner__path", paths), history=history, n__gt=0)
    found: dict[int, dict[str, int]] = {}
    for owner, light, n in rows.values_list("owner_id", "light", "n"):
        found.setdefault(owner, {})[light] = n
    return found


def recounted() -> dict[CounterKey, int]:
    """Count all duties anew, past the counters."""
    rows = Duty.objects.order_by().values_list("owner_id", "history", "light")
    return {(owner, history, light): n for owner, history, light, n in rows.annotate(n=Count("id"))}


def counted() -> dict[CounterKey, int]:
    """Return what the counters say, without the zeros."""
    rows = Counter.objects.exclude(n=0).values_list("owner_id", "history", "light", "n")
    return {(owner, history, light): n for owner, history, light, n in rows}


def miscounts() -> dict[CounterKey, tuple[int, int]]:
    """Return each counter that is wrong: key → (what it says, what is there)."""
    said, there = counted(), recounted()
    keys = said.keys() | there.keys()
    pairs = {key: (said.get(key, 0), there.get(key, 0)) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


# -- the ladder, the calendar ------------------------------------------------------------------


@dataclass(frozen=True)
class Reminder:
    """What a reminder says, to whom, and the key that makes it one: duty, due moment and rung."""

    duty: Duty
    rung: int
    sentence: str
    key: str


def reminder_of(subject: str) -> Reminder | None:
    """Return the reminder a duty stands at now; None when nothing is to be said any more."""
    duty = Duty.objects.select_related("owner", "person").filter(pk=split_subject(subject)[1])
    row = duty.first()
    if row is None or row.state not in OPEN_STATES or row.rung is None or row.due_at is None:
        return None
    hours = Limit.from_json(row.limit).kind is LimitKind.HOURS
    words = rung_words(row.rung, hours=hours)
    key = f"{subject_key(row)}:{row.due_at.isoformat()}:{row.rung}"
    return Reminder(row, row.rung, f"“{row.title}”{words}。", key)


@dataclass(frozen=True)
class Reassigned:
    """Who has a duty now, who gave it to them (None: the system), what is said, and its key."""

    duty: Duty
    by: User | None
    sentence: str
    key: str


def reassigned_of(subject: str) -> Reassigned | None:
    """Return the last time a duty was given to others; None when nobody has to know any more."""
    row = Duty.objects.select_related("owner", "person").filter(pk=split_subject(subject)[1])
    duty = row.first()
    if duty is None or duty.state not in OPEN_STATES:
        return None
    facts = duty.facts.filter(kind=FactKind.REASSIGNED).select_related("recorded_by")
    fact = facts.order_by("-id").first()
    if fact is None:
        return None
    to = "您" if duty.person else duty.owner.name
    sentence = f"“{duty.title}”改派给{to}办理（{fact.reason}）。"
    return Reassigned(duty, fact.recorded_by, sentence, f"{subject_key(duty)}:given:{fact.pk}")


def moves_for(user: User, number: int) -> QuerySet[Move]:
    """Return what a version of the calendar moved among the duties a user may see."""
    rows = Move.objects.filter(policies.moves_visible_to(user), calendar=number)
    return rows.select_related("duty__owner")


def recomputing(number: int) -> str:
    """Say how far the reading anew after a version of the calendar is; "" when it is over."""
    found = progress_of(f"duties.calendar:{number}")
    if not found or found["outcome"]:
        return ""
    return f"{found['label']}：已算{found['done']}项，共{found['total']}项。"


# -- whom a duty can be given to ---------------------------------------------------------------

MOST_PEOPLE = 500
"""So many posts are offered for a duty."""


def owners_for(user: User) -> list[tuple[int, str]]:
    """Return the living units to which the person may give a duty, as choices."""
    return choices(living(Unit.objects.filter(under("path", policies.acting_paths(user)))))


def people_for(user: User) -> list[tuple[int, str]]:
    """Return the people who work for those units, with where, as choices."""
    today = time.today()
    posts = Post.objects.filter(
        Q(until_on=None) | Q(until_on__gt=today),
        under("unit__path", policies.acting_paths(user)),
        from_on__lte=today,
        user__is_active=True,
        role__in=policies.ACTING,
    )
    found: dict[int, str] = {}
    for post in posts.select_related("user", "unit").order_by("unit__path", "id")[:MOST_PEOPLE]:
        found.setdefault(post.user_id, f"{post.user.full_name}（{post.unit.name}）")
    return list(found.items())


def unit_of(pk: int) -> Unit:
    """Return a unit by its key. Raises ``DoesNotExist``."""
    return Unit.objects.get(pk=pk)


def person_of(pk: int | None) -> User | None:
    """Return a person by key; None for nobody."""
    return User.objects.filter(pk=pk).first() if pk else None
