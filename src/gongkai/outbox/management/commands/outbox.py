"""``gongkai outbox``: says what waits and what failed; ``--retry`` has it tried at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.outbox import queries
from gongkai.outbox.worker import retry_parked


class Command(BaseCommand):
    """Show the state of the outbox; exits 1 when something failed and waits to be tried again."""

    help = "Show what the worker has still to do, and what failed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --retry."""
        parser.add_argument("--retry", action="store_true", help="try parked work again at once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a consumer, a parked subject, a failing ticker."""
        if options["retry"]:
            self.stdout.write(f"已安排重试 {retry_parked()} 项。")
            return
        self.stdout.write(f"待编号消息 {queries.unnumbered()} 条。")
        for line in queries.backlogs():
            self.stdout.write(f"{line.consumer}：未读 {line.unread}，待办 {line.errands}。")
        failed = self._failures()
        for text in failed:
            self.stdout.write(text)
        if failed:
            raise SystemExit(1)

    def _failures(self) -> list[str]:
        parked = [
            f"失败 {e.tries} 次：{e.consumer} {e.subject}：{e.last_error}" for e in queries.parked()
        ]
        tickers = [
            f"失败 {t.tries} 次：{t.name}：{t.last_error}" for t in queries.failing_tickers()
        ]
        return parked + tickers
