"""A superior's web server of our own on 127.0.0.1: a feed, a list, and all that goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>江东省人民政府</title>{items}</channel></rss>"""
ITEM = (
    "<item><title>{title}</title><link>/art/2026/{n}.html</link><guid>doc-{n}</guid>"
    "<pubDate>{at}</pubDate><description>&lt;p&gt;要点{n}&lt;/p&gt;</description></item>"
)
LIST = """<!doctype html><html><body><ul>
<li><a href="/art/2026/11.html" title="关于稳就业的意见">稳就业…</a><span>2026-03-02</span></li>
<li><a href="/art/2026/12.html">关于防汛的通知</a><span>2026年3月1日</span></li>
<li><a href="/about.html">关于我们</a></li></ul></body></html>"""


class Superior:
    """What the server says now; tests change it between two looks."""

    def __init__(self) -> None:
        self.items: list[tuple[int, str, str]] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.base = ""

    def issue(self, n: int, title: str, at: str = "Mon, 02 Mar 2026 00:30:00 GMT") -> None:
        """Publish something, the newest first."""
        self.items.insert(0, (n, title, at))

    def feed(self) -> bytes:
        """Return the feed as it is now."""
        items = "".join(ITEM.format(n=n, title=title, at=at) for n, title, at in self.items)
        return RSS.format(items=items).encode()


def _handler(superior: Superior) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
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
            superior.asked.append((self.path, dict(self.headers)))
            match self.path:
                case "/feed.xml":
                    data = superior.feed()
                    tag = f'"{len(superior.items)}"'
                    if self.headers.get("If-None-Match") == tag:
                        self._say(304)
                    else:
                        self._say(200, data, ETag=tag, Content_Type="application/rss+xml")
                case "/list.html":
                    self._say(200, LIST.encode(), Content_Type="text/html; charset=utf-8")
                case art if art.startswith("/art/"):
                    self._say(200, b"<p>art</p>", Content_Type="text/html")
                case "/broken.xml":
                    self._say(200, b"<rss><<<not at all")
                case "/gone.xml":
                    self._say(410)
                case "/error.xml":
                    self._say(503)
                case "/moved.xml":
                    self._say(301, Location="/feed.xml")
                case "/lent.xml":
                    self._say(302, Location="/feed.xml")
                case "/round.xml":
                    self._say(302, Location="/round.xml")
                case "/file.xml":
                    self._say(302, Location="file:///etc/hostname")
                case "/huge.xml":
                    self._say(200, b"x" * (2 * 1024 * 1024 + 1))
                case "/slow.xml":
                    self._drip()
                case _:
                    self._say(404)

        def _drip(self) -> None:
            """Give a byte now and then: never silent, never done."""
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(100):
                    self.wfile.write(b" " * 20_000)
                    time.sleep(0.2)
            except OSError:
                return

    return Handler


@contextmanager
def serving() -> Iterator[Superior]:
    """Serve on a free port while the block runs."""
    superior = Superior()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(superior))
    server.daemon_threads = True
    superior.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield superior
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
