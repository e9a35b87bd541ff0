"""A part, its whole and the percent that the part is said to be, computed again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.reading import numerals
from gongkai.reading.figures.amounts import UNIT, Amount, Claim, Sentence

_MAKES = re.compile(
    rf"占(?P<of>[^,。;%0-9]{{0,16}}?)(?P<whole>{numerals.DECIMAL}(?:{UNIT}))?(?:的比例|比重|的比重|比例|比)?"
    rf"(?:的|为|达到?)?(?P<percent>{numerals.PERCENT})(?!以上|左右|以内|以下)"
)
_OWN_WHOLE = re.compile(
    r"^(?:[^全]{0,10}(?:总体|总数|总量|总件数|总条数|总额|总人数|全部[^,]{0,6}))?的?$"
)
_EACH = re.compile(r"分别|各|依次|均")
_RATE = re.compile(
    rf"(?P<stem>[一-鿿]{{1,4}}?)率(?:均?为|达到?|约)?(?P<percent>{numerals.PERCENT})(?!以上|左右|以内|以下)"
)
_NEAR = 8
_FAR = 60


def claims(sentence: Sentence) -> Iterator[Claim]:
    """Yield the shares of a sentence."""
    for found in _MAKES.finditer(sentence.text, sentence.since):
        yield from _made_up(sentence, found)
    for found in _RATE.finditer(sentence.text, sentence.since):
        yield from _rated(sentence, found)


def _made_up(sentence: Sentence, found: re.Match[str]) -> Iterator[Claim]:
    before = [a for a in sentence.amounts if a.end <= found.start()]
    between = sentence.text[before[-1].end : found.start()] if before else ""
    if not before or len(between) > _NEAR or _EACH.search(between):
        return
    part = before[-1]
    inside = [a for a in sentence.amounts if found.start() < a.start < found.start("percent")]
    whole = inside[0] if inside else None
    if whole is None and _OWN_WHOLE.match(found["of"]):
        whole = _whole(sentence, before)
    if whole is not None and whole.unit == part.unit:
        yield from _claim(sentence, part, whole, found)


def _whole(sentence: Sentence, before: list[Amount]) -> Amount | None:
    """Return the total that a part belongs to: told with 其中, 中 or 共 before it."""
    part = before[-1]
    for amount in reversed(before[:-1]):
        if amount.unit != part.unit or amount.value < part.value or sentence.is_of_past(amount):
            continue
        behind = sentence.text[amount.end : part.start]
        ahead = sentence.text[max(0, amount.start - 14) : amount.start]
        if (
            "其中" in behind
            or re.search(r"共|总|合计|累计", ahead)
            or re.match(r"[^,]{0,8}中", behind)
        ):
            return amount
    return None


def _rated(sentence: Sentence, found: re.Match[str]) -> Iterator[Claim]:
    """Read 应办100件，按时办结98件，办结率98%: the part is told with the rate's own word."""
    low = max(found.start() - _FAR, sentence.text.rfind(";", 0, found.start()))
    before = [a for a in sentence.amounts if low <= a.start and a.end <= found.start()]
    if len(before) != 2 or before[0].unit != before[1].unit or before[0].value < before[1].value:
        return
    part = before[1]
    told = sentence.text[before[0].end : part.start]
    if found["stem"][-2:] in told:
        yield from _claim(sentence, part, before[0], found)


def _claim(
    sentence: Sentence, part: Amount, whole: Amount, found: re.Match[str]
) -> Iterator[Claim]:
    read = numerals.percent(found["percent"])
    if read is None or not whole.value:
        return
    start = sentence.phrase_start(min(part.start, whole.start))
    computed = part.value * 100 / whole.value
    yield sentence.claim("share", start, found.end(), read[0], computed, read[1])
