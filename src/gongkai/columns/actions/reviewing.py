"""Institutions and the guide are looked over every so often; a new edition counts as that."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.columns import policies, queries
from gongkai.columns.models import Review
from gongkai.columns.rules import months_later
from gongkai.columns.states import REVIEW_DUTY
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.publications import api as publications
from gongkai.publications.api import Item

STALE = Refusal("kernel.stale", "别人刚刚设过周期。请看清后再提交。")


@transaction.atomic
def set_review(item: Item, *, actor: User, months: int, expected: int) -> Review:
    """Have a published item looked over every so many months, from its publication or last review.

    ``expected`` is 0 before there is a rhythm. Raises ``Refused``.
    """
    refuse_if(policies.why_not_review(item, actor=actor, months=months))
    found = queries.review_of(item)
    if found is not None:
        found = lock(found, expected=expected)
    elif expected:
        raise Refused(STALE)
    else:
        found = Review(item=item)
    found.months, found.set_at, found.set_by = months, clock.now(), actor
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        raise Refused(STALE) from None
    if found.duty is not None and found.duty.closed_at is None:
        duties.cancel(found.duty, actor=None, reason="修订周期已改")
    _start(found)
    record(
        "columns.review_set", subject=item, actor=actor, unit=item.unit, rhythm=f"每{months}个月"
    )
    return found


def _start(review: Review) -> None:
    """Start the clock from the last review or publication, whichever is later."""
    out = publications.published(review.item)
    since = max(
        filter(None, (review.reviewed_at, out.published_at if out else None)), default=review.set_at
    )
    review.duty = duties.open_duty(
        kind=REVIEW_DUTY,
        subject=subject_key(review),
        title="检查是否需要修订",  # no title: what is taken back must not stay in the ledger
        owner=review.item.unit,
        limit=duties.on_date(months_later(clock.day_of(since), review.months)),
        started_at=since,
        actor=None,
        law="《政府信息公开条例》第十二条",
        url=reverse("publications:item", args=[review.item_id]),
    )
    review.save(update_fields=["duty"])


@transaction.atomic
def enter_review(review: Review, *, actor: User, outcome: str, expected: int) -> Review:
    """Enter that an item was looked over, with what was found; the next is due a rhythm later.

    Raises ``Refused``.
    """
    review = lock(review, expected=expected)
    refuse_if(policies.why_not_reviewed(review, actor=actor, outcome=outcome))
    review.reviewed_at, review.outcome = clock.now(), outcome.strip()[:300]
    review.save(update_fields=["reviewed_at", "outcome"])
    _meet(review, "已检查")
    item = review.item
    record("columns.reviewed", subject=item, actor=actor, unit=item.unit, reason=review.outcome)
    return review


def _meet(review: Review, evidence: str) -> None:
    if review.duty is not None and review.duty.closed_at is None:
        duties.meet(review.duty, actor=None, at=clock.now(), evidence=evidence)
    _start(review)


@transaction.atomic
def follow_review(item: Item) -> None:
    """Let a clock of review follow: met by a new edition, ended when nothing is out."""
    review = queries.review_of(item)
    if review is None:
        return
    review, duty = lock(review), review.duty
    out = publications.published(item)
    running = duty is not None and duty.closed_at is None
    if out is None and running and duty is not None:
        duties.cancel(duty, actor=None, reason="已不再公开")
    elif out is not None and not running:
        _start(review)
    elif out is not None and duty is not None and _is_newer(out.published_at, duty.started_at):
        _meet(review, "已发布新版")


def _is_newer(at: object, started: object) -> bool:
    return isinstance(at, type(started)) and at > started  # type: ignore[operator]
