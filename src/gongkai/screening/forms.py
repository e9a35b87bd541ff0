"""Finds wrongly formed document numbers, days that do not exist and days of the wrong weekday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.kernel.chinese import number
from gongkai.screening.findings import Code, Finding, Severity, beside

_HAN = "\u3400-\u9fff"
_BODY = rf"[{_HAN}]{{1,12}}"
_ANY_BRACKETS = re.compile(
    rf"({_BODY}[发函字办令规通告电议批呈审备決决许复秘建])([\[［【(（〔])(\d{{4}})([\]］】)）〕])(第?)(0*)(\d+)号"
)
_DAY = re.compile(r"(?<!\d)(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_DAY_ALONE = re.compile(r"(?<![年\d])(\d{1,2})月(\d{1,2})日")
_DAY_SIGNS = re.compile(r"(?<![\d.\-/])((?:19|20)\d\d)([\-/.])(\d{1,2})\2(\d{1,2})(?![\d\-/]|\.\d)")
_CHINESE_DAY = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_WEEKDAY = re.compile(
    r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日\s?[（(]?(?:星期|周|礼拜)([一二三四五六日天])"
)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SAME_SOUND = re.compile(rf"[{_HAN}]\d+加(?=[。，；,;、）)\n]|$)")
_NO_SUCH = "没有这一天，请核对日期。"
_NUMBER_SAYS = "发文字号的年份用六角括号〔〕，序号不加“第”、不补0。"


def forms(text: str, place: str) -> Iterator[Finding]:
    """Yield document numbers against GB/T 9704, days that do not exist, wrong weekdays."""
    for match in _ANY_BRACKETS.finditer(text):
        right = f"{match[1]}〔{match[3]}〕{match[7]}号"
        if match[0] != right:
            yield found(text, match, place, Code.NUMBER_FORM, _NUMBER_SAYS, right)
    for match in _impossible(text):
        yield found(text, match, place, Code.NO_SUCH_DAY, _NO_SUCH)
    for match in _WEEKDAY.finditer(text):
        real = _weekday(*(int(part) for part in match.groups()[:3]))
        if real and real != match[4].replace("天", "日"):
            says = f"这一天是星期{real}，请核对日期和星期。"
            yield found(text, match, place, Code.WEEKDAY, says)
    for match in _SAME_SOUND.finditer(text):
        says = "数字后面的“加”疑为“家”，请核对。"
        yield found(text, match, place, Code.WRONG_WORD, says, f"{match[0][:-1]}家")


def _impossible(text: str) -> Iterator[re.Match[str]]:
    for match in _DAY.finditer(text):
        if not _exists(int(match[1]), int(match[2]), int(match[3])):
            yield match
    for match in _DAY_ALONE.finditer(text):
        month, day = int(match[1]), int(match[2])
        if not (1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]):
            yield match
    for match in _DAY_SIGNS.finditer(text):
        month, day = int(match[3]), int(match[4])
        # Other months and days are version numbers and the like.
        if 1 <= month <= 12 and 28 < day <= 31 and not _exists(int(match[1]), month, day):
            yield match
    for match in _CHINESE_DAY.finditer(text):
        parts = [number(part) for part in match.groups()]
        if None not in parts and not _exists(*(part or 0 for part in parts)):
            yield match


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _weekday(year: int, month: int, day: int) -> str:
    return "一二三四五六日"[date(year, month, day).weekday()] if _exists(year, month, day) else ""


def found(
    text: str,
    match: re.Match[str],
    place: str,
    code: Code,
    says: str,
    right: str = "",
    severity: Severity = Severity.ASK,
) -> Finding:
    """Return the finding of a match, its words whole in the excerpt."""
    start, end = match.span()
    around = beside(text, start, end, value=match[0])
    return Finding(code, severity, place, start, end, match[0][:120], says, right, around)
