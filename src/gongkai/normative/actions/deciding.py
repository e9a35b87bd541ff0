"""Before a document's validity ends it is assessed; on the day after its last it lapses."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.normative import policies, queries
from gongkai.normative.actions.registering import keep_clock
from gongkai.normative.models import Assessment, Standing
from gongkai.normative.states import LAPSED_NOTICE, Decision, Validity
from gongkai.notices.api import tell_unit

MOST_AT_ONCE = 100


@transaction.atomic
def decide(
    standing: Standing,
    *,
    actor: User,
    decision: Decision,
    reason: str,
    until_on: date | None = None,
    expected: int,
) -> Assessment:
    """Decide what becomes of a document before its validity ends.

    Going on sets a new last day and a new clock. Raises ``Refused``.
    """
    row = lock(standing, expected=expected)
    refuse_if(
        policies.why_not_decide(
            row, actor=actor, decision=decision, reason=reason, until_on=until_on
        )
    )
    made = Assessment.objects.create(
        standing=row,
        decision=decision,
        reason=reason.strip(),
        until_on=until_on if decision is Decision.EXTEND else None,
        at=clock.now(),
        by=actor,
    )
    if row.duty is not None and row.duty.closed_at is None:
        duties.meet(row.duty, actor=None, at=made.at, evidence=decision.label)
    if made.until_on is not None:
        row.valid_until_on, row.duty = made.until_on, None
        row.save(update_fields=["valid_until_on", "duty"])
        keep_clock(row)
    item = row.item
    record("normative.decided", subject=item, actor=actor, unit=item.unit, decision=decision.label)
    return made


@transaction.atomic
def correct(
    standing: Standing, *, actor: User, validity: Validity, reason: str, expected: int
) -> Standing:
    """Put a validity right by hand: repealed by a document that is not here. Raises ``Refused``."""
    row = lock(standing, expected=expected)
    refuse_if(policies.why_not_correct(row, actor=actor, validity=validity, reason=reason))
    row.validity, row.changed_on = validity, clock.today()
    row.save(update_fields=["validity", "changed_on"])
    keep_clock(row)
    record(
        "normative.corrected",
        subject=row.item,
        actor=actor,
        unit=row.item.unit,
        validity=validity.label,
        reason=reason.strip()[:200],
    )
    return row


def lapse_due() -> int:
    """Let the documents lapse whose last day is over; days that were missed are caught up."""
    return sum(_lapse(row) for row in queries.ended_by(clock.today(), MOST_AT_ONCE))


@transaction.atomic
def _lapse(standing: Standing) -> bool:
    row = lock(standing)
    last = row.valid_until_on
    if not row.validity or not Validity(row.validity).binds or last is None:
        return False
    row.validity, row.changed_on = Validity.LAPSED, last + timedelta(days=1)
    row.save(update_fields=["validity", "changed_on"])
    keep_clock(row)
    item = row.item
    record("normative.lapsed", subject=item, actor=None, unit=item.unit)
    tell_unit(
        item.unit,
        kind=LAPSED_NOTICE,
        subject=subject_key(item),
        sentence="一份规范性文件有效期已满，已标为失效。",
        url=reverse("publications:item", args=[item.pk]),
        key=f"normative.lapsed:{row.pk}:{last}",
    )
    return True
