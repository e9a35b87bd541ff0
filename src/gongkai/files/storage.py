"""Where bytes lie: quarantine and accepted, one file a key, moved whole; knows no rows.

``FILES_ROOT/<place>/<first two of the key>/<key>``. A file is written under a passing name,
flushed to the disk, and renamed; so under its own name it is always whole.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from gongkai.files.content import refusals

QUARANTINE = "quarantine"
ACCEPTED = "accepted"
PART = ".part"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """What was written: its key, length and hash."""

    key: str
    size: int
    sha256: str


@contextmanager
def reached() -> Iterator[None]:
    """Refuse what is done within while the store does not answer: disk full, mount gone.

    Raises ``Refused`` (``files.store_down``).
    """
    try:
        yield
    except OSError as error:
        log.exception("the store of files does not answer")
        raise refusals.store_down() from error


def path_of(place: str, key: str) -> Path:
    """Return where a key lies in a place."""
    return Path(settings.FILES_ROOT) / place / key[:2] / key


def write(pieces: Iterable[bytes], *, max_bytes: int) -> Written:
    """Write an upload into the quarantine as it comes.

    Raises ``Refused`` (``files.too_large``, ``files.empty``, ``files.store_down``) and leaves
    nothing then.
    """
    with reached():
        return _write(pieces, max_bytes)


def _write(pieces: Iterable[bytes], max_bytes: int) -> Written:
    key = secrets.token_hex(16)
    path = path_of(QUARANTINE, key)
    part = path.with_name(key + PART)
    _make_folder(path.parent)
    try:
        with part.open("xb") as out:
            size, digest = _copy(pieces, out, max_bytes)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(0o640)
        _rename(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Written(key, size, digest)


def accept(key: str) -> None:
    """Move a file out of the quarantine; harmless when it has been moved.

    Raises ``Refused`` (``files.store_down``).
    """
    with reached():
        target = path_of(ACCEPTED, key)
        _make_folder(target.parent)
        source = path_of(QUARANTINE, key)
        if source.exists() or not target.exists():
            _rename(source, target)
            _sync_folder(source.parent)


def open_accepted(key: str) -> BufferedReader:
    """Open the bytes of an accepted file. Raises ``Refused`` (``files.store_down``)."""
    with reached():
        return path_of(ACCEPTED, key).open("rb")


def holds(key: str) -> bool:
    """Say whether the bytes of an accepted file lie there.

    Raises ``Refused`` (``files.store_down``) when the store itself is not there: what cannot be
    asked is not gone.
    """
    with reached():
        os.scandir(Path(settings.FILES_ROOT) / ACCEPTED).close()
        return path_of(ACCEPTED, key).exists()


def discard(key: str) -> None:
    """Remove the bytes of a file that was refused; its row with hash and reason stays."""
    for place in (QUARANTINE, ACCEPTED):
        path_of(place, key).unlink(missing_ok=True)


def stored(place: str) -> Iterator[Path]:
    """Walk over the files of a place, half-written ones included."""
    root = Path(settings.FILES_ROOT) / place
    if root.is_dir():
        for folder in sorted(root.iterdir()):
            if folder.is_dir():
                yield from folder.iterdir()


def _copy(pieces: Iterable[bytes], out: BinaryIO, max_bytes: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        if size > max_bytes:
            raise refusals.too_large(max_bytes)
        digest.update(piece)
        out.write(piece)
    if not size:
        raise refusals.empty()
    return size, digest.hexdigest()


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _rename(source: Path, target: Path) -> None:
    source.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
