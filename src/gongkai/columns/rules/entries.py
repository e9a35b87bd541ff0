"""What a feed or a page of the superior lists: bytes in, entries out; no network, no tables."""

from __future__ import annotations

import codecs
import hashlib
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import feedparser
from lxml import etree, html

MOST = 200
"""Entries taken of one source at once; a list has the newest first."""
TITLE = 300
SUMMARY = 1000
_DAY = re.compile(r"(20\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_AROUND = ("li", "tr", "dd", "p", "div")


class Unreadable(ValueError):
    """What came is no feed, or a page without such links; the words say so."""


@dataclass(frozen=True)
class Entry:
    """One thing that a source lists; ``issued_at`` or only ``issued_on`` where it says so."""

    key: str
    title: str
    url: str
    summary: str = ""
    issued_at: datetime | None = None
    issued_on: date | None = None


def key_of(text: str) -> str:
    """Return by what an entry is known again."""
    return hashlib.sha256(text.encode()).hexdigest()


def bad_pattern(pattern: str) -> str:
    """Return what is wrong with a pattern of links, "" when nothing is."""
    if not pattern.strip():
        return "请填写链接的样子，例如 */art/2026/*.html。"
    return "" if set(pattern) - set("*?/") else "链接的样子太宽，请写上栏目的路径。"


def read_feed(data: bytes, base: str) -> list[Entry]:
    """Return the entries of an Atom or RSS feed. Raises ``Unreadable``."""
    found: Any = feedparser.parse(BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    if not found.version or (found.bozo and not found.entries):
        raise Unreadable("取回的不是RSS或Atom，请核对地址，或改为按网页关注。")
    entries = [_of_feed(one, base) for one in found.entries[:MOST]]
    return [one for one in entries if one is not None]


def _of_feed(one: Any, base: str) -> Entry | None:
    url = _address(base, one.get("link", ""))
    title = _plain(one.get("title", ""))
    if not url or not title:
        return None
    moment = one.get("published_parsed") or one.get("updated_parsed")
    issued = datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    summary = _plain(one.get("summary", ""))[:SUMMARY]
    return Entry(key_of(one.get("id") or url), title[:TITLE], url, summary, issued)


def _encoding(data: bytes, charset: str) -> str | None:
    """Return by what a page is read: as its server or the page says, else UTF-8.

    What calls itself GB2312 is read as its superset.
    """
    match = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.I)
    named = (charset or (match[1].decode() if match else "") or "utf-8").lower()
    try:
        known = codecs.lookup(named).name
    except LookupError:
        return "utf-8"
    return "gb18030" if known in ("gb2312", "gbk") else known


def read_page(data: bytes, base: str, pattern: str, charset: str = "") -> list[Entry]:
    """Return the links of a page whose address fits a pattern. Raises ``Unreadable``.

    ``pattern`` has ``*`` for anything. The day is what stands beside the link.
    """
    try:
        parser = html.HTMLParser(encoding=_encoding(data, charset))
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError):
        raise Unreadable("取回的网页是空的，请核对地址。") from None
    found: dict[str, Entry] = {}
    for link in tree.iter("a"):
        entry = _of_link(link, base, pattern)
        if entry is not None:
            found.setdefault(entry.key, entry)
    if not found:
        raise Unreadable("网页里没有这样的链接，请核对链接的样子。")
    return list(found.values())[:MOST]


def _of_link(link: Any, base: str, pattern: str) -> Entry | None:
    url = _address(base, link.get("href") or "")
    title = _plain(link.get("title") or link.text_content())
    if not url or not title or not fnmatchcase(url, pattern):
        return None
    return Entry(key_of(url), title[:TITLE], url, "", None, _day_beside(link))


def _day_beside(link: Any) -> date | None:
    """Return the day in the line of the list in which the link stands."""
    around = next((one for one in link.iterancestors() if one.tag in _AROUND), None)
    match = _DAY.search(around.text_content()) if around is not None else None
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _address(base: str, link: str) -> str:
    """Return a link as a whole web address without its fragment; "" for what is none."""
    try:
        parts = urlsplit(urljoin(base, link.strip()))
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or len(link) > 450:
        return ""
    return urlunsplit(parts._replace(fragment=""))


def _plain(text: str) -> str:
    """Return text without tags and doubled blanks."""
    if "<" in text:
        try:
            text = html.fromstring(f"<div>{text}</div>").text_content()
        except (etree.ParserError, ValueError):
            text = re.sub(r"<[^>]*>", "", text)
    return " ".join(text.replace("\x00", "").split())
