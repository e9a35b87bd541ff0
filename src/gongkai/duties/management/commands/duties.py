"""``duties recount`` checks the counters, ``duties recompute`` reads every open clock anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.duties import actions, queries


class Command(BaseCommand):
    """Looks after what is kept as copies: counters and due moments."""

    help = "recount [--mend]: compare the counters with the duties; recompute: read all clocks anew"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the two subcommands."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        recount = verbs.add_parser("recount", help="compare the counters with the duties")
        recount.add_argument("--mend", action="store_true", help="set the wrong ones right")
        verbs.add_parser("recompute", help="read every open clock anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the subcommand; a mismatch that is not mended is an error."""
        if options["verb"] == "recompute":
            self.stdout.write(f"{actions.recompute_all()}项到期日改变")
            return
        wrong = actions.mend_counters() if options["mend"] else queries.miscounts()
        for (owner, history, light), (said, there) in sorted(wrong.items()):
            kind = "，历史" if history else ""
            self.stdout.write(f"单位{owner} {light}{kind}：计数{said}，实有{there}")
        if wrong and not options["mend"]:
            raise CommandError(f"{len(wrong)}个计数与实有不符；加 --mend 改正。")
        self.stdout.write("已改正" if wrong else "计数与实有一致")
