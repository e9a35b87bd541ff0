"""The one reader of environment variables: each has a name, a type, a default and a sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from ipaddress import ip_network
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


@dataclass(frozen=True)
class Setting:
    """One environment variable as docs/settings.md lists it."""

    name: str
    default: str
    help: str


KNOWN: dict[str, Setting] = {}


def truth(text: str) -> bool:
    """Read a yes or no; anything but a clear yes or no is an error."""
    lowered = text.strip().lower()
    if lowered in {"1", "yes", "true", "on"}:
        return True
    if lowered in {"", "0", "no", "false", "off"}:
        return False
    raise ValueError(f"{text!r} is neither yes nor no")


def words(text: str) -> list[str]:
    """Read a list parted by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def networks(text: str) -> list[str]:
    """Read networks as 10.1.0.0/16, parted by commas."""
    return [str(ip_network(part)) for part in words(text)]


def span(text: str) -> tuple[time, time]:
    """Read a time of day from–to, as 08:30-18:00; the second has to be later."""
    first, _, last = text.partition("-")
    begins, ends = time.fromisoformat(first.strip()), time.fromisoformat(last.strip())
    if begins >= ends:
        raise ValueError(f"{text!r} does not end after it begins")
    return begins, ends


def one_of(*known: str) -> Callable[[str], str]:
    """Read one of a few words; any other is an error."""

    def kind(text: str) -> str:
        if text.strip().lower() not in known:
            raise ValueError(f"{text!r} is none of {', '.join(known)}")
        return text.strip().lower()

    return kind


def issuer(text: str) -> str:
    """Read the address of a sign-on: https, or http on this machine itself; empty for none."""
    text = text.strip()
    parts = urlsplit(text)
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    safe = parts.hostname and (parts.scheme == "https" or (here and parts.scheme == "http"))
    if text and not safe:
        raise ValueError(f"{text!r} does not begin with https://")
    return text


def origin(url: str) -> list[str]:
    """Return scheme and host of an address, alone in a list; nothing for none."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def read(name: str, default: str, help: str, kind: Callable[[str], T]) -> T:
    """Read ``GONGKAI_<name>``; the default is written as it would be in the environment.

    Raises ``SystemExit`` with one clear line when the value cannot be read.
    """
    full = f"GONGKAI_{name}"
    KNOWN[full] = Setting(full, default, help)
    text = os.environ.get(full, default)
    try:
        return kind(text)
    except ValueError as error:
        raise SystemExit(f"{full}: {error}") from error
