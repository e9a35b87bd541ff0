"""The clock of 条例 第二十六条: opened, moved, met and cancelled by what an edition says."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.publications.models import Edition
from gongkai.publications.states import (
    LAW,
    PUBLISH_DAYS,
    PUBLISH_DUTY,
    WORKING,
    Attribute,
    Change,
)


def keep_clock(edition: Edition) -> None:
    """Make the clock fit the edition: 20 working days from forming, or from the change.

    It runs once the day of forming has come and something is to be published; inside the
    caller's transaction. Its title names no item: see ``states.FACT_LABELS``.
    """
    start = _start(edition)
    running = edition.duty is not None and edition.duty.closed_at is None
    if edition.duty is not None and running and edition.duty.started_at != start:
        reason = "不再需要主动公开" if start is None else "起算日期已改，按新的日期计时"
        duties.cancel(edition.duty, actor=None, reason=reason)
        running = False
    if start is not None and not running:
        _open(edition, start)


def _start(edition: Edition) -> datetime | None:
    """From when the clock runs: the day of forming, the moment of a later change; else None."""
    if not Attribute(edition.attribute).is_published or edition.state not in WORKING:
        return None
    if edition.change != Change.FIRST:
        return edition.duty.started_at if edition.duty else edition.saved_at
    if edition.formed_on is None or edition.formed_on > clock.today():
        return None
    return clock.morning_of(edition.formed_on)


def _open(edition: Edition, start: datetime) -> None:
    item = edition.item
    edition.duty = duties.open_duty(
        kind=PUBLISH_DUTY,
        subject=subject_key(edition),
        title=f"公开{item.get_kind_display()}",
        owner=item.unit,
        limit=duties.working_days(PUBLISH_DAYS),
        started_at=start,
        actor=None,
        law=LAW,
        url=reverse("publications:item", args=[item.pk]),
    )
    edition.save(update_fields=["duty"])


def meet_clock(edition: Edition, at: datetime) -> None:
    """Say that what was to be published is out."""
    if edition.duty is not None and edition.duty.closed_at is None:
        duties.meet(edition.duty, actor=None, at=at, evidence="已发布")
