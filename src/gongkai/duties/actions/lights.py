"""What time and calendar do to open duties: lights turn, reminders fall due, due moments move."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from gongkai.audit.api import record
from gongkai.calendars import api as calendars
from gongkai.duties import queries
from gongkai.duties.actions.counting import together
from gongkai.duties.actions.reflecting import key_of, write_copies
from gongkai.duties.models import Duty, Move
from gongkai.duties.states import OPEN_STATES
from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox.api import progress_begin, progress_end, progress_step

TURN_BATCH = 200
MOVE_BATCH = 500
OPEN = sorted(state.value for state in OPEN_STATES)


def turn_lights(now: datetime) -> int:
    """Turn the lights whose moment has come and leave the reminders due; returns how many.

    A batch at a time, each in one transaction; a worker that was down catches up, and of the
    rungs it missed only the latest reminds.
    """
    with together():
        due = _locked(skip_locked=True).filter(next_change_at__lte=now)
        batch = list(due.order_by("next_change_at", "id")[:TURN_BATCH])
        _read_anew(batch, calendars.working_calendar(), now)
    return len(batch)


def _locked(*, skip_locked: bool = False) -> QuerySet[Duty]:
    rows = Duty.objects.select_related("owner")
    return rows.select_for_update(of=("self",), skip_locked=skip_locked)


def _read_anew(
    batch: list[Duty], calendar: calendars.WorkingCalendar, now: datetime
) -> list[tuple[Duty, date | None]]:
    """Write the copies of locked duties; returns those whose due day moved, with the old day."""
    ledgers = queries.ledgers(batch)
    ladders = queries.ladders()
    moved = []
    for duty in batch:
        before, was_on, was_at = key_of(duty), duty.due_on, duty.due_at
        ladder = ladders.of(duty.owner)
        write_copies(duty, ledgers[duty.pk], calendar, now, before=before, ladder=ladder)
        if duty.due_at != was_at:
            moved.append((duty, was_on))
    return moved


def recompute_for_calendar(subject: str) -> int:
    """Read the open clocks anew after a new version of the calendar; returns how many moved.

    Only those are read that can be touched: not due before the first changed day, or without a
    due day. What is met or closed stays. In batches, each in a transaction of its own; after a
    kill the next run finds the rest, and what was written is not written twice.
    """
    version = calendars.version_by_id(int(split_subject(subject)[1]))
    changed = calendars.changed_in(version.number)
    rows = _open_duties()
    if changed:
        touched = Q(due_on__gte=changed[0]) | Q(due_on=None) | Q(provisional=True)
        rows = rows.filter(touched)
    elif version.number <= 1:
        return 0
    else:
        rows = rows.filter(provisional=True)
    return _in_batches(rows, f"duties.calendar:{version.number}", version.number)


def recompute_all() -> int:
    """Read every open clock anew, as after a change of the setting; returns how many moved."""
    return _in_batches(_open_duties(), "duties.all", calendars.latest_number())


def recompute_for_ladder(body: int) -> int:
    """Look again which rung each open duty of a body (by key) stands on; no due moment moves."""
    rows = _open_duties().filter(Q(owner__body=body) | Q(owner=body))
    return _in_batches(rows, f"duties.ladder:{body}", calendars.latest_number())


def _open_duties() -> QuerySet[Duty]:
    return Duty.objects.filter(state__in=OPEN)


def _in_batches(rows: QuerySet[Duty], key: str, number: int) -> int:
    total, done, moved, last = rows.count(), 0, 0, 0
    progress_begin(key, total, "正在按新日历重算时限")
    while True:
        n, moved_here, last = _batch(rows, last, number)
        if not n:
            break
        done, moved = done + n, moved + moved_here
        progress_step(key, done)
    progress_end(key, f"重算{done}项，{moved}项到期日改变")
    return moved


def _batch(rows: QuerySet[Duty], last: int, number: int) -> tuple[int, int, int]:
    """Read one batch anew; returns how many were read, how many moved, the last key."""
    with together():
        locked = _locked().filter(pk__in=_keys(rows, last))
        batch = list(locked.filter(state__in=OPEN).order_by("id"))
        now = clock.now()
        moved = _read_anew(batch, calendars.working_calendar(), now)
        _keep_moves(moved, number, now)
    return len(batch), len(moved), batch[-1].pk if batch else last


def _keys(rows: QuerySet[Duty], last: int) -> list[int]:
    found = rows.filter(pk__gt=last).order_by("id").values_list("id", flat=True)
    return list(found[:MOVE_BATCH])


def _keep_moves(moved: Iterable[tuple[Duty, date | None]], number: int, now: datetime) -> None:
    for duty, was_on in moved:
        kept, fresh = Move.objects.get_or_create(
            duty=duty,
            calendar=number,
            defaults={"from_on": was_on, "to_on": duty.due_on, "moved_at": now},
        )
        if not fresh:
            kept.to_on = duty.due_on
            kept.save(update_fields=["to_on"])
        record(
            "duties.moved",
            subject=duty,
            actor=None,
            unit=duty.owner,
            also=[duty.subject],
            calendar=number,
            before=was_on,
            after=duty.due_on,
        )
