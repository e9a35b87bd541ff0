"""Limits of hours, days, weeks and months counted from something that happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.reading.folded import Folded
from gongkai.reading.numerals import CHINESE, WHOLE, whole
from gongkai.reading.result import Limit, Unit

_UNITS: dict[str, tuple[Unit, int]] = {
    "工作日": ("workday", 1),
    "小时": ("hour", 1),
    "钟头": ("hour", 1),
    "自然日": ("day", 1),
    "日历日": ("day", 1),
    "日历天": ("day", 1),
    "天": ("day", 1),
    "日": ("day", 1),
    "周": ("week", 1),
    "星期": ("week", 1),
    "礼拜": ("week", 1),
    "个月": ("month", 1),
    "年": ("month", 12),
}
_HALVES: dict[str, tuple[Unit, int]] = {"天": ("hour", 12), "个月": ("day", 15), "年": ("month", 6)}
_N = rf"(?<![0-9.{CHINESE}月第近:/年\-])(?P<n>{WHOLE}|半)"
_UNIT = (
    r"(?:个?(?P<unit>工作日|小时|钟头|自然日|日历日|日历天|星期|礼拜|周(?!年))"
    r"|(?P<plain>天|日|个月|年))"
)
_WITHIN = re.compile(rf"{_N}{_UNIT}(?:(?:时间|期限)?(?:以内|之内|内(?![部容外涵设])))")
_AT_MOST = re.compile(
    rf"(?:不得?超过|不超出|不得迟于|不迟于|最长为?|最多)(?P<n>{WHOLE}|半){_UNIT}(?!度|期间|份)"
)
_FOR = re.compile(
    rf"(?:为期|进行(?:不少于|至少)?|不少于|不得少于|至少|不低于|公示期?|公开期?|公告期?|征求意见期?|征集期?|期限为?)"
    rf"(?:为|限为)?(?P<n>{WHOLE}|半){_UNIT}(?!度|以来|制)"
)
_NOTICE = re.compile(
    rf"{_N}个?(?P<unit>工作日|自然日)(?P<plain>)的?[^,。;、\n]{{0,6}}?(?:公示|公告|公开|征求|征集)"
)
_BREAK = re.compile(r"[,。;:!?\n]")
_MORE_BREAK = re.compile(r"[,。;:!?\n、]")
_WAS = re.compile(r"已(?!具备|废止|公开的|有)|由原来?|从原来")
_LONGEST = 40
_MOST = 1_000
"""No office gives itself more of any unit; 2019年内 is a year, no limit of 2019 years."""


class Span(NamedTuple):
    """A limit and where its own words stand in the folded text."""

    start: int
    end: int
    n: int
    unit: Unit


def find_spans(text: str) -> list[Span]:
    """Return the limits of a folded text in its order, those told as history left out."""
    spans: list[Span] = []
    for found in sorted(_matches(text), key=lambda m: (m.start(), -m.end())):
        length = _length(found["n"], found["unit"] or found["plain"])
        if length and not (spans and found.start() < spans[-1].end):
            spans.append(Span(*found.span(), *length))
    return spans


def find_limits_in(folded: Folded) -> list[Limit]:
    """Return the limits with the phrase around each (在5小时内发布权威信息), each once."""
    spans = find_spans(folded.text)
    limits: dict[Limit, None] = {}
    for index, span in enumerate(spans):
        others = spans[max(0, index - 1) : index] + spans[index + 1 : index + 2]
        start, end = _phrase(folded.text, span, others)
        limits[Limit(span.n, span.unit, folded.words(start, end))] = None
    return list(limits)


def phrase_start(text: str, position: int) -> int:
    """Return where the phrase begins in which ``position`` stands."""
    low = max(0, position - _LONGEST)
    breaks = [m.end() for m in _BREAK.finditer(text, low, position)]
    return breaks[-1] if breaks else low


def _matches(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_WITHIN, _AT_MOST, _FOR, _NOTICE):
        for found in pattern.finditer(text):
            if not _WAS.search(text, phrase_start(text, found.start()), found.start()):
                yield found


def _length(written: str, unit_word: str) -> tuple[int, Unit] | None:
    if written == "半":
        half = _HALVES.get(unit_word)
        return (half[1], half[0]) if half else None
    number = whole(written)
    unit, factor = _UNITS[unit_word]
    if not number or number * factor > _MOST:
        return None
    return number * factor, unit


def _phrase(text: str, span: Span, others: list[Span]) -> tuple[int, int]:
    start, end = _bounds(text, span, _BREAK)
    if any(start <= other.start < end for other in others):
        start, end = _bounds(text, span, _MORE_BREAK)
    return start, end


def _bounds(text: str, span: Span, breaks: re.Pattern[str]) -> tuple[int, int]:
    low = max(0, span.start - _LONGEST)
    before = [m.end() for m in breaks.finditer(text, low, span.start)]
    after = breaks.search(text, span.end, span.end + _LONGEST)
    start = before[-1] if before else low
    return start, after.start() if after else min(len(text), span.end + _LONGEST)
