"""Runs our worker on a .pdf in a process of its own, with limits (ADR 0022). Parses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

_WORKER = "gongkai.screening.pdf_worker"


def run(verb: str, data: bytes, *options: str) -> Iterator[dict[str, Any]]:
    """Yield what the worker says of the bytes, a message a line; nothing when it is killed."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        command = [sys.executable, "-m", _WORKER, verb, *options]
        worker = subprocess.Popen(  # noqa: S603 - our own module, no outside words
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with worker:
            try:
                for line in worker.stdout or ():
                    message = _message(line)
                    if message is not None:
                        yield message
            finally:
                worker.kill()


def _message(line: bytes) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
    except ValueError:  # cut off in the middle by a limit
        return None
    return message if isinstance(message, dict) else None
