"""``gongkai worker``: drains the outbox and calls the tickers until told to stop."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.outbox.worker import run_worker


class Command(BaseCommand):
    """Run one worker; on PostgreSQL as many as wanted, on SQLite one is enough."""

    help = "Drain the outbox and call the tickers. Ends after the errand at hand on SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seconds to rest when nothing is due."""
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("工作进程已启动。")
        self.stdout.flush()
        run_worker(stop=stop, pause_seconds=options["pause"])
        self.stdout.write("工作进程已停止。")
