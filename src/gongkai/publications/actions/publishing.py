"""Bringing out what was signed and cleared: now, at a time, by the worker; nothing else ever."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell
from gongkai.publications import policies, queries
from gongkai.publications.actions.clocks import meet_clock
from gongkai.publications.actions.drafting import reflect
from gongkai.publications.actions.sending import ask_afterwards
from gongkai.publications.models import Edition, Publication
from gongkai.publications.states import MOVES, EditionState, How

log = logging.getLogger(__name__)
LATE_AFTER = timedelta(minutes=10)
"""A time missed by more is told."""
MOST_AT_ONCE = 50
_AGAIN = {"kernel.stale", "files.store_down"}
"""Somebody is at it, or its files cannot be read now: it is tried again at the next turn."""


def publish(edition: Edition, *, actor: User | None, expected: int) -> Edition:
    """Publish a signed and cleared edition; an earlier one of its item gives way to it.

    ``actor`` None is the worker, which brings out with a policy what interprets it.

    The bytes of its files are read again first: what lies in the store must be what was cleared.
    Raises ``Refused``.
    """
    refuse_altered(edition)
    with transaction.atomic():
        return _come_out(lock(edition, expected=expected), How.NOW, actor=actor)


def refuse_altered(edition: Edition) -> None:
    """Refuse when a file in the store is not what was cleared; reads them all again.

    Raises ``Refused``.
    """
    for row in queries.files_of(edition):
        out = row.copy or row.file
        if not files.is_intact(out):
            said = f"附件“{row.title}”与审签时的不一致或已损坏，不能发布。请取回后重新上传。"
            raise Refused(Refusal("publications.file_altered", said))


def _come_out(edition: Edition, how: How, *, actor: User | None) -> Edition:
    """Publish inside the caller's transaction; the one place where something becomes public."""
    refuse_if(policies.why_not_publish(edition, queries.digest_of(edition), actor=actor))
    item, now = edition.item, clock.now()
    _give_way(edition, now)
    edition.state, edition.slot = MOVES["publish"][1], policies.out_slot(item)
    edition.published_at, edition.publish_at = now, None
    edition.save(update_fields=["state", "slot", "published_at", "publish_at"])
    item.published_at = item.published_at or now
    reflect(edition)
    _enter(edition, how, now, actor)
    meet_clock(edition, now)
    if edition.emergency:
        ask_afterwards(edition, actor=actor or edition.saved_by)
    record(
        "publications.published",
        subject=item,
        actor=actor,
        unit=item.unit,
        edition=edition.order,
        how=how.label,
        index_number=item.index_number,
    )
    return edition


def _give_way(edition: Edition, now: datetime) -> None:
    """Let the edition that is out give way, and end its line in the ledger."""
    out = edition.item.editions.filter(slot=policies.out_slot(edition.item)).first()
    if out is None:
        return
    out = lock(out)
    out.state, out.slot = MOVES["replace"][1], None
    out.save(update_fields=["state", "slot"])
    Publication.objects.filter(edition=out, ended_at=None).update(ended_at=now)
    item = edition.item
    record("publications.replaced", subject=item, actor=None, unit=item.unit, edition=out.order)


def _enter(edition: Edition, how: How, now: datetime, actor: User | None) -> None:
    item = edition.item
    Publication.objects.create(
        edition=edition, item=item, body=item.body, how=how, at=now, by=actor
    )


@transaction.atomic
def file(edition: Edition, *, actor: User, expected: int) -> Edition:
    """Enter a signed edition as one that is not published: it stands in the register only.

    Raises ``Refused``.
    """
    edition = lock(edition, expected=expected)
    refuse_if(policies.why_not_file(edition, queries.digest_of(edition), actor=actor))
    item = edition.item
    _give_way(edition, clock.now())
    edition.state, edition.slot = MOVES["file"][1], policies.out_slot(item)
    edition.save(update_fields=["state", "slot"])
    reflect(edition)
    record("publications.filed", subject=item, actor=actor, unit=item.unit, edition=edition.order)
    return edition


@transaction.atomic
def schedule(edition: Edition, *, actor: User, at: datetime, expected: int) -> Edition:
    """Set an edition to come out by itself at a moment. Raises ``Refused``."""
    edition = lock(edition, expected=expected)
    digest = queries.digest_of(edition)
    refuse_if(policies.why_not_schedule(edition, digest, actor=actor, at=at))
    edition.state, edition.publish_at = MOVES["schedule"][1], at
    edition.save(update_fields=["state", "publish_at"])
    reflect(edition)
    item = edition.item
    record("publications.scheduled", subject=item, actor=actor, unit=item.unit, at=at)
    return edition


@transaction.atomic
def unschedule(edition: Edition, *, actor: User, expected: int) -> Edition:
    """Take the time back; the edition stays signed. Raises ``Refused``."""
    edition = lock(edition, expected=expected)
    refuse_if(policies.why_not_as_publisher("unschedule", edition, actor=actor))
    edition.state, edition.publish_at = MOVES["unschedule"][1], None
    edition.save(update_fields=["state", "publish_at"])
    reflect(edition)
    item = edition.item
    record("publications.unscheduled", subject=item, actor=actor, unit=item.unit)
    return edition


def publish_due(now: datetime) -> int:
    """Bring out what is due, the earliest first; return how many came to an end, out or refused.

    A time that was missed is caught up and told. What may not come out (a condition above, a
    changed text) goes back to signed, with a word to the openness office.
    """
    done = 0
    for edition in queries.due_by(now, MOST_AT_ONCE):
        try:
            refuse_altered(edition)
            _publish_timed(edition, now)
        except Refused as refused:
            if _AGAIN & set(refused.codes):
                continue
            _fail(edition, refused)
        done += 1
    return done


@transaction.atomic
def _publish_timed(edition: Edition, now: datetime) -> None:
    at = edition.publish_at
    edition = lock(edition)
    if edition.state != EditionState.SCHEDULED or at is None:
        return
    late = now - at > LATE_AFTER
    edition = _come_out(edition, How.LATE if late else How.TIMED, actor=None)
    if late:
        item = edition.item
        tell(
            policies.publishers_of(item),
            kind="publications.published_late",
            subject=subject_key(item),
            sentence="一篇定时发布的信息错过了时间，现已补发，请核对。",
            url=reverse("publications:item", args=[item.pk]),
            key=f"publications.published_late:{edition.pk}:{edition.version}",
        )


@transaction.atomic
def _fail(edition: Edition, refused: Refused) -> None:
    edition = lock(edition)
    if edition.state != EditionState.SCHEDULED:
        return
    edition.state, edition.publish_at = MOVES["unschedule"][1], None
    edition.save(update_fields=["state", "publish_at"])
    reflect(edition)
    item = edition.item
    why = "".join(refusal.sentence for refusal in refused.refusals)
    record(
        "publications.schedule_failed",
        subject=item,
        actor=None,
        unit=item.unit,
        reason=why[:300],
    )
    tell(
        policies.publishers_of(item),
        kind="publications.schedule_failed",
        subject=subject_key(item),
        sentence=f"一篇定时发布的信息没有发出：{why}",
        url=reverse("publications:item", args=[item.pk]),
        key=f"publications.schedule_failed:{edition.pk}:{edition.version}",
    )
