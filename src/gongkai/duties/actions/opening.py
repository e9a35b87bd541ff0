"""Opens duties: one, many at once, or one for each period of a cadence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.accounts.api import User
from gongkai.audit.api import Note, record_many
from gongkai.calendars.api import working_calendar
from gongkai.duties import policies, queries
from gongkai.duties.actions.counting import count, together
from gongkai.duties.actions.reflecting import key_of, remind, set_copies
from gongkai.duties.models import Duty, Fact
from gongkai.duties.rules import Cadence, Limit, on_date, periods
from gongkai.duties.states import FactKind, LimitKind, State
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, refuse_if
from gongkai.organisation.api import Unit


@dataclass(frozen=True)
class Order:
    """One duty of many to be opened at once; the fields are those of ``open_duty``."""

    kind: str
    subject: str
    title: str
    owner: Unit
    limit: Limit
    started_at: datetime
    person: User | None = None
    law: str = ""
    history_until: date | None = None
    url: str = ""
    period: str = ""


def open_duty(
    *,
    kind: str,
    subject: str,
    title: str,
    owner: Unit,
    limit: Limit,
    started_at: datetime,
    actor: User | None,
    person: User | None = None,
    law: str = "",
    history_until: date | None = None,
    url: str = "",
    period: str = "",
) -> Duty:
    """Start a clock: something the owner has to do within a limit from a moment.

    ``started_at`` is day 0 (the day something was received or happened). ``history_until`` binds
    it as history: no reminders, the light of the end of that day. Raises ``Refused``.
    """
    order = Order(
        kind, subject, title, owner, limit, started_at, person, law, history_until, url, period
    )
    return open_many([order], actor=actor)[0]


def open_many(orders: Sequence[Order], *, actor: User | None) -> list[Duty]:
    """Start many clocks in a few statements, in this order, as ``open_duty`` starts one.

    Raises ``Refused`` when one of them may not be opened; none is then.
    """
    for order in orders:
        refuse_if(_why_not(order, actor))
    with together():
        started = [_started(order, actor) for order in orders]
        higher = _light_up(started)
        duties = Duty.objects.bulk_create([duty for duty, _ in started])
        for duty, fact in started:
            fact.duty = duty
            count(before=None, after=key_of(duty))
        Fact.objects.bulk_create([fact for _, fact in started])
        remind([duty for duty, reached in zip(duties, higher, strict=True) if reached])
        record_many([_note(duty) for duty in duties], actor=actor)
    return duties


def _why_not(order: Order, actor: User | None) -> Iterable[Refusal]:
    return policies.why_not_open(
        actor=actor, owner=order.owner, title=order.title, history_until=order.history_until
    )


def _started(order: Order, actor: User | None) -> tuple[Duty, Fact]:
    """Return an unsaved duty and the fact its ledger begins with."""
    waits = order.limit.kind is LimitKind.WAITING
    duty = Duty(
        kind=order.kind,
        subject=order.subject,
        title=order.title.strip()[:300],
        owner=order.owner,
        person=order.person,
        law=order.law,
        url=order.url,
        period=order.period,
        limit=order.limit.as_json(),
        state=(State.WAITING if waits else State.OPEN).value,
        started_at=order.started_at,
        history=order.history_until is not None,
        history_until=order.history_until,
    )
    fact = Fact(
        kind=FactKind.STARTED.value,
        at=order.started_at,
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    return duty, fact


def _light_up(started: Sequence[tuple[Duty, Fact]]) -> list[bool]:
    """Set the copies on unsaved duties; say for each whether a rung of the ladder was reached."""
    calendar, now, ladders = working_calendar(), clock.now(), queries.ladders()
    return [
        set_copies(
            duty,
            [queries.entry_of(fact)],
            calendar,
            now,
            ladders.of(duty.owner),
        )
        for duty, fact in started
    ]


def _note(duty: Duty) -> Note:
    facts = {
        "title": duty.title,
        "limit": Limit.from_json(duty.limit).words,
        "due_on": duty.due_on,
    }
    return Note("duties.opened", duty, duty.owner, [duty.subject], facts)


def open_cadence(
    *,
    cadence: Cadence,
    year: int,
    kind: str,
    subject: str,
    title: str,
    owner: Unit,
    actor: User | None,
    not_before: date | None = None,
    person: User | None = None,
    law: str = "",
    history_until: date | None = None,
    url: str = "",
) -> list[Duty]:
    """Open a duty for each period of a year that is not due before ``not_before``.

    Each runs from the first day of its period to its due day. Raises ``Refused``.
    """
    orders = [
        Order(
            kind=kind,
            subject=subject,
            title=title,
            owner=owner,
            limit=on_date(period.due),
            started_at=clock.morning_of(period.start),
            person=person,
            law=law,
            history_until=history_until,
            url=url,
            period=period.label,
        )
        for period in periods(cadence, year)
        if not_before is None or period.due >= not_before
    ]
    return open_many(orders, actor=actor)
