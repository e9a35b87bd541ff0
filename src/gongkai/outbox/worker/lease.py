"""Who holds an errand of long work, how long, and whether that process is still there."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, connection

from gongkai.kernel import clock
from gongkai.outbox.models import Errand

log = logging.getLogger(__name__)
LEASE_SECONDS = 60.0


def _name() -> str:
    return f"{socket.gethostname()[:60]}/{os.getpid()}/{secrets.token_hex(8)}"


ME = _name()


def _renamed_after_fork() -> None:
    """A forked process is another holder than its parent."""
    global ME
    ME = _name()


os.register_at_fork(after_in_child=_renamed_after_fork)


def until() -> datetime:
    """Return when a lease taken or renewed now runs out."""
    return clock.now() + timedelta(seconds=_seconds())


def dead_holders() -> list[str]:
    """Return holders on this machine whose process has ended: their leases are void."""
    held = Errand.objects.filter(held_until__isnull=False).exclude(holder=ME)
    return [name for name in held.values_list("holder", flat=True).distinct() if _is_dead(name)]


@contextmanager
def kept_alive(pk: int) -> Iterator[None]:
    """Renew the lease of an errand while the block runs, from a thread of its own."""
    over = threading.Event()
    thread = threading.Thread(target=_renew, args=(pk, over), daemon=True, name="outbox-lease")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _renew(pk: int, over: threading.Event) -> None:
    """Begin after a third of the lease: short work never touches a second connection."""
    try:
        while not over.wait(_seconds() / 3):
            try:
                Errand.objects.filter(pk=pk, holder=ME).update(held_until=until())
            except Error:  # the next beat comes before the lease has run out
                log.warning("could not renew the lease of errand %s", pk, exc_info=True)
    finally:
        connection.close()


def _is_dead(holder: str) -> bool:
    host, _, rest = holder.partition("/")
    pid, _, _ = rest.partition("/")
    if host != socket.gethostname()[:60] or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():  # our number under another token: a process before us
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _seconds() -> float:
    return float(getattr(settings, "OUTBOX_LEASE_SECONDS", LEASE_SECONDS))
