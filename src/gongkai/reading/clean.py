"""Cleaning with a memory: pinyin and web clutter go, traditional characters become simplified.

Each character of a cleaned line knows where it stood in the source, so that every span that the
reader gives points into the text before any cleaning. What a line means is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from gongkai.reading.blocks import Block, Source
from gongkai.reading.clutter import is_clutter, without_tail

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PINYIN = re.compile(
    rf"(?<=[{_HAN}])[(（]\s*([a-zA-Z\u00c0-\u024f\u1e00-\u1eff\u0300-\u030c]{{1,8}})\s*[)）]"
)
_TONES = frozenset("\u0300\u0301\u0304\u030c")
_SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|üan|ai|ei|ao|ou|an|en|in|un|ün|er"
    "|ia|ie|iu|ua|uo|ui|üe|ue|a|o|e|i|u|ü)"
)
_ONE_HAN = re.compile(f"[{_HAN}]")
_OLD_ZHE = re.compile(r"著(?=[手力重眼陆想急])|(?<=[随沿接向朝凭围绕跟])著(?![作名称述书])")
"""The particle 著, which the conversion leaves because 著 in 著作 is right."""

TRADITIONAL_SHARE = 0.02
"""A document in which so many of its Chinese characters have another simplified form is
converted; below it a single 乾 or 於 is a name and stays."""
_TRADITIONAL_BLOCK = 0.12
"""So many in one paragraph or cell and it is converted even in a simplified document."""
_FEWEST = 3


@dataclass(frozen=True, eq=False)
class Line:
    """A block's content after cleaning; ``at[i]``/``to[i]`` bound character i in the source."""

    text: str
    at: Sequence[int]
    to: Sequence[int]
    block: Block

    def span(self, first: int = 0, last: int | None = None) -> tuple[int, int]:
        """Return start and end in the source of ``text[first:last]``."""
        last = len(self.text) if last is None else min(last, len(self.text))
        if first >= last:
            point = self.at[first] if first < len(self.text) else self.block.end
            return point, point
        return self.at[first], self.to[last - 1]

    def part(self, first: int, last: int | None = None) -> Line:
        """Return ``text[first:last]`` as a line of its own, without spaces at its ends."""
        last = len(self.text) if last is None else last
        while first < last and self.text[first].isspace():
            first += 1
        while last > first and self.text[last - 1].isspace():
            last -= 1
        return Line(self.text[first:last], self.at[first:last], self.to[first:last], self.block)


def is_traditional(text: str) -> bool:
    """Say whether a document is written in traditional characters where simplified are meant."""
    return _traditional_share(text[:200_000]) >= TRADITIONAL_SHARE


def lines(source: Source, step: Callable[[int], None] = lambda _: None) -> list[Line]:
    """Return the cleaned lines of a document in reading order, without empty ones and clutter.

    Empty cells stay, and lines of nothing but cell borders (``|``), which a flattened table
    needs. ``step`` is told how far in the text the cleaning has come.
    """
    traditional = is_traditional(source.text)
    return list(_wanted(source.blocks, step, traditional=traditional))


def clean(block: Block, *, traditional: bool) -> Line:
    """Clean a block's content: spaces of all kinds become one kind, its ends are trimmed."""
    content = block.content
    keep = _kept(content)
    text = "".join(_space(content[i]) if content[i].isspace() else content[i] for i in keep)
    if traditional or _is_traditional_block(text):
        text = _simplified(text)
    if len(keep) == len(content) and not block.wide and isinstance(block.at, range):
        at = block.at
        return Line(text, at, range(at.start + 1, at.stop + 1), block).part(0)
    positions = [block.at[i] for i in keep]
    ends = [block.at[i] + block.wide.get(i, 1) for i in keep]
    return Line(text, positions, ends, block).part(0)


def _wanted(
    blocks: Sequence[Block], step: Callable[[int], None], *, traditional: bool
) -> Iterator[Line]:
    for count, block in enumerate(blocks):
        if count % 256 == 0:
            step(block.start)
        if block.clutter and block.kind != "cell":
            continue
        line = clean(block, traditional=traditional)
        if block.kind == "cell":
            yield line
            continue
        line = line.part(0, without_tail(line.text))
        if line.text and not is_clutter(line.text):
            yield line


def _space(char: str) -> str:
    return "\n" if char in "\n\r" else "\t" if char == "\t" else " "


def _kept(text: str) -> list[int]:
    """Return the indexes that stay: without pinyin and characters that nobody sees."""
    drop: set[int] = set()
    for match in _PINYIN.finditer(text):
        if _is_pinyin(match[1]) and _has_two_forms(text[match.start() - 1]):
            drop.update(range(match.start(), match.end()))
    if not drop and text.isprintable():
        return list(range(len(text)))
    return [i for i, char in enumerate(text) if i not in drop and _is_seen(char)]


def _is_seen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Co")


def _is_pinyin(inside: str) -> bool:
    """Say whether bracketed letters are one syllable with one tone mark: (guān), not (GDP)."""
    letters = unicodedata.normalize("NFD", inside)
    if sum(char in _TONES for char in letters) != 1:
        return False
    plain = "".join(char for char in letters if char not in _TONES)
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain).lower()))


def _has_two_forms(char: str) -> bool:
    """Say whether a character has a traditional and a simplified form.

    The converters of sites annotate only such characters; 亳(bó)州 is meant to be read.
    """
    return bool(_convert("t2s", char) != char or _convert("s2t", char) != char)


# Traditional characters


@lru_cache(maxsize=4)
def _converter(way: Literal["t2s", "s2t"]) -> Any:
    import opencc

    return opencc.OpenCC(way)


@lru_cache(maxsize=4096)
def _convert(way: Literal["t2s", "s2t"], char: str) -> str:
    found: str = _converter(way).convert(char)
    return found if len(found) == 1 else char


def _traditional_share(text: str) -> float:
    han = "".join(_ONE_HAN.findall(text))
    if not han:
        return 0.0
    changed: str = _converter("t2s").convert(han)
    return sum(a != b for a, b in zip(han, changed, strict=False)) / len(han)


@dataclass
class _Seen:
    """Characters that have another simplified form, learnt once each."""

    forms: dict[str, bool] = field(default_factory=dict)

    def is_old(self, char: str) -> bool:
        known = self.forms.get(char)
        if known is None:
            known = self.forms[char] = _convert("t2s", char) != char
        return known


_SEEN = _Seen()


def _is_traditional_block(text: str) -> bool:
    if text.isascii():
        return False
    old = sum(char > "\u33ff" and _SEEN.is_old(char) for char in text)
    return old >= _FEWEST and old >= _TRADITIONAL_BLOCK * len(text)


def _simplified(text: str) -> str:
    """Convert to simplified characters, one for one: a phrase that would change length is not."""
    whole: str = _converter("t2s").convert(text)
    if len(whole) != len(text):
        whole = "".join(_convert("t2s", char) for char in text)
    return _OLD_ZHE.sub("着", whole)


def join(parts: Sequence[Line], glue: str = "\n") -> Line:
    """Return several lines as one; the glue between them stands where the line before ends."""
    if len(parts) == 1:
        return parts[0]
    text: list[str] = []
    at: list[int] = []
    to: list[int] = []
    for part in parts:
        if to and part.text:
            text.append(glue)
            at += [to[-1]] * len(glue)
            to += [to[-1]] * len(glue)
        text.append(part.text)
        at.extend(part.at)
        to.extend(part.to)
    return Line("".join(text), at, to, parts[0].block)
