"""Fetches one address of a superior, within limits, and never inside our own network."""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

MOST_BYTES = 2 * 1024 * 1024
MOST_MOVES = 5
MOVED_FOR_GOOD = {301, 308}
MOVED = {301, 302, 303, 307, 308}
INSIDE = "这个地址在内部网络，没有取。确要关注的，请平台管理员设定允许的网段。"
AGENT = "Gongkai/0.1 (+open government; reposting)"


class Unfetched(Exception):
    """Why nothing came, in words that the office can act on."""


@dataclass(frozen=True)
class Fetched:
    """What came: bytes, from where in the end, what to ask with next time."""

    data: bytes
    url: str
    etag: str = ""
    modified: str = ""
    unchanged: bool = False
    charset: str = ""
    moved_to: str = ""
    """Where the address moved for good."""


def is_outside(address: str) -> bool:
    """Say whether an address is one of the open network."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not (mapped or found).is_multicast


def _allowed(address: str) -> bool:
    return is_outside(address) or any(
        ipaddress.ip_address(address.partition("%")[0]) in ipaddress.ip_network(net, strict=False)
        for net in settings.REPOST_NETWORKS
    )


class _Inside(HTTPError):
    """The name leads into our own network."""


def _guard(sock: socket.socket) -> socket.socket:
    """Refuse a connection after it stands and before a byte is sent: no name can change its
    address in between."""
    if not _allowed(sock.getpeername()[0]):
        sock.close()
        raise _Inside("inside")
    return sock


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _guard(super()._new_conn())


class _Secure(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _guard(super()._new_conn())


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        pools = {"http": _PlainPool, "https": _SecurePool}
        self.poolmanager.pool_classes_by_scheme = pools


def fetch(url: str, *, etag: str = "", modified: str = "") -> Fetched:
    """Return what an address answers; at most 2 MB, within the set time. Raises ``Unfetched``.

    With ``etag`` or ``modified`` of the last time the answer may be that nothing changed.
    """
    until = time.monotonic() + settings.REPOST_SECONDS
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {"User-Agent": AGENT, **{k: v for k, v in asked.items() if v}}
    with requests.Session() as session:
        session.trust_env = False  # a proxy would reach what we must not
        for scheme in ("http://", "https://"):
            session.mount(scheme, _Adapter(max_retries=0))
        try:
            return _follow(session, url, headers, until)
        except requests.exceptions.Timeout:
            raise Unfetched("对方网站太慢，没有取到，稍后再试。") from None
        except requests.exceptions.SSLError:
            raise Unfetched("对方网站的证书有问题，没有取。请核对地址。") from None
        except _Inside:
            raise Unfetched(INSIDE) from None
        except (requests.exceptions.RequestException, HTTPError, OSError, ValueError):
            raise Unfetched("连不上对方网站，请核对地址。") from None


def _follow(session: requests.Session, url: str, headers: dict[str, str], until: float) -> Fetched:
    moved_to, only_for_good = "", True
    for _ in range(MOST_MOVES + 1):
        if urlsplit(url).scheme not in ("http", "https"):
            raise Unfetched("对方转到了不是网页的地址，没有取。")
        with session.get(
            url, headers=headers, timeout=_left(until), stream=True, allow_redirects=False
        ) as answer:
            if answer.status_code not in MOVED or "Location" not in answer.headers:
                return _taken(answer, url, moved_to if only_for_good else "", until)
            url = urljoin(url, answer.headers["Location"])
            only_for_good = only_for_good and answer.status_code in MOVED_FOR_GOOD
            moved_to = url
    raise Unfetched("对方网站转来转去，没有取到，请核对地址。")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise requests.exceptions.Timeout
    return left


def _taken(answer: requests.Response, url: str, moved_to: str, until: float) -> Fetched:
    if answer.status_code == 304:
        return Fetched(b"", url, unchanged=True, moved_to=moved_to)
    if answer.status_code in (404, 410):
        raise Unfetched("对方已没有这个网页，请换地址或停止关注。")
    if answer.status_code != 200:
        raise Unfetched(f"对方网站答复{answer.status_code}，没有取到，稍后再试。")
    data = bytearray()
    for piece in answer.iter_content(16 * 1024):
        data += piece
        if len(data) > MOST_BYTES:
            raise Unfetched("网页超过2MB，没有取。请换成列表页或订阅地址。")
        _left(until)
    return Fetched(
        bytes(data),
        url,
        answer.headers.get("ETag", "")[:200],
        answer.headers.get("Last-Modified", "")[:60],
        charset=_charset(answer.headers.get("Content-Type", "")),
        moved_to=moved_to,
    )


def _charset(content_type: str) -> str:
    """Return the charset that an answer names; "" where it names none."""
    head = Message()
    head["Content-Type"] = content_type or "text/plain"
    return str(head.get_content_charset(""))
