"""The virus scanner, when an office has one: speaks to clamd over its Unix socket."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

from django.conf import settings

from gongkai.files.content import refusals

_PIECE = 64 * 1024
_SECONDS = 60.0


def scan(path: Path) -> None:
    """Ask clamd about a file; do nothing when ``FILES_CLAMD_SOCKET`` is not set.

    Raises ``Refused``: ``files.malware`` when something is found, ``files.scanner_unavailable``
    when the scanner does not answer clearly. Once a scanner is set, nothing passes unscanned.
    """
    address = str(getattr(settings, "FILES_CLAMD_SOCKET", "") or "")
    if not address:
        return
    try:
        answer = _ask(address, path)
    except OSError as error:
        raise refusals.scanner_unavailable() from error
    if answer == "stream: OK":
        return
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        raise refusals.malware(answer.removeprefix("stream: ").removesuffix(" FOUND"))
    raise refusals.scanner_unavailable()


def _ask(address: str, path: Path) -> str:
    """Send the file as INSTREAM: pieces with their length, an empty one at the end."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, path.open("rb") as stream:
        line.settimeout(_SECONDS)
        line.connect(address)
        line.sendall(b"zINSTREAM\0")
        while piece := stream.read(_PIECE):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        return _answer(line)


def _answer(line: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\0") and len(heard) < 4096:
        piece = line.recv(4096)
        if not piece:
            break
        heard += piece
    return heard.rstrip(b"\0").decode("utf-8", "replace").strip()
