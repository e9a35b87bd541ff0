"""The ``gongkai`` command: reader, checks and calendar without a database, others by Django."""

from __future__ import annotations

import os
import sys


def main(argv: list[str] | None = None) -> int:
    """Run ``gongkai <command>``; ``read``, ``screen`` and ``due`` touch no settings or tables."""
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["read"]:
        from gongkai.reading.command import main as read

        return read(words[1:])
    if words[:1] == ["screen"]:
        from gongkai.screening.command import main as screen

        return screen(words[1:])
    if words[:1] == ["due"]:
        from gongkai.calendars.command import main as due

        return due(words[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gongkai", *words])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
