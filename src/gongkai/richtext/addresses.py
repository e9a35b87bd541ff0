"""Which addresses a link or a picture may have; fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

Owns = Callable[[str], bool]
"""Tells whether a picture's address is one of our own files."""

_ODD = re.compile(r"[\x00-\x20\x7f-\x9f\\\"<>`\u2028\u2029]")


def no_pictures(_src: str) -> bool:
    """Own no address: every picture is left out."""
    return False


def link(href: str) -> str:
    """Return the address when a link may have it (http, https, mailto, a path of ours), or ""."""
    href = href.strip()
    if not href or len(href) > 2000 or _ODD.search(href) or href.startswith("//"):
        return ""
    try:
        parts = urlsplit(href)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        return href if host else ""
    if parts.scheme == "mailto":
        return href if "@" in parts.path else ""
    return href if not parts.scheme and not parts.netloc and href[0] == "/" else ""


def picture(src: str, owns: Owns) -> str:
    """Return the address when it is a path of ours that ``owns`` knows, or ""."""
    src = src.strip()
    return src if link(src) and src[0] == "/" and owns(src) else ""
