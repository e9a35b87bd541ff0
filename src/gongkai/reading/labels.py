"""The grammar of clause labels, from 第一章 and 一、 down to ①; finds, decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.kernel.chinese import number

_CN = "零〇一二三四五六七八九十百"


@dataclass(frozen=True)
class Label:
    """A label at the head of a line: its plain form, its rank (0 the highest), its number."""

    text: str
    rank: float
    number: int
    length: int
    """So many characters of the line are the label with its punctuation."""


_KINDS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.0, re.compile(rf"^(第\s*([{_CN}\d]+)\s*[编篇])\s*")),
    (0.2, re.compile(rf"^(第\s*([{_CN}\d]+)\s*章)\s*")),
    (0.4, re.compile(rf"^(第\s*([{_CN}\d]+)\s*节)\s*")),
    (1.0, re.compile(rf"^(第\s*([{_CN}\d]+)\s*条)\s*")),
    (1.0, re.compile(rf"^(([{_CN}]{{1,4}}))\s*[、.．,，]\s*")),
    (2.0, re.compile(rf"^([(（]\s*([{_CN}]{{1,4}})\s*[)）])\s*[、.．]?\s*")),
    (3.2, re.compile(r"^((\d{1,2}(?:[.．]\d{1,2}){1,3}))(?![\d%％])\s*[、.．]?\s*")),
    (3.0, re.compile(r"^((\d{1,3}))\s*[、.．)）](?!\d)\s*")),
    (4.0, re.compile(r"^([(（]\s*(\d{1,3})\s*[)）])\s*[、.．]?\s*")),
    (5.0, re.compile(r"^(([①-⑳]))\s*[、.．]?\s*")),
)
_FULL = str.maketrans("（）．　", "(). ")
_LATER = re.compile(r"^(?:年|月|日|号|个|次|项|条|件|万|亿|倍|时|时许|小时|%|％)")
_ENUMERATED = re.compile(rf"(?:^|(?<=[。；;：:，,、\s]))([{_CN}]{{1,3}})是(?![否不])")


def find_label(text: str) -> Label | None:
    """Return the label at the head of a line, or None; a year or a count is no label."""
    for rank, pattern in _KINDS:
        match = pattern.match(text)
        if match is None:
            continue
        if rank in (3.0, 3.2) and _LATER.match(text[match.end() :]):
            return None
        plain = match[1].translate(_FULL).replace(" ", "")
        depth = rank + 0.1 * plain.count(".") if rank == 3.2 else rank
        return Label(plain, depth, _number(match[2]), match.end())
    return None


def _number(text: str) -> int:
    last = text.translate(_FULL).rpartition(".")[2]
    if len(last) == 1 and "①" <= last <= "⑳":
        return ord(last) - ord("①") + 1
    return number(last) or 0


def enumeration(text: str) -> list[tuple[int, str]]:
    """Return (index, label) of each 一是, 二是 … of a run that starts with 一是 and counts on.

    A stray 四是 is no enumeration and gives nothing; a run has at least two members.
    """
    found: list[tuple[int, str]] = []
    for match in _ENUMERATED.finditer(text):
        if number(match[1]) == len(found) + 1:
            found.append((match.start(1), f"{match[1]}是"))
    return found if len(found) > 1 else []
