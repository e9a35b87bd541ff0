"""Claims an errand and runs its handler so that a kill neither loses nor doubles effects.

A plain handler runs in the transaction that deletes its errand, whose lock is the claim. A
handler with its own transactions is claimed by a lease that a heartbeat renews; a lease whose
process is gone counts as ended at once.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.kernel import clock
from gongkai.outbox.backoff import CRASHES_BORNE, FIRST_WAIT, wait_after
from gongkai.outbox.models import Errand
from gongkai.outbox.registry import CONSUMERS, Consumer
from gongkai.outbox.worker import lease

log = logging.getLogger(__name__)
# So many of a consumer's due errands are taken in hand at a time, before the next consumer's turn.
TURN = 50


@dataclass(frozen=True)
class Claim:
    """An errand taken, with all later ones of its consumer and subject that it does as well."""

    consumer: Consumer
    first: Errand
    ids: tuple[int, ...]
    topics: frozenset[str]


def run_some(
    limit: int | None = None, *, strict: bool = False, stop: threading.Event | None = None
) -> int:
    """Give each consumer a turn; return how many errands ran, at most ``limit``.

    A handler's exception parks the errand; with ``strict`` it is raised as well. Between two
    errands ``stop`` is looked at.
    """
    done = 0
    for consumer in list(CONSUMERS.values()):
        run = _run_leased if consumer.own_transactions else _run_held
        for pk in list(_due(consumer).values_list("id", flat=True)[:TURN]):
            if (limit is not None and done >= limit) or (stop is not None and stop.is_set()):
                return done
            done += run(consumer, pk, strict=strict)
    return done


def retry_parked(consumer: str | None = None) -> int:
    """Let parked subjects be tried at once (of one consumer or all); return how many."""
    rows = Errand.objects.filter(tries__gt=0)
    if consumer is not None:
        rows = rows.filter(consumer=consumer)
    return rows.update(next_try_at=clock.now())


def _due(consumer: Consumer) -> QuerySet[Errand]:
    """Return errands that may run now: the oldest of their subject, waited for, not held."""
    now = clock.now()
    mine = Errand.objects.filter(consumer=consumer.name)
    older = mine.filter(subject=OuterRef("subject"), id__lt=OuterRef("id"))
    free = Q(holder="") | Q(held_until__lt=now) | Q(holder__in=lease.dead_holders())
    return mine.filter(free, ~Exists(older), next_try_at__lte=now).order_by("next_try_at", "id")


def _claim(consumer: Consumer, pk: int) -> Claim | None:
    """Lock the errand if it is still due and nobody has it; gather what stands behind it."""
    rows = _due(consumer).filter(pk=pk)
    first = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if first is None:
        return None
    same = Errand.objects.filter(consumer=first.consumer, subject=first.subject)
    all_rows = list(same.values_list("id", "topics"))
    topics = frozenset(topic for _, named in all_rows for topic in named)
    return Claim(consumer, first, tuple(pk for pk, _ in all_rows), topics)


def _run_held(consumer: Consumer, pk: int, *, strict: bool) -> bool:
    claim = None
    try:
        with transaction.atomic():
            claim = _claim(consumer, pk)
            if claim is None:
                return False
            consumer.handler(claim.first.subject, set(claim.topics))
            Errand.objects.filter(pk__in=claim.ids).delete()
    except Exception as error:
        if claim is None:  # the database, not the handler
            raise
        _park(claim, error)
        if strict:
            raise
    return True


def _run_leased(consumer: Consumer, pk: int, *, strict: bool) -> bool:
    claim = _take_lease(consumer, pk)
    if claim is None:
        return False
    try:
        with lease.kept_alive(claim.first.pk):
            consumer.handler(claim.first.subject, set(claim.topics))
    except Exception as error:
        _park(claim, error)
        if strict:
            raise
        return True
    _finish(claim)
    return True


def _take_lease(consumer: Consumer, pk: int) -> Claim | None:
    """Write our name on the errand; one that took its worker down too often is parked."""
    with transaction.atomic():
        claim = _claim(consumer, pk)
        if claim is None:
            return None
        if claim.first.starts < CRASHES_BORNE:
            Errand.objects.filter(pk=pk).update(
                holder=lease.ME, held_until=lease.until(), starts=claim.first.starts + 1
            )
            return claim
    _park(claim, RuntimeError("处理时工作进程多次中断"), holder=claim.first.holder)
    return None


def _finish(claim: Claim) -> None:
    """Delete what was done, unless our lease had run out and another has it now."""
    with transaction.atomic():
        mine = Errand.objects.select_for_update().filter(pk=claim.first.pk, holder=lease.ME)
        if mine.exists():
            Errand.objects.filter(pk__in=claim.ids).delete()


def _park(claim: Claim, error: Exception, *, holder: str | None = None) -> None:
    """Note the failure and wait longer than the last time; the subject's later errands wait too."""
    first = claim.first
    log.exception("%s failed on %s", first.consumer, first.subject, exc_info=error)
    now = clock.now()
    tries = first.tries + 1
    base = float(getattr(settings, "OUTBOX_RETRY_SECONDS", FIRST_WAIT))
    mine = {"", lease.ME} if holder is None else {holder}
    Errand.objects.filter(pk=first.pk, holder__in=mine).update(
        tries=tries,
        failed_at=now,
        last_error=f"{type(error).__name__}: {error}"[:2000],
        next_try_at=now + timedelta(seconds=wait_after(tries, base)),
        holder="",
        held_until=None,
        starts=0,
    )
