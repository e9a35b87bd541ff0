"""Calls tickers when they are due, one worker at a time; what they do is theirs."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from gongkai.kernel import clock
from gongkai.outbox.backoff import FIRST_WAIT, wait_after
from gongkai.outbox.models import Tick
from gongkai.outbox.registry import TICKERS, Ticker

log = logging.getLogger(__name__)
# A ticker that always says it did something must not keep the errands waiting for ever.
ROUNDS = 1000


def call_due() -> int:
    """Call every ticker that is due, each until it returns 0; return how much was handled."""
    now = clock.now()
    waiting = dict(Tick.objects.filter(next_at__gt=now).values_list("name", "next_at"))
    return sum(call(t) for t in list(TICKERS.values()) if t.name not in waiting)


def call(ticker: Ticker, *, strict: bool = False) -> int:
    """Call one ticker until it returns 0, each time in a transaction with its row locked."""
    handled = 0
    try:
        for _ in range(ROUNDS):
            done = _call_once(ticker)
            handled += done
            if not done:
                break
    except Exception as error:
        _note(ticker, error)
        if strict:
            raise
    return handled


def _call_once(ticker: Ticker) -> int:
    """Return 0 also when another worker is calling it just now."""
    now = clock.now()
    with transaction.atomic():
        Tick.objects.get_or_create(name=ticker.name, defaults={"next_at": now})
        row = Tick.objects.select_for_update(skip_locked=True).filter(name=ticker.name).first()
        if row is None:
            return 0
        done = ticker.call(now)
        if not done:
            row.next_at = now + timedelta(seconds=ticker.every)
            row.tries, row.last_error, row.failed_at = 0, "", None
            row.save()
    return done


def _note(ticker: Ticker, error: Exception) -> None:
    log.exception("ticker %s failed", ticker.name, exc_info=error)
    now = clock.now()
    base = float(getattr(settings, "OUTBOX_RETRY_SECONDS", FIRST_WAIT))
    row, _ = Tick.objects.get_or_create(name=ticker.name, defaults={"next_at": now})
    row.tries += 1
    row.last_error = f"{type(error).__name__}: {error}"[:2000]
    row.failed_at = now
    row.next_at = now + timedelta(seconds=wait_after(row.tries, base))
    row.save()
