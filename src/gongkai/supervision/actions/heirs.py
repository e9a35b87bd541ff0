"""Charges of units that no longer exist go to whoever takes over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from gongkai.approvals import api as approvals
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell_unit
from gongkai.organisation import api as organisation
from gongkai.organisation.api import Unit
from gongkai.supervision import queries
from gongkai.supervision.actions.issuing import brief_of, page_of
from gongkai.supervision.models import Charge
from gongkai.supervision.rules import digest
from gongkai.supervision.states import LIVE, MOVES, ChargeState, ReplyState

BATCH = 50


@transaction.atomic
def hand_over_charges(now: datetime) -> int:
    """Hand what dissolved units still have to answer to their heirs; returns how many went.

    A batch each time, and nothing twice. An answer that waited for the signature of a head who
    is no longer there comes back to be sent anew. Where nobody is left, the charge stays.
    """
    today = clock.day_of(now)
    rows = Charge.objects.filter(unit__in=organisation.gone_by(today), state__in=list(LIVE))
    heirs = _heirs(rows.order_by("unit_id").values_list("unit_id", flat=True).distinct(), today)
    found = list(rows.filter(unit__in=heirs).order_by("id")[:BATCH])
    for charge in found:
        _hand_over(charge, heirs[charge.unit_id])
    return len(found)


def _heirs(gone: Iterable[int], today: date) -> dict[int, Unit]:
    found = {pk: organisation.heir_of(organisation.unit_by_id(pk), today) for pk in gone}
    return {pk: heir for pk, heir in found.items() if heir is not None}


def _hand_over(charge: Charge, heir: Unit) -> None:
    charge = lock(charge)
    gone = charge.unit
    if charge.state == ChargeState.SIGNING:
        _call_back(charge, gone)
    charge.unit = heir
    charge.save(update_fields=["unit"])
    if charge.duty is not None and charge.duty.state in duties.OPEN_STATES:
        duties.reassign(charge.duty, actor=None, person=None, owner=heir)
    record(
        "supervision.handed_over",
        subject=charge,
        actor=None,
        unit=heir,
        also=list(charge.tasks.all()),
        charge=charge.number,
        before=gone.name,
        owner=heir.name,
    )
    tell_unit(
        heir,
        kind="supervision.handed_over",
        subject=subject_key(charge),
        sentence=f"{gone.name}已撤销，{charge}转由{heir.name}办理。",
        url=page_of(charge),
        key=f"{subject_key(charge)}:heir:{heir.pk}",
        brief=brief_of(charge),
    )


def _call_back(charge: Charge, gone: Unit) -> None:
    """Nobody signs for a unit that is gone: the round ends, its answer is sent anew by the heir."""
    row = queries.last_reply(charge)
    if row is not None:
        nobody = digest(charge.pk, row.serial, "unit gone")
        approvals.supersede(subject_key(row), digest=nobody, actor=row.written_by)
        row.state, row.comment = ReplyState.RETURNED, f"{gone.name}已撤销，请由接手单位重新回复。"
        row.save(update_fields=["state", "comment"])
    charge.state = MOVES["return"][1]
    charge.save(update_fields=["state"])
