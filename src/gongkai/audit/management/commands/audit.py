"""``gongkai audit``: checks the chain or an anchor, exports an anchor, shows the public key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.audit import actions
from gongkai.audit.actions.anchor import folder
from gongkai.audit.queries import chain, keys
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused


class Command(BaseCommand):
    """Exit 0 when all fits, 1 when not, with one clear line."""

    help = "Check the audit chain, or the chain against an exported anchor; export an anchor."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take verify [FILE], anchor [--day], key."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="check every link, and the anchor if one is given")
        verify.add_argument("file", nargs="?", type=Path, help="an exported anchor")
        verify.add_argument("--key", default="", help="public key in hex; by default this site's")
        anchor = verbs.add_parser("anchor", help="seal what waits and export a signed anchor")
        anchor.add_argument("--day", type=date.fromisoformat, help="by default today")
        verbs.add_parser("key", help="print the public key that checks anchors")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one of the verbs."""
        if options["verb"] == "verify":
            self._verify(options["file"], options["key"])
        elif options["verb"] == "anchor":
            self._anchor(options["day"])
        else:
            self.stdout.write(keys.public_key())

    def _verify(self, file: Path | None, key: str) -> None:
        """Without a file the anchors in the folder are checked along."""
        try:
            paths = [file] if file else sorted(folder().glob("*.json"))
            anchors = [chain.read_anchor(path, key) for path in paths]
        except chain.BadAnchor as error:
            self._fail(str(error))
        verdict = chain.verify_against(anchors)
        if not verdict.ok:
            self._fail(verdict.sentence)
        self.stdout.write(verdict.sentence)

    def _anchor(self, day: date | None) -> None:
        while actions.seal():
            pass
        try:
            path = actions.export_anchor(day or clock.today())
        except Refused as refused:
            raise CommandError("；".join(r.sentence for r in refused.refusals)) from refused
        self.stdout.write(f"已导出 {path}。请把它保存到别的机器上。")

    def _fail(self, sentence: str) -> None:
        self.stderr.write(sentence)
        raise SystemExit(1)
