"""The clock of a column: begun, fulfilled by what comes out, taken back with it. No buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from gongkai.audit.api import record
from gongkai.columns import queries
from gongkai.columns.models import Upkeep
from gongkai.columns.rules import first_due, next_due
from gongkai.columns.states import LAW, UPDATE_DUTY, Rhythm
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.rows import lock


@dataclass(frozen=True)
class Wanted:
    """The clock that a column should have now."""

    limit: duties.Limit
    started_at: datetime


def refresh_for(column_id: int, body_id: int) -> None:
    """Bring the clocks of a column and of those above it up to what is out; again is harmless."""
    for upkeep in queries.touched_by(column_id, body_id):
        refresh(upkeep)


@transaction.atomic
def refresh(upkeep: Upkeep) -> Upkeep:
    """Read anew when a column was updated last, and let its clock follow."""
    upkeep = lock(upkeep)
    last = queries.last_update(upkeep)
    before = upkeep.updated_at
    if last == before:
        return upkeep
    upkeep.updated_at = last
    upkeep.save(update_fields=["updated_at"])
    _answer(upkeep)
    came = last is not None and (before is None or last > before)
    fit_clock(upkeep, met_at=last if came else None, why="更新已撤回，按上一次更新计时")
    record(
        "columns.updated" if came else "columns.taken_back",
        subject=upkeep,
        actor=None,
        unit=upkeep.owner,
        column=upkeep.name,
        due_on=upkeep.duty.due_on if upkeep.duty and upkeep.duty.closed_at is None else None,
    )
    return upkeep


def _answer(upkeep: Upkeep) -> None:
    """Say of each change when it was published: the first thing out on its day or later."""
    times = queries.update_times(upkeep)
    for one in upkeep.alterations.all():
        after = [at for at in times if clock.day_of(at) >= one.changed_on]
        answered = min(after, default=None)
        if answered != one.answered_at:
            one.answered_at = answered
            one.save(update_fields=["answered_at"])


def fit_clock(upkeep: Upkeep, *, met_at: datetime | None, why: str) -> None:
    """Let the clock be what the column asks for now, inside the caller's transaction.

    A clock that an update fulfilled is met at ``met_at``; any other that no longer fits is ended
    with ``why``.
    """
    wanted, duty = wanted_clock(upkeep), upkeep.duty
    if duty is not None and duty.closed_at is None:
        if _fits(duty, wanted):
            _hand_over(upkeep, duty)
            return
        if met_at is not None and met_at >= duty.started_at:
            duties.meet(duty, actor=None, at=met_at, evidence="栏目已更新")
        else:
            duties.cancel(duty, actor=None, reason=why)
    upkeep.duty = _open(upkeep, wanted) if wanted else None
    upkeep.save(update_fields=["duty"])


def _fits(duty: duties.Duty, wanted: Wanted | None) -> bool:
    if wanted is None or duty.limit != wanted.limit.as_json():
        return False
    return not wanted.limit.counted or duty.started_at == wanted.started_at


def _hand_over(upkeep: Upkeep, duty: duties.Duty) -> None:
    if (duty.owner_id, duty.person_id) != (upkeep.owner_id, upkeep.person_id):
        duties.reassign(
            duty, actor=None, owner=upkeep.owner, person=upkeep.person, reason="栏目改由他人负责"
        )


def wanted_clock(upkeep: Upkeep) -> Wanted | None:
    """Return the clock that a column asks for now; None where nothing is due."""
    if upkeep.retired_at is not None:
        return None
    rhythm, amount = Rhythm(upkeep.rhythm), upkeep.amount
    if rhythm is Rhythm.CHANGES:
        change = upkeep.alterations.filter(answered_at=None).order_by("changed_on", "id").first()
        if change is None:
            return None
        return Wanted(duties.working_days(amount), clock.morning_of(change.changed_on))
    last = upkeep.updated_at
    if last is None or last < upkeep.begun_at:
        due, start = first_due(rhythm, amount, clock.day_of(upkeep.begun_at)), upkeep.begun_at
        if last is not None:
            after = next_due(rhythm, amount, clock.day_of(last))
            due = max(filter(None, (due, after)), default=None)
    else:
        due, start = next_due(rhythm, amount, clock.day_of(last)), last
    return Wanted(duties.on_date(due), start) if due else None


def _open(upkeep: Upkeep, wanted: Wanted) -> duties.Duty:
    return duties.open_duty(
        kind=UPDATE_DUTY,
        subject=subject_key(upkeep),
        title=f"更新栏目“{upkeep.name}”",
        owner=upkeep.owner,
        person=upkeep.person,
        limit=wanted.limit,
        started_at=wanted.started_at,
        actor=None,
        law=upkeep.ground or LAW,
        url=reverse("columns:upkeep", args=[upkeep.pk]),
    )
