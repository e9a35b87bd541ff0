"""Writes the copies of a duty's clock (due moment, light, next change) and its counter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gongkai.accounts.api import User
from gongkai.calendars.api import WorkingCalendar, working_calendar
from gongkai.duties import queries
from gongkai.duties.actions.counting import count
from gongkai.duties.models import FAR, Duty, Fact
from gongkai.duties.queries import CounterKey
from gongkai.duties.rules import LADDER, Entry, Ladder
from gongkai.duties.states import FactKind
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.outbox.api import put_many

COPIES = (
    "due_on",
    "due_at",
    "order_at",
    "provisional",
    "light",
    "light_rule",
    "next_change_at",
    "rung",
)


def add_fact(
    duty: Duty,
    kind: FactKind,
    *,
    at: datetime,
    actor: User | None,
    **rest: object,
) -> Fact:
    """Add a fact to the ledger."""
    return Fact.objects.create(
        duty=duty, kind=kind.value, at=at, recorded_at=clock.now(), recorded_by=actor, **rest
    )


def key_of(duty: Duty) -> CounterKey:
    """Return which counter a duty is counted in."""
    return duty.owner_id, duty.history, str(duty.light)


def reflect(duty: Duty, *, before: CounterKey | None, fields: Sequence[str] = ()) -> Duty:
    """Compute the copies from the ledger, save them with ``fields``, and move the counter."""
    entries = queries.ledgers([duty])[duty.pk]
    ladder = queries.ladder_of(duty.owner)
    write_copies(
        duty, entries, working_calendar(), clock.now(), before=before, fields=fields, ladder=ladder
    )
    return duty


def write_copies(
    duty: Duty,
    entries: Sequence[Entry],
    calendar: WorkingCalendar,
    now: datetime,
    *,
    before: CounterKey | None,
    fields: Sequence[str] = (),
    ladder: Ladder = LADDER,
) -> None:
    """Save the copies that facts, calendar and moment give; remind when a rung was reached.

    The rung is saved in the transaction that leaves the reminder, so that each rung of a due
    moment reminds once, and only the latest of those missed.
    """
    higher = set_copies(duty, entries, calendar, now, ladder)
    duty.save(update_fields=[*COPIES, *fields])
    count(before=before, after=key_of(duty))
    if higher:
        remind([duty])


def remind(duties: Sequence[Duty]) -> None:
    """Leave the reminders of the rungs on which these duties now stand."""
    put_many(
        (
            "duties.reminder_due",
            subject_key(duty),
            {"rung": duty.rung, "due_on": str(duty.due_on), "owner": duty.owner_id},
        )
        for duty in duties
    )


def set_copies(
    duty: Duty,
    entries: Sequence[Entry],
    calendar: WorkingCalendar,
    now: datetime,
    ladder: Ladder = LADDER,
) -> bool:
    """Set the copies on the row, unsaved; say whether a higher rung of the ladder was reached.

    On a day off none is climbed unless the limit runs in hours: the next working day looks again.
    """
    read = queries.read_clock(duty, entries, calendar, now, ladder)
    duty.due_on, duty.due_at = read.found.due_on, read.found.due_at
    duty.order_at = queries.earliest_due(read, calendar) or FAR
    duty.provisional = read.found.provisional
    duty.light, duty.light_rule = read.lit.rule.light.value, read.lit.rule.code
    duty.next_change_at = read.lit.next_change_at
    if duty.next_change_at is None:
        return False  # nothing reminds now; the rung is kept for when the clock goes on
    rung = read.lit.rung
    higher = rung is not None and (duty.rung is None or rung > duty.rung)
    if higher and read.lit.quiet_until is not None:
        duty.next_change_at = min(duty.next_change_at, read.lit.quiet_until)
        return False
    duty.rung = rung  # up the ladder, or silently down where there is more time again
    return higher
