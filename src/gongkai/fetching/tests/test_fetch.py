"""Fetching from a server of our own: what comes, what is refused and why, never from inside."""

from __future__ import annotations

import socket

import pytest
from django.test import override_settings

from gongkai.fetching import Unfetched, fetch, is_outside
from gongkai.fetching.tests.server import serving

LOOPBACK = override_settings(FETCH_NETWORKS=["127.0.0.0/8"], FETCH_SECONDS=1)


@pytest.fixture
def base():
    with serving() as there, LOOPBACK:
        yield there


def refused(url):
    with pytest.raises(Unfetched) as found:
        fetch(url)
    assert str(found.value).endswith("。")
    return found.value.why


def test_what_comes(base):
    found = fetch(f"{base}/page")
    assert (found.data.decode("gbk"), found.charset, found.etag) == ("<p>网页</p>", "gbk", '"1"')
    assert fetch(f"{base}/page", etag='"1"').unchanged


@pytest.mark.parametrize(("path", "moved"), [("/moved", True), ("/lent", False)])
def test_only_what_moved_for_good_is_said_to_have_moved(base, path, moved):
    found = fetch(f"{base}{path}")
    assert found.url == f"{base}/page"
    assert bool(found.moved_to) is moved


def test_a_move_may_be_relative(base):
    assert fetch(f"{base}/relative").url == f"{base}/page"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/gone", "gone"),
        ("/missing", "gone"),
        ("/broken", "away"),
        ("/forbidden", "away"),
        ("/round", "away"),
        ("/file", "away"),
        ("/huge", "away"),
        ("/slow", "away"),
    ],
)
def test_why_nothing_came(base, path, why):
    assert refused(f"{base}{path}") == why


def test_nobody_listens():
    with socket.socket() as taken, LOOPBACK:
        taken.bind(("127.0.0.1", 0))
        assert refused(f"http://127.0.0.1:{taken.getsockname()[1]}/") == "away"


@pytest.mark.parametrize("url", ["", "x", "ftp://example.org/", "http://", "http://[::1", "//x"])
def test_what_is_no_address_of_the_web(url):
    assert refused(url) == "away"


def test_our_own_network_is_never_asked():
    with serving() as base:
        port = base.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost", "127.1", "0x7f000001"):
            assert refused(f"http://{host}:{port}/page") in ("inside", "away")
        assert refused(f"{base}/page") == "inside"


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("114.114.114.114", True),
        ("2400:3200::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:114.114.114.114", True),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_what_lies_outside(address, outside):
    assert is_outside(address) is outside
