"""Runs the worker that unpacks a .pdf and turns what it says into a draft. Parses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from gongkai.reading.blocks import Block, Unreadable, UnreadableCode
from gongkai.reading.formats.pdf.layout import write_pages
from gongkai.reading.formats.pdf.page import PageText

_TOO_BIG_INSIDE = "文件解开后太大，不像正常的文件，请在原软件中重新导出 .pdf 再上传。"


def read_pdf(
    data: bytes, progress: Callable[[int, int], None] | None = None
) -> tuple[str, tuple[Block, ...]]:
    """Return the text and blocks of a .pdf, page headers, footers and numbers left out.

    Raises ``Unreadable`` (damaged, encrypted, no_text, too_large, too_large_unpacked).
    """
    return write_pages([*_pages(data, progress)])


def check_opens(file: IO[bytes]) -> None:
    """Look whether a .pdf opens without a password and has pages; its text is not looked at.

    Raises ``Unreadable`` (encrypted, damaged, too_large). A file that takes too long passes here:
    who reads it will say so.
    """
    for message in _said(file, "--open"):
        if "error" in message:
            code, sentence = message["error"]
            raise Unreadable(cast(UnreadableCode, code), sentence)


def _pages(data: bytes, progress: Callable[[int, int], None] | None) -> Iterator[PageText]:
    finished = False
    for message in _messages(data):
        if "error" in message:
            code, sentence = message["error"]
            raise Unreadable(cast(UnreadableCode, code), sentence)
        if "page" in message:
            page = PageText.from_json(message["page"])
            if progress:
                progress(page.number, message["of"])
            yield page
        finished = finished or "done" in message
    if not finished:
        # Killed by its limit of memory or time: a stream that unpacks without end.
        raise Unreadable("too_large_unpacked", _TOO_BIG_INSIDE)


def _messages(data: bytes) -> Iterator[dict[str, Any]]:
    """Run the worker on the bytes and yield what it says, one page at a time."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield from _said(file)


def _said(file: IO[bytes], *options: str) -> Iterator[dict[str, Any]]:
    """Yield what the worker says of a file."""
    command = [sys.executable, "-m", "gongkai.reading.formats.pdf.worker", *options]
    worker = subprocess.Popen(  # noqa: S603 - our own module, no outside words
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with worker:
        try:
            for line in cast(Any, worker.stdout):
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
