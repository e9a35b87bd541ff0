"""The loop of the worker and its one-process twin for tests and demo; holds no rules."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from gongkai.outbox.registry import STARTS, TICKERS
from gongkai.outbox.worker import errands, sequencer, ticks

log = logging.getLogger(__name__)


def drain(limit: int | None = None, *, strict: bool = False) -> int:
    """Run everything due now in this process: messages, errands, every ticker, until quiet.

    Returns how many errands ran and things tickers handled, at most about ``limit``. Failures
    are parked as the worker would; with ``strict`` the first is raised as well.
    """
    handled = 0
    while limit is None or handled < limit:
        done = _run_errands(None if limit is None else limit - handled, strict=strict)
        done += _tick_all(strict=strict)
        if not done:
            break
        handled += done
    return handled


def run_worker(*, stop: threading.Event, pause_seconds: float = 1.0) -> None:
    """Work until ``stop`` is set; rest ``pause_seconds`` when nothing is due.

    Finishes the errand at hand before it ends. Lives through a database that is away.
    """
    started = False
    while not stop.is_set():
        try:
            close_old_connections()
            if not started:
                _put_right()
                started = True
            busy = _round(stop)
        except (DatabaseError, InterfaceError):
            log.exception("the database did not answer; trying again")
            connection.close()
            busy = False
        if not busy:
            stop.wait(pause_seconds)
    connection.close()


def _put_right() -> None:
    for name, start in STARTS.items():
        try:
            start()
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            log.exception("start-up check %s failed", name)


def _round(stop: threading.Event) -> bool:
    """Do a slice of everything; return whether there may be more at once."""
    busy = bool(sequencer.number_messages() + sequencer.make_errands())
    busy = bool(errands.run_some(stop=stop)) or busy
    return bool(ticks.call_due()) or busy


def _run_errands(limit: int | None, *, strict: bool) -> int:
    done = 0
    while limit is None or done < limit:
        moved = sequencer.number_messages() + sequencer.make_errands()
        ran = errands.run_some(None if limit is None else limit - done, strict=strict)
        done += ran
        if not ran and not moved:
            break
    return done


def _tick_all(*, strict: bool) -> int:
    return sum(ticks.call(ticker, strict=strict) for ticker in list(TICKERS.values()))
