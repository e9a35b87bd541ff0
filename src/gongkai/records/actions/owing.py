"""What a body owes in a year is listed as duties, and met as of the day of its first record."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record as note
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation.api import Unit
from gongkai.records import policies, queries, rules
from gongkai.records.models import BodyYear, Record
from gongkai.records.states import Kind, RecordState

OWED = "records.owed"
"""The kind of duties that a year's list opens."""


@transaction.atomic
def open_year(*, actor: User, body: Unit, year: int) -> int:
    """List what a body owes in a year as duties with their days; what is there meets them.

    Repeating is harmless. Returns how many duties were opened. Raises ``Refused``.
    """
    refuse_if(policies.why_not_open_year(body, actor=actor, year=year))
    _hold(body, year)
    opened = 0
    for owed in rules.OWED:
        if duties.duties_of(queries.owed_key(body, owed.kind, year)).exists():
            continue
        duties.open_duty(
            kind=OWED,
            subject=queries.owed_key(body, owed.kind, year),
            title=owed.title,
            owner=body,
            limit=duties.on_date(rules.owed_until(owed, year)),
            started_at=clock.morning_of(date(year, 1, 1)),
            actor=actor,
            url=f"{reverse('records:year')}?year={year}",
        )
        opened += 1
        _settle(body, owed.kind, year, why="")
    if opened:
        note("records.year_opened", subject=body, actor=actor, unit=body, year=year)
    return opened


def settle(*changed: Record, why: str) -> None:
    """Let what is owed in the years of changed records follow them; ``why`` stands in its ledger.

    Called inside the transaction that changes them.
    """
    places = {(record.year, Kind(record.kind)) for record in changed}
    body = changed[0].body
    for year, kind in sorted(places):
        if any(owed.kind == kind for owed in rules.OWED):
            _hold(body, year)
            _settle(body, kind, year, why=why)


def _hold(body: Unit, year: int) -> None:
    """Make others who list, write or change records of this year wait until this is done."""
    BodyYear.objects.get_or_create(body=body, year=year)
    BodyYear.objects.select_for_update().get(body=body, year=year)


def _settle(body: Unit, kind: Kind, year: int, *, why: str) -> None:
    """Meet what is owed as of the first valid record; owe it again when there is none.

    The ledger of a duty only grows: one met by another record, or on another day, is taken up
    again and met anew, so that both days stand there with the reason.
    """
    there = Record.objects.filter(body=body, kind=kind, year=year, state=RecordState.VALID)
    first = there.order_by("held_on", "id").first()
    words = f"工作记录：{first.title}"[:300] if first else ""
    for duty in duties.duties_of(queries.owed_key(body, kind, year)):
        at = max(clock.morning_of(first.held_on), duty.started_at) if first else None
        as_now = (duty.closed_at, duty.evidence) == (at, words)
        if duty.state == duties.State.MET and not as_now:
            duty = duties.reopen(duty, actor=None, reason=why)
        if at and duty.state in duties.OPEN_STATES:
            duties.meet(duty, actor=None, at=at, evidence=words)
