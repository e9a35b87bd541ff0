"""The talk with clamd, over a real socket with a server that speaks its protocol.

The server is ours, so it shows that we speak as clamd's manual says, not that clamd finds
anything; that belongs to a try-out with the real daemon.
"""

from __future__ import annotations

import socket
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongkai.files import api
from gongkai.files.models import StoredFile
from gongkai.files.scanner import scan
from gongkai.kernel.refusal import Refused

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"  # the beginning is enough for our server


class Clamd:
    """Answers INSTREAM: FOUND when the stream holds the test signature, else OK."""

    def __init__(self, address: str, answer: bytes | None) -> None:
        self.answer = answer
        self.received = b""
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.line.bind(address)
        self.line.listen()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                call, _ = self.line.accept()
            except OSError:
                return
            with call, call.makefile("rb") as stream:
                self._talk(call, stream)

    def _talk(self, call: socket.socket, stream) -> None:
        assert stream.read(10) == b"zINSTREAM\0"
        self.received = b""
        while size := struct.unpack("!I", stream.read(4))[0]:
            self.received += stream.read(size)
        found = EICAR in self.received
        verdict = b"stream: Eicar-Test-Signature FOUND" if found else b"stream: OK"
        answer = self.answer if self.answer is not None else verdict
        call.sendall(answer + b"\0" if answer else b"")

    def close(self) -> None:
        self.line.close()


@pytest.fixture
def clamd(settings: Settings) -> Iterator[Callable[..., Clamd]]:
    started: list[Clamd] = []
    with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
        settings.FILES_CLAMD_SOCKET = f"{folder}/clamd.sock"

        def start(answer: bytes | None = None) -> Clamd:
            started.append(Clamd(settings.FILES_CLAMD_SOCKET, answer))
            return started[-1]

        yield start
        for server in started:
            server.close()


def test_a_clean_file_is_sent_whole_and_passes(clamd: Callable[..., Clamd], tmp_path: Path) -> None:
    server = clamd()
    data = bytes(range(256)) * 1000  # several pieces
    (tmp_path / "file").write_bytes(data)
    scan(tmp_path / "file")
    assert server.received == data


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"stream: Win.Trojan FOUND", "files.malware"),
        (b"INSTREAM size limit exceeded. ERROR", "files.scanner_unavailable"),
        (b"stream: OKAY", "files.scanner_unavailable"),
        (b"", "files.scanner_unavailable"),
    ],
)
def test_anything_but_ok_is_refused(
    clamd: Callable[..., Clamd], tmp_path: Path, answer: bytes, code: str
) -> None:
    clamd(answer)
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(Refused) as refused:
        scan(tmp_path / "file")
    assert refused.value.codes == {code}


@pytest.mark.django_db
def test_with_the_scanner_away_nothing_is_taken(
    clamd: Callable[..., Clamd], put: Callable[..., StoredFile]
) -> None:
    with pytest.raises(Refused) as refused:
        put()
    assert refused.value.codes == {"files.scanner_unavailable"}
    assert StoredFile.objects.get().state == api.State.REFUSED


@pytest.mark.django_db
def test_what_the_scanner_finds_is_refused_and_its_bytes_go(
    clamd: Callable[..., Clamd], put: Callable[..., StoredFile], root: Path
) -> None:
    clamd()
    assert put().state == api.State.ACCEPTED
    with pytest.raises(Refused) as refused:
        put(EICAR, name="通知.txt")
    assert "Eicar-Test-Signature" in refused.value.refusals[0].sentence
    assert len([path for path in root.rglob("*") if path.is_file()]) == 1


def test_without_a_scanner_nothing_is_asked(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_CLAMD_SOCKET = ""
    scan(tmp_path / "not there")
