"""The demo as a site: its data made, thrown away, served; only ever on the demo's settings."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from gongkai.accounts import api as accounts
from gongkai.demo.city import found_city
from gongkai.demo.year import work_the_year
from gongkai.kernel import clock
from gongkai.outbox import api as outbox

__all__ = ["fill", "is_empty", "run_worker", "serve", "throw_away"]


def is_empty() -> bool:
    """Say whether the demo's people are not there yet."""
    return not accounts.User.objects.exists()


def throw_away() -> None:
    """Remove the demo's own database and files."""
    connections.close_all()
    name = Path(str(settings.DATABASES["default"]["NAME"]))
    if connection.vendor != "sqlite" or settings.VAR not in name.parents:
        raise SystemExit("RESET=1 throws away the demo's own SQLite database only")
    for path in (name, name.with_name(f"{name.name}-wal"), name.with_name(f"{name.name}-shm")):
        path.unlink(missing_ok=True)
    for folder in (settings.FILES_ROOT, settings.MAIL_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)


def fill(say: Callable[[str], object]) -> None:
    """Make the city and its year up to yesterday."""
    say("清江市：单位和人员")
    city = found_city()
    say("清江市交通运输局：2026年的文件和任务")
    work_the_year(city, until=clock.today() - timedelta(days=1))
    outbox.drain()


def run_worker(stop: threading.Event) -> None:
    """Run the worker in a thread of the demo's process."""
    outbox.run_worker(stop=stop, pause_seconds=0.5)


def serve(host: str, port: int) -> int:
    """Serve in a process of its own until interrupted or told to end; return its exit code."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
    command += ["--port", str(port), "--workers", "1", "--no-log", "config.wsgi:application"]
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = subprocess.Popen(command)  # noqa: S603  # our own words
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        signal.signal(signal.SIGTERM, before)
        _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server's process, by force if it does not listen."""
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
