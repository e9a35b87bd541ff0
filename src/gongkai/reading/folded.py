"""Half-width text without spaces that remembers where its characters stood; finds nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD = str.maketrans(
    _FULL_WIDTH
    | dict.fromkeys("–—―‐‑−～~﹣", "-")
    | {"○": "〇", "﹪": "%", "﹝": "〔", "﹞": "〕", "﹙": "(", "﹚": ")", "﹐": ",", "﹔": ";"}
)
_KEPT = re.compile(
    r"[^\s\u200b\ufeff]+"  # words
    r"|\n"
    r"|(?<=[0-9])(?:[^\S\n]|[\u200b\ufeff])+(?=[0-9])"  # 5 24小时 are two numbers
)
_ANY_SPACE = re.compile(r"[\s\u200b\ufeff]")


@dataclass(frozen=True, eq=False)
class Folded:
    """``text`` is what is searched; ``at[i]`` is where its character ``i`` stood."""

    text: str
    original: str
    at: Sequence[int]

    def after(self, start: int) -> Folded:
        """Return what stands from ``start`` on; offsets are those of the same original."""
        return Folded(self.text[start:], self.original, self.at[start:])

    def words(self, start: int, end: int) -> str:
        """Return the original characters of ``text[start:end]``, without the spaces between."""
        return "".join(self.original[i] for i in self.at[start:end]).strip()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` begins and ends in the original."""
        if start >= end:
            point = self.at[start] if start < len(self.at) else len(self.original)
            return point, point
        return self.at[start], self.at[end - 1] + 1


def fold(text: str, *, lines: bool = True, spaces: bool = False) -> Folded:
    """Fold brackets, commas, digits and dashes to half width and take spaces out, in linear time.

    ``lines=False`` takes line breaks out too, for a cell whose words are broken over lines;
    ``spaces=True`` leaves every space in, for names that only spaces set apart.
    """
    half = text.translate(_FOLD)
    if spaces or not _ANY_SPACE.search(half):
        return Folded(half, text, range(len(text)))
    at: list[int] = []
    for found in _KEPT.finditer(half):
        if half[found.start()] == "\n":
            at += [found.start()] if lines else []
        elif half[found.start()].isspace():
            at.append(found.start())
        else:
            at.extend(range(*found.span()))
    return Folded("".join(half[i] for i in at), text, at)
