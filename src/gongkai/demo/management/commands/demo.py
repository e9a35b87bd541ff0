"""``gongkai demo``: a working site with demo data, the worker in the same process."""

from __future__ import annotations

import os
import threading
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from gongkai.demo import site


class Command(BaseCommand):
    """Make the demo's data once, then serve it until stopped."""

    help = "A working site with demo data; --reset starts over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Port, host, a fresh start, or data only."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--reset", action="store_true", help="throw the demo's data away first")
        parser.add_argument("--no-serve", action="store_true", help="make the data and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the data where there is none, serve."""
        if not settings.DEMO:
            raise CommandError("the demo runs with config.settings.demo only")
        # The mails lead to where the demo is; the server's process reads the same.
        here = f"http://{options['host']}:{options['port']}"
        settings.BASE_URL = os.environ.setdefault("GONGKAI_BASE_URL", here)
        if options["reset"]:
            site.throw_away()
        call_command("migrate", verbosity=0)
        if site.is_empty():
            self.stdout.write("Making the demo's city and its year of work …")
            site.fill(lambda words: self.stdout.write(f"  {words}"))
        if options["no_serve"]:
            return
        stop = threading.Event()
        worker = threading.Thread(target=site.run_worker, args=(stop,), daemon=True)
        worker.start()
        self.stdout.write(
            f"\n  Gongkai demo: http://{options['host']}:{options['port']}/\n"
            "  Users and password stand on the sign-in page. Ctrl-C stops it.\n"
        )
        try:
            site.serve(options["host"], options["port"])
        finally:
            stop.set()
            worker.join(timeout=timedelta(seconds=10).total_seconds())
