"""Finds slips of punctuation: doubled, half-width, with spaces; many become one finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.findings import Code, Finding, Severity, unspoken
from gongkai.screening.forms import found

_HAN = "\u3400-\u9fff"
_DOUBLED = re.compile(
    r"([，。、；：])\1+|，。|。，|、，|，、|、。|。、|；。|。；|：，|，：|、；|；、"
)
_HALF = re.compile(rf"(?<=[{_HAN}”》）])[,;:?!](?=[{_HAN}“《（])")
_SPACED = re.compile(
    rf"(?<=[{_HAN}])[ \u00a0\u3000]+(?=[，。；：、）》”])"
    rf"|(?<=[（《“])[ \u00a0\u3000]+(?=[{_HAN}0-9])"
    rf"|(?<=[，。；：、])[ \u00a0\u3000]+(?=[{_HAN}])"
    rf"|(?<=[{_HAN}])[ \u00a0]+(?=[“《])"
)
_OPEN_END = re.compile(
    r"[，,、](?=[^\S\n]{0,20}\n\s{0,20}(?:[0-9]{1,2}[.．、]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]))"
)
_BETWEEN = re.compile(r"(?<=[》”])、(?=[《“])")
_SEVERAL = 3
"""Up to so many are shown one by one; more are one finding with their number."""


def signs(text: str, place: str) -> Iterator[Finding]:
    """Yield doubled and half-width punctuation and stray spaces (GB/T 15834)."""
    for match in _DOUBLED.finditer(text):
        right = "……" if set(match[0]) == {"。"} and len(match[0]) > 2 else match[0][0]
        yield found(text, match, place, Code.PUNCTUATION, "标点重复，请删去多的一个。", right)
    for match in _OPEN_END.finditer(text):
        says = "这一段以逗号或顿号结束，像是没有写完，请核对。"
        yield _with_words(found(text, match, place, Code.PUNCTUATION, says), text)
    half = "中文里用了半角标点{times}，应当用全角的。"
    yield from _gathered(text, _HALF, place, Code.HALF_WIDTH, half)
    spaced = "标点旁边有多余的空格{times}，请删去。"
    yield from _gathered(text, _SPACED, place, Code.SPACING, spaced)
    between = "并列的书名号、引号之间通常不用顿号{times}。"
    yield from _gathered(text, _BETWEEN, place, Code.PUNCTUATION, between)


def _gathered(
    text: str, pattern: re.Pattern[str], place: str, code: Code, says: str
) -> Iterator[Finding]:
    """Yield a note for each match, or one for all where there are many."""
    matches = list(pattern.finditer(text))
    if len(matches) <= _SEVERAL:
        for match in matches:
            one = found(text, match, place, code, says.format(times=""), severity=Severity.NOTE)
            yield _with_words(one, text)
        return
    first = matches[0]
    words = f"（共{len(matches)}处）"
    yield Finding(
        code,
        Severity.NOTE,
        place,
        *first.span(),
        _words(text, *first.span()),
        says.format(times=words),
        around=f"{code}:{pattern.pattern}",
    )


def _with_words(one: Finding, text: str) -> Finding:
    return Finding(
        one.check,
        one.severity,
        one.place,
        one.start,
        one.end,
        _words(text, one.start, one.end),
        one.says,
        around=one.around,
    )


def _words(text: str, start: int, end: int) -> str:
    return unspoken(text[max(start - 8, 0) : end + 8])
