"""Registration, and the beginning of validity when a document comes out."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.normative import policies, queries
from gongkai.normative.models import Standing
from gongkai.normative.states import EXPIRY_DUTY, Validity
from gongkai.publications import api as publications
from gongkai.publications.api import Item

STALE = Refusal("kernel.stale", "别人刚刚改过。请看清后再提交。")


@transaction.atomic
def register(
    item: Item,
    *,
    actor: User,
    number: str = "",
    why_unregistered: str = "",
    why_unlimited: str = "",
    expected: int,
) -> Standing:
    """Write down a document's registration number, and why it has no end of validity.

    ``expected`` is the version that the page showed, 0 before there is one. Raises ``Refused``.
    """
    number = number.strip()
    refuse_if(
        policies.why_not_register(
            item, actor=actor, number=number, why_unregistered=why_unregistered.strip()
        )
    )
    row = queries.standing_of(item)
    if row is not None:
        row = lock(row, expected=expected)
    elif expected:
        raise Refused(STALE)
    else:
        row = Standing(item=item, body=item.body, unit=item.unit)
    row.registration_number = number or None
    row.why_unregistered = why_unregistered.strip()[:300]
    row.why_unlimited = why_unlimited.strip()[:300]
    row.set_at, row.set_by = clock.now(), actor
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(STALE) from None
    record("normative.registered", subject=item, actor=actor, unit=item.unit)
    return row


@transaction.atomic
def enter_force(item: Item) -> None:
    """Begin the validity of a document that came out, or set its end anew after a revision.

    The clock of its assessment runs to ``NORMATIVE_REVIEW_MONTHS`` months before its last day.
    Repeating is harmless.
    """
    edition = publications.published(item)
    if edition is None or not policies.is_normative(item):
        return
    found = queries.standing_of(item)
    row = lock(found) if found else _entered(item)
    began = not row.validity
    if began:
        row.validity, row.in_force_on = Validity.IN_FORCE, _in_force(edition)
        row.changed_on = row.in_force_on
    if began or edition.order > 1:
        row.valid_until_on = edition.lapses_on or row.valid_until_on
    row.save()
    keep_clock(row)
    if began:
        record("normative.entered_force", subject=item, actor=None, unit=item.unit)


def _entered(item: Item) -> Standing:
    """Return the standing of a document that nobody registered: its reason stood elsewhere."""
    return Standing(item=item, body=item.body, unit=item.unit, set_at=clock.now())


def _in_force(edition: publications.Edition) -> date:
    return edition.effective_on or edition.formed_on or clock.today()


def keep_clock(row: Standing) -> None:
    """Make the clock of the assessment fit the last day; inside the caller's transaction."""
    due = None
    if row.valid_until_on is not None and row.validity and Validity(row.validity).binds:
        due = months_before(row.valid_until_on, settings.NORMATIVE_REVIEW_MONTHS)
    if row.duty is not None and row.duty.due_on == due:
        return  # it runs, or the assessment before this last day is done
    if row.duty is not None and row.duty.closed_at is None:
        duties.cancel(row.duty, actor=None, reason="有效期或有效性已变，按新的情况计时")
    if due is None:
        return
    row.duty = duties.open_duty(
        kind=EXPIRY_DUTY,
        subject=subject_key(row),
        title="规范性文件到期前评估",
        owner=row.unit,
        limit=duties.on_date(due),
        started_at=clock.now(),
        actor=None,
        url=reverse("publications:item", args=[row.item_id]),
    )
    row.save(update_fields=["duty"])


def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier; the last of the month where it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
