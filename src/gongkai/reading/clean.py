"""Cleaning with a memory: pinyin and web clutter go, traditional characters become simplified.

Each character of a cleaned line knows where it stood in the source, so that every span that the
reader gives points into the text before any cleaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongkai.reading.blocks import Block, Source

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PINYIN = re.compile(
    rf"(?<=[{_HAN}])[(（]\s*([a-zA-Z\u00c0-\u024f\u1e00-\u1eff\u0300-\u030c]{{1,8}})\s*[)）]"
)
_TONES = frozenset("\u0300\u0301\u0304\u030c")
_SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|üan|ai|ei|ao|ou|an|en|in|un|ün|er"
    "|ia|ie|iu|ua|uo|ui|üe|ue|a|o|e|i|u|ü)"
)

TRADITIONAL_SHARE = 0.02
"""A document in which so many of the Han characters have another simplified form is converted;
below it a single 乾 or 著 is a name or an old word and stays."""

_CLUTTER = (
    re.compile(r"^(?:您|你)?(?:现在|当前)?(?:所在)?(?:的)?位置\s*[:：]"),
    re.compile(r"^首页\s*[>＞»/]"),
    re.compile(r"^分享到?\s*[:：]?\s*\|?$"),
    re.compile(r"^(?:【?\s*(?:打印|关闭|返回|字号|收藏|纠错)[^。]{0,20})$"),
    re.compile(r"^\[?\s*(?:上一[篇页]|下一[篇页])\s*\]?[:：]?"),
    re.compile(r"^扫一扫"),
    re.compile(r"^(?:责任编辑|编辑|浏览次数|点击数|访问量|阅读次数)\s*[:：]"),
    re.compile(r"^\.{0,2}/?(?:[\w-]+/)*t?\d{6,8}_\d+[\w.]*\.s?html?$"),
    re.compile(r"^[•·|｜\s]+$"),
)


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
            return self.block.start, self.block.end
        return self.at[first], self.to[last - 1]

    def part(self, first: int, last: int | None = None) -> Line:
        """Return ``text[first:last]`` as a line of its own, without spaces at its ends."""
        last = len(self.text) if last is None else last
        while first < last and self.text[first].isspace():
            first += 1
        while last > first and self.text[last - 1].isspace():
            last -= 1
        return Line(self.text[first:last], self.at[first:last], self.to[first:last], self.block)


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def is_traditional(text: str) -> bool:
    """Say whether a document is written in traditional characters where simplified are meant."""
    han = [c for c in text[:200_000] if "\u3400" <= c <= "\u9fff"]
    if not han:
        return False
    changed = _converter().convert("".join(han))
    return sum(a != b for a, b in zip(han, changed, strict=False)) >= TRADITIONAL_SHARE * len(han)


def _simplified(text: str) -> str:
    """Convert to simplified characters, one for one: a phrase that would change length is not."""
    whole: str = _converter().convert(text)
    if len(whole) == len(text):
        return whole
    return "".join(_one(c) for c in text)


@lru_cache(maxsize=20_000)
def _one(char: str) -> str:
    found: str = _converter().convert(char)
    return found if len(found) == 1 else char


def _is_pinyin(inside: str) -> bool:
    """Say whether bracketed letters are one syllable with one tone mark: (guān), not (GDP)."""
    letters = unicodedata.normalize("NFD", inside)
    if sum(c in _TONES for c in letters) != 1:
        return False
    plain = "".join(c for c in letters if c not in _TONES)
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain).lower()))


def _kept(text: str) -> list[int]:
    """Return the indexes that stay: without pinyin, control characters and doubled spaces."""
    drop: set[int] = set()
    for match in _PINYIN.finditer(text):
        if _is_pinyin(match[1]):
            drop.update(range(match.start(), match.end()))
    return [
        i
        for i, c in enumerate(text)
        if i not in drop and (c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Co"))
    ]


def clean(block: Block, *, traditional: bool) -> Line:
    """Clean a block's content: spaces of all kinds become one kind, its ends are trimmed."""
    keep = _kept(block.content)
    chars = [" " if block.content[i].isspace() else block.content[i] for i in keep]
    text = _simplified("".join(chars)) if traditional else "".join(chars)
    at = [block.at[i] for i in keep]
    to = [block.at[i] + block.wide.get(i, 1) for i in keep]
    return Line(text, at, to, block).part(0)


def is_clutter(text: str) -> bool:
    """Say whether a line is web clutter: breadcrumb, share bar, type size, file name."""
    return any(pattern.search(text) for pattern in _CLUTTER)


def lines(source: Source) -> list[Line]:
    """Return the cleaned lines of a document in reading order, without empty ones and clutter.

    Lines in which only cell borders stand (``|``) stay: the flattened table needs them; so do
    empty cells.
    """
    traditional = is_traditional(source.text)
    return list(_wanted(source.blocks, traditional=traditional))


def _wanted(blocks: Iterable[Block], *, traditional: bool) -> Iterable[Line]:
    for block in blocks:
        if block.clutter:
            continue
        line = clean(block, traditional=traditional)
        if block.kind == "cell" or (line.text and (_borders(line.text) or not _drop(line))):
            yield line


def _borders(text: str) -> bool:
    return not text.strip("| ")


def _drop(line: Line) -> bool:
    return is_clutter(line.text.removesuffix("|").strip()) or line.block.kind == "meta"
