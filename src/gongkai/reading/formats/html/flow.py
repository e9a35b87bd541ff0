"""Text of a page → what a reader sees of it, each character with its offset. Knows no tags."""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

_PIECE = re.compile(
    r"([ \t\n\r\f]+)|(&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z0-9]{2,32});?)|&|[^ \t\n\r\f&]+"
)
_CHINESE = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d]")


@dataclass
class Flow:
    """One paragraph in the making; white space collapses as on the screen, but in ``pre``."""

    content: list[str] = field(default_factory=list)
    at: array[int] = field(default_factory=lambda: array("I"))
    wide: dict[int, int] = field(default_factory=dict)
    _space: tuple[int, bool] | None = None

    def __bool__(self) -> bool:
        return bool(self.content)

    def feed(self, source: str, start: int, end: int, *, pre: bool = False) -> None:
        """Add the text ``source[start:end]``, its entities resolved."""
        for match in _PIECE.finditer(source, start, end):
            if match[1] and not pre:
                self._blank(match.start(), "\n" in match[1] or "\r" in match[1])
            elif match[2]:
                self._entity(match[2], match.start())
            else:
                self._put(match[0], match.start())

    def label(self, text: str, offset: int) -> None:
        """Put a computed label (a list's number) in front; it stands at one point."""
        self.content[:0] = list(text)
        self.at = array("I", [offset] * len(text)) + self.at
        self.wide = {index + len(text): width for index, width in self.wide.items()}
        self.wide.update(dict.fromkeys(range(len(text)), 0))

    def line_break(self, start: int, end: int) -> None:
        """Add a line break for the tag ``<br>`` at ``start``."""
        self._space = None
        if self.content:
            self.wide[len(self.at)] = end - start
            self._append("\n", [start])

    def soft_break(self, start: int) -> None:
        """Add a break that counts as white space (``<br>`` inside a heading)."""
        self._blank(start, True)

    def join(self, other: Flow) -> None:
        """Add another paragraph under this one, behind a line break."""
        if not other:
            return
        if self.content:
            end = self.span()[1]
            self.wide[len(self.at)] = 0
            self._append("\n", [end])
        shift = len(self.at)
        self.wide.update({index + shift: width for index, width in other.wide.items()})
        self._append("".join(other.content), other.at)

    def span(self) -> tuple[int, int]:
        """Return start and end in the page's source; the flow must not be empty."""
        last = len(self.at) - 1
        return self.at[0], self.at[last] + self.wide.get(last, 1)

    def strip_end(self) -> None:
        """Take line breaks off the end."""
        while self.content and not self.content[-1].strip("\n"):
            self.content.pop()
            self.wide.pop(len(self.at) - 1, None)
            self.at.pop()

    def _blank(self, offset: int, newline: bool) -> None:
        if not self.content:
            return
        first, had_newline = self._space or (offset, False)
        self._space = (first, had_newline or newline)

    def _entity(self, raw: str, offset: int) -> None:
        seen = html.unescape(raw)
        if seen == raw:
            self._put(raw, offset)
            return
        tail = 0
        while tail < min(len(seen) - 1, len(raw)) and seen[-1 - tail] == raw[-1 - tail]:
            tail += 1
        head = seen[: len(seen) - tail]
        if head:
            self._flush_space(head[0])
            width = len(raw) - tail
            self.wide.update(dict.fromkeys(range(len(self.at), len(self.at) + len(head)), width))
            self._append(head, [offset] * len(head))
        if tail:
            self._put(raw[len(raw) - tail :], offset + len(raw) - tail)

    def _put(self, text: str, offset: int) -> None:
        self._flush_space(text[0])
        self._append(text, range(offset, offset + len(text)))

    def _flush_space(self, following: str) -> None:
        if self._space is None:
            return
        (offset, newline), self._space = self._space, None
        before = self.content[-1][-1]
        # A line end inside a sentence of the page's source is no space between Chinese.
        between = _CHINESE.match(before) and _CHINESE.match(following)
        if before != "\n" and not (newline and between):
            self._append(" ", [offset])

    def _append(self, text: str, at: Sequence[int]) -> None:
        self.content.append(text)
        self.at.extend(at)
