"""A web server of our own on 127.0.0.1 that gives, moves, lags, and has nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOVES = {
    "/moved": (301, "/page"),
    "/lent": (302, "/page"),
    "/round": (302, "/round"),
    "/file": (302, "file:///etc/hostname"),
    "/relative": (307, "page"),
}
STATES = {"/gone": 410, "/missing": 404, "/broken": 500, "/forbidden": 403}


class Handler(BaseHTTPRequestHandler):
    """Answers by the path."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def _say(self, status: int, data: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path in MOVES:
            status, there = MOVES[self.path]
            self._say(status, Location=there)
        elif self.path in STATES:
            self._say(STATES[self.path])
        elif self.path == "/huge":
            self._say(200, b"x" * (2 * 1024 * 1024 + 1))
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            while not self.server.stopping:  # type: ignore[attr-defined]
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.05)
        elif self.headers.get("If-None-Match") == '"1"':
            self._say(304)
        else:
            data = "<p>网页</p>".encode("gbk")
            self._say(200, data, Content_Type="text/html; charset=GBK", ETag='"1"')


@contextmanager
def serving() -> Iterator[str]:
    """Serve in a thread; give the base of the addresses."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.stopping = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.stopping = True  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()
        thread.join()
