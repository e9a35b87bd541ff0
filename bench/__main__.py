"""``python -m bench [--scale 200k]``: prints one line of JSON a measure; tests nothing."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench.plan import Plan

DEFAULT = "200k"


def main(argv: list[str] | None = None) -> int:
    """Take every measure, or those whose name begins with ``--only``, and print them."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", default=DEFAULT, help="duties: 20k, 200k, 1m or tiny")
    parser.add_argument("--only", default="", help="measures whose name begins with this")
    asked = parser.parse_args(argv)
    try:
        plan = Plan.of(asked.scale)
    except ValueError as error:
        parser.error(f"--scale {asked.scale}: {error}")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        _prepare(Path(folder))
        from bench.course import run

        for measure in run(Path(folder), plan, asked.only):
            print(measure.line(), flush=True)
    return 0


def _prepare(folder: Path) -> None:
    """Let Django stand on settings of its own, away from any real database and files."""
    os.environ["GONGKAI_VAR"] = str(folder)
    os.environ["TMPDIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    tempfile.tempdir = None
    import django

    django.setup()
    import logging

    logging.disable(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
