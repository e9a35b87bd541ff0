"""A number that went from one value to another: by how much and by what percent, computed again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from gongkai.reading import numerals
from gongkai.reading.figures.amounts import UNIT, Amount, Claim, Sentence

_CUT = r"压缩|压减|缩短|缩减|减少|减至|减|降低|下降|降|精简|取消|削减|节约|节省|减小|下调"
_RISE = r"增加|增长|提高|提升|上升|扩大|新增|净增|增至|增|上涨|扩充|延长|上调"
_NEUTRAL = r"调整|变|变更|修订|优化|发展|更新|改"
_TO = re.compile(
    rf"(?:逐步|大幅|进一步|分别|统一|整体|平均|再|均)?(?P<verb>{_CUT}|{_RISE}|{_NEUTRAL})?(?:了)?(?:到|至|为|成)(?:现在的|目前的|今年的|现有的)?$"
)
_FROM = re.compile(r"(?:由|从)[^,。;]{0,16}$")
_PERCENT = re.compile(
    rf"(?P<verb>{_CUT}|{_RISE})(?:率|幅度?|比例|时间)?(?:为|达到?|了)?(?P<percent>{numerals.PERCENT})(?!以上|左右|以内|以下)"
)
_DIFFERENCE = re.compile(
    rf"(?P<verb>{_CUT}|{_RISE})(?:了|达)?(?P<number>{numerals.DECIMAL})(?P<unit>{UNIT})(?!以上|左右|以内|以下)"
)
_POINTS = re.compile(
    rf"(?P<verb>{_CUT}|{_RISE})(?:了|达)?(?P<number>{numerals.DECIMAL})个?百分点(?!以上|左右)"
)
_SHARE_MOVE = re.compile(
    rf"(?:由|从)[^,。;]{{0,16}}?(?P<old>{numerals.PERCENT})[^,。;%]{{0,12}}?(?:到|至|为)(?P<new>{numerals.PERCENT})"
)
_YEAR = re.compile(r"((?:19|20)[0-9]{2}|去|上|今|本)年[^,。;]{0,16}$")
_YEARS = {"去": -1, "上": -1, "今": 0, "本": 0}
_THAN = re.compile(r"(?:比|较)(?:上年|去年|同期|上一年|[0-9]{4}年)(?:度|同期)?的?$")
_AGAINST = r"[,]?(?:同比|(?:比|较)(?:上年|去年|上一年)?(?:度|同期)?)"
_GREW = re.compile(
    rf"{_AGAINST}(?P<verb>{_CUT}|{_RISE})(?:了)?(?P<number>{numerals.DECIMAL})(?P<unit>{UNIT})"
    rf"[,](?:同比|比上年|增幅)?(?P<then>{_CUT}|{_RISE})(?:了|达)?(?P<percent>{numerals.PERCENT})(?!以上|左右)"
)
_FELL = re.compile(
    rf"{_AGAINST}(?P<verb>{_CUT}|{_RISE})(?:了)?(?P<percent>{numerals.PERCENT})(?!以上|左右)\s*$"
)
_WAS = re.compile(
    rf",(?:(?:19|20)[0-9]{{2}}年|上年|去年)(?:度|同期)?(?:为|是|有|共)?(?P<number>{numerals.DECIMAL})(?:{UNIT})\s*"
)
_BESIDE = re.compile(
    r"[,;、(:]|同比|比上年|较上年|比去年|较去年|与上年相比|比同期|较同期|整体|总体|平均|总共|共|再|累计|实际|总|净|约为|幅度?|即"
)
_FAR = 40


class Move(NamedTuple):
    """From one amount to another of the same unit; ``end`` is where the words of it end."""

    start: int
    end: int
    old: Amount
    new: Amount


def claims(sentence: Sentence) -> Iterator[Claim]:
    """Yield the rates and changes of a sentence."""
    if sentence.since:
        yield from _against_bracket(sentence)
        return
    moves = [*_moves(sentence), *_compared(sentence)]
    for index, move in enumerate(moves):
        limit = min(
            (m.start for m in moves[index + 1 :] if m.start > move.end), default=len(sentence.text)
        )
        yield from _rates(sentence, move, limit)
        yield from _differences(sentence, move, limit)
    yield from _points(sentence)
    yield from _by_difference(sentence)


def _moves(sentence: Sentence) -> Iterator[Move]:
    """Find 由原来的322个工作日压缩至230个工作日, also with several units (6类167项 → 8类167项)."""
    for old, new in pairwise(sentence.runs):
        between = sentence.text[old[-1].end : new[0].start]
        before = sentence.text[max(0, old[0].start - 20) : old[0].start]
        if len(between) > 24 or not _TO.search(between) or not _FROM.search(before):
            continue
        start = sentence.phrase_start(old[0].start)
        for one in old:
            for other in new:
                if one.unit == other.unit:
                    yield Move(start, new[-1].end, one, other)


def _compared(sentence: Sentence) -> Iterator[Move]:
    """Find 2018年100件，2019年150件 and 150件，比上年100件: the older is said to be older."""
    for one, other in pairwise(sentence.amounts):
        if one.unit != other.unit or other.start - one.end > 30:
            continue
        years = _year_of(sentence, one), _year_of(sentence, other)
        before = sentence.text[one.end : other.start]
        start = sentence.phrase_start(one.start)
        if _THAN.search(before):
            yield Move(start, other.end, other, one)
        elif years[0] is not None and years[1] is not None and years[0] < years[1] < years[0] + 50:
            yield Move(start, other.end, one, other)


def _year_of(sentence: Sentence, amount: Amount) -> int | None:
    found = _YEAR.search(sentence.text, max(0, amount.start - 24), amount.start)
    if not found:
        return None
    return _YEARS[found[1]] if found[1] in _YEARS else int(found[1])


def _rates(sentence: Sentence, move: Move, limit: int) -> Iterator[Claim]:
    found = _PERCENT.search(sentence.text, move.end, min(limit, move.end + _FAR))
    if not found or not move.old.value or not _of_same(sentence, move, found.start()):
        return
    read = numerals.percent(found["percent"])
    if read is None:
        return
    computed = _towards(found["verb"], move.new.value - move.old.value) * 100 / move.old.value
    yield sentence.claim("rate", move.start, found.end(), read[0], computed, read[1])


def _differences(sentence: Sentence, move: Move, limit: int) -> Iterator[Claim]:
    for found in _DIFFERENCE.finditer(sentence.text, move.end, min(limit, move.end + _FAR)):
        read = numerals.decimal(found["number"])
        if (
            read is None
            or _unit(found["unit"]) != move.new.unit
            or not _of_same(sentence, move, found.start())
        ):
            continue
        computed = _towards(found["verb"], move.new.value - move.old.value)
        yield sentence.claim("change", move.start, found.end(), read[0], computed, read[1])


def _points(sentence: Sentence) -> Iterator[Claim]:
    """Read 由80%提高到92%，提高12个百分点, and its percent (提高15%)."""
    for move in _SHARE_MOVE.finditer(sentence.text):
        old, new = numerals.percent(move["old"]), numerals.percent(move["new"])
        found = _POINTS.search(sentence.text, move.end(), move.end() + _FAR)
        read = numerals.decimal(found["number"]) if found else None
        if old and new and found and read:
            computed = _towards(found["verb"], new[0] - old[0])
            start = sentence.phrase_start(move.start())
            yield sentence.claim("change", start, found.end(), read[0], computed, read[1])


def _by_difference(sentence: Sentence) -> Iterator[Claim]:
    """Read 12场，比上年增加3场，增长25%: what it was follows from the difference."""
    for found in _GREW.finditer(sentence.text):
        now = next((a for a in sentence.amounts if a.end == found.start()), None)
        number, percent = numerals.decimal(found["number"]), numerals.percent(found["percent"])
        if now is None or number is None or percent is None:
            continue
        up, same = re.fullmatch(_RISE, found["verb"]), _unit(found["unit"]) == now.unit
        before = now.value - number[0] if up else now.value + number[0]
        if same and before > 0 and bool(up) == bool(re.fullmatch(_RISE, found["then"])):
            computed = number[0] * 100 / before
            start = sentence.phrase_start(now.start)
            yield sentence.claim("rate", start, found.end(), percent[0], computed, percent[1])


def _against_bracket(sentence: Sentence) -> Iterator[Claim]:
    """Read 48件，同比下降20%（2022年为60件）: the bracket says what it was."""
    was = _WAS.fullmatch(sentence.text, sentence.since)
    found = _FELL.search(sentence.text, max(0, sentence.since - _FAR), sentence.since)
    old = next((a for a in sentence.amounts if was and a.start == was.start("number")), None)
    now = next((a for a in sentence.amounts if found and a.end == found.start()), None)
    if found is None or old is None or now is None or old.unit != now.unit or not old.value:
        return
    read = numerals.percent(found["percent"])
    if read is not None:
        computed = _towards(found["verb"], now.value - old.value) * 100 / old.value
        start = sentence.phrase_start(now.start)
        yield sentence.claim("rate", start, found.end(), read[0], computed, read[1])


def _unit(written: str) -> str:
    return written.removeprefix("个") or "个"


def _towards(verb: str, difference: Decimal) -> Decimal:
    """Return the difference as positive in the direction that the verb states."""
    return -difference if re.fullmatch(_CUT, verb) else difference


def _of_same(sentence: Sentence, move: Move, start: int) -> bool:
    """Say whether what stands between a move and a percent still speaks of what moved.

    由20天压缩至10天，材料减少30% speaks of the material.
    """
    between = _DIFFERENCE.sub("", sentence.text[move.end : start])
    rest = _BESIDE.sub("", between)
    return not rest or rest in sentence.text[move.start : move.end]
