"""Looks into plain text, .csv and web pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from gongkai.reading.formats.html import charset
from gongkai.reading.formats.text import decode
from gongkai.reading.source import load
from gongkai.screening.files.looking import Look
from gongkai.screening.files.passages import Lines, numbered

_SPOKEN = ("alt", "title", "content", "value", "placeholder", "href", "src")


def look_text(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into a plain text. Raises ``Unreadable`` for what is no text."""
    lines = decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    look.text("\n".join(lines), place, numbered(lines, "，第{}行"))


def look_page(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into a web page: what it shows, then what stands in its source only."""
    seen = Lines()
    for block in load(data, f"{name}.html").blocks:
        seen.add(block.content)
    seen.look(look, place, "，第{}段")
    text = decode(data, declared=charset.declared(data))
    unseen = Lines()
    for words in _unseen(text):
        unseen.add(words)
    unseen.aside(look, f"{place}，网页源码")


def _unseen(text: str) -> Iterator[str]:
    """Yield comments, scripts and attributes of a page."""
    try:
        root: Any = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
            yield element.text or ""
        else:
            yield from (str(element.get(key)) for key in _SPOKEN if element.get(key))
