"""The source of a page → tags and runs of text with their offsets. Builds no tree.

Written here because the offsets of every character are needed, and because the standard
library's parser takes quadratic time on pages made to make it do so: whatever is not closed is
looked for once, never again.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Literal

_NAME = re.compile(r"[a-zA-Z][^\s/>\x00]*")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)\s*(=\s*)?|[\s/=]+")
_BARE_VALUE = re.compile(r"[^\s>]*")
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")


@dataclass(frozen=True)
class Attribute:
    """One attribute's value as it stands in the source, entities and all."""

    value: str
    start: int


@dataclass(frozen=True)
class Token:
    """A tag or a run of text, ``source[start:end]``; names are in lower case."""

    kind: Literal["text", "open", "close"]
    start: int
    end: int
    name: str = ""
    attributes: dict[str, Attribute] = field(default_factory=dict)
    empty: bool = False

    def get(self, attribute: str) -> str:
        """Return the attribute's value, or "" when it is not there."""
        found = self.attributes.get(attribute)
        return found.value if found else ""


class _Finder:
    """Looks for closing marks from a position on; remembers which never come again."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.loose = False
        self._lower: str | None = None
        self._gone: set[str] = set()

    def find(self, mark: str, position: int) -> int:
        if mark in self._gone:
            return -1
        found = self.source.find(mark, position)
        if found < 0:
            self._gone.add(mark)
        return found

    def find_close(self, name: str, position: int) -> int:
        if self._lower is None:
            # Lower case of some letters is longer; only the ASCII ones matter here.
            self._lower = re.sub("[A-Z]+", lambda match: match[0].lower(), self.source)
        mark = "</" + name
        if mark in self._gone:
            return -1
        found = self._lower.find(mark, position)
        if found < 0:
            self._gone.add(mark)
        return found


def tokens(source: str) -> Iterator[Token]:
    """Yield the page's tags and text in order; comments and declarations are left out."""
    finder = _Finder(source)
    position = text_from = 0
    while True:
        position = finder.find("<", position)
        if position < 0:
            break
        token, after = _markup(finder, position)
        if after == position:  # a "<" that opens nothing is text
            position += 1
            continue
        if position > text_from:
            yield Token("text", text_from, position)
        if token:
            yield token
            if token.kind == "open" and token.name in _RAW:
                after = yield from _raw_text(finder, token.name, after)
        position = text_from = after
    if text_from < len(source):
        yield Token("text", text_from, len(source))


def _raw_text(finder: _Finder, name: str, position: int) -> Generator[Token, None, int]:
    end = finder.find_close(name, position)
    if end < 0:
        # Cut off inside a script: the rest is script. A title never closed is an empty one.
        end = len(finder.source) if name in ("script", "style") else position
    if end > position:
        yield Token("text", position, end)
    return end


def _markup(finder: _Finder, position: int) -> tuple[Token | None, int]:
    """Return what stands at ``<`` and the position after it; the same position for none."""
    source = finder.source
    if source.startswith("<!--", position):
        return None, _after(finder, "-->", position + 4, position)
    if source.startswith(("<!", "<?"), position):
        return None, _after(finder, ">", position + 2, position)
    closes = source.startswith("</", position)
    name = _NAME.match(source, position + 1 + closes)
    if not name:
        return None, position
    attributes, after = _attributes(finder, name.end())
    if after < 0:
        return None, position
    kind: Literal["open", "close"] = "close" if closes else "open"
    empty = source[after - 2] == "/"
    return Token(kind, position, after, name[0].lower(), attributes, empty), after


def _after(finder: _Finder, mark: str, position: int, otherwise: int) -> int:
    found = finder.find(mark, position)
    if found < 0 and mark == "-->":
        return _after(finder, ">", position, otherwise)
    return found + len(mark) if found >= 0 else otherwise


def _attributes(finder: _Finder, position: int) -> tuple[dict[str, Attribute], int]:
    """Return the attributes and the position after ``>``, or -1 when the tag never ends."""
    nearest = finder.find(">", position)
    if nearest < 0:
        return {}, -1
    if not finder.loose:
        found, after = _read_attributes(finder, position, len(finder.source))
        if after >= 0:
            return found, after
        # A quote is open to the end of the page: from here on a tag ends at the nearest ">".
        finder.loose = True
    return _read_attributes(finder, position, nearest + 1)[0], nearest + 1


def _read_attributes(
    finder: _Finder, position: int, limit: int
) -> tuple[dict[str, Attribute], int]:
    source, found = finder.source, dict[str, Attribute]()
    while position < limit:
        if source[position] == ">":
            return found, position + 1
        match = _ATTRIBUTE.match(source, position, limit)
        if not match:
            position += 1
            continue
        position = match.end()
        value = Attribute("", position)
        if match[2]:
            value, position = _value(finder, position, limit)
        if match[1]:
            found.setdefault(match[1].lower(), value)
    return found, -1


def _value(finder: _Finder, position: int, limit: int) -> tuple[Attribute, int]:
    source = finder.source
    quote = source[position : position + 1]
    if quote in ('"', "'"):
        end = finder.find(quote, position + 1)
        if 0 <= end < limit:
            return Attribute(source[position + 1 : end], position + 1), end + 1
    match = _BARE_VALUE.match(source, position, limit)
    end = match.end() if match else position
    return Attribute(source[position:end], position), end
