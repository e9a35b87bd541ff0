"""Sealing: numbers and chains events in batches, after they are committed."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.audit import rules
from gongkai.audit.models import Seal, Unsealed
from gongkai.audit.queries import keys
from gongkai.kernel import clock

BATCH = 500


def seal() -> int:
    """Chain a batch of committed events in the order they were written; return how many.

    Two sealers at once are harmless: the number is the key, so one of them fails and has
    changed nothing.
    """
    try:
        with transaction.atomic():
            return _seal_batch()
    except IntegrityError:
        return 0


def _seal_batch() -> int:
    waiting = Unsealed.objects.select_related("event").order_by("event_id")[:BATCH]
    events = [row.event for row in waiting]
    if not events:
        return 0
    last = Seal.objects.order_by("-sequence").first()
    number, previous = (last.sequence, last.link) if last else (0, rules.NO_LINK)
    algorithm = keys.algorithm()
    digest = keys.digest_with(algorithm)
    now = clock.now()
    seals = []
    for sequence, event in enumerate(events, start=number + 1):
        link = rules.link_hash(sequence, event.hash, previous, now, digest)
        seals.append(
            Seal(
                sequence=sequence,
                event=event,
                event_hash=event.hash,
                previous=previous,
                link=link,
                algorithm=algorithm.value,
                sealed_at=now,
            )
        )
        previous = link
    Seal.objects.bulk_create(seals)
    Unsealed.objects.filter(pk__in=[event.pk for event in events]).delete()
    return len(seals)
