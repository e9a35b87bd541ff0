"""A total and its parts (66件，其中：…; …，合计…), added up again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.reading.figures.amounts import Amount, Claim, Sentence

_AMONG = re.compile(r"[,;:。]?(?:其中|分别(?:是|为)|包括)[,:]?")
_TOTAL_AFTER = re.compile(r"(?:合计|总计|共计|总共|累计共?|共有?)(?:为|达|有)?$")
_PARTIAL = re.compile(
    r"[,;:。]?(?:其中|包括)[,:]?(?:仅|主要|重点|重要|特别|包括|包含|含|涉及|最|有些)"
)
_OTHER_STEP = re.compile(r"[,;](?:已|均|全部|按[时期])?(?:办结|答复|完成|回复|整改|上报|采纳|处理)")
_RATE_OF_TOTAL = re.compile(r"[,]?(?:同比|比上年|较上年|比去年)[^,;]{0,12}?[0-9.]+%")
_LISTS = re.compile(r"[,;、]")
_JOINS = re.compile(r"[,;、和及]")
_FAREST_TOTAL, _FAREST_PART = 14, 40
_LOW, _HIGH = Decimal("0.75"), Decimal("1.34")
"""Parts that are far from the total are not its parts, or not all of them (ADR 33)."""


def claims(sentence: Sentence) -> Iterator[Claim]:
    """Yield the sums of a sentence."""
    for among in _AMONG.finditer(sentence.text, sentence.since):
        yield from _split_up(sentence, among)
    yield from _added_up(sentence)


def _split_up(sentence: Sentence, among: re.Match[str]) -> Iterator[Claim]:
    before = [run for run in sentence.runs if run[-1].end <= among.start()]
    if not before or _distance(sentence.text[before[-1][-1].end : among.start()]) > _FAREST_TOTAL:
        return
    partial = _PARTIAL.match(sentence.text, among.start()) or "包括" in among[0]
    for unit in (amount.unit for amount in before[-1]):
        totals = [
            amount
            for run in before[-3:]
            for amount in run
            if amount.unit == unit and not sentence.is_of_past(amount)
        ]
        parts = _parts(sentence, among.end(), unit)
        if totals and len(parts) >= 2:
            yield from _sum_up(sentence, *_match(totals, parts), exhaustive=not partial)


def _distance(between: str) -> int:
    """Count what stands between a total and its parts, without brackets and a rate of it."""
    return len(_RATE_OF_TOTAL.sub("", between).replace(" ", ""))


def _sum_up(
    sentence: Sentence, total: Amount, parts: list[Amount], *, exhaustive: bool
) -> Iterator[Claim]:
    computed = _sum(parts)
    if _credible(total, computed, exhaustive=exhaustive):
        start = sentence.phrase_start(min(total.start, parts[0].start))
        end = max(total.end, parts[-1].end)
        yield sentence.claim("sum", start, end, total.value, computed, total.half)


def _match(totals: list[Amount], parts: list[Amount]) -> tuple[Amount, list[Amount]]:
    """Return the total and the parts that agree, the nearest total and all parts where none do.

    收到50件，办结48件，其中… may split up either; and a list may go on with something else.
    """
    for total in reversed(totals):
        for count in range(len(parts), 1, -1):
            if abs(_sum(parts[:count]) - total.value) <= total.half:
                return total, parts[:count]
    return totals[-1], parts


def _sum(parts: list[Amount]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def _parts(sentence: Sentence, start: int, unit: str) -> list[Amount]:
    """Return the amounts of that unit that follow each other as a list."""
    parts: list[Amount] = []
    at = start
    for run in sentence.runs:
        if run[0].start < start:
            continue
        between = sentence.text[at : run[0].start]
        part = next((amount for amount in run if amount.unit == unit), None)
        if len(between) > _FAREST_PART or "其中" in between or _OTHER_STEP.match(between):
            break
        if part is None and parts and _LISTS.search(between):
            break
        if part is None or (parts and not _JOINS.search(between)):
            continue  # 31条代表建议中的16条: told of the same part
        parts.append(part)
        at = run[-1].end
    return parts


def _added_up(sentence: Sentence) -> Iterator[Claim]:
    """Read parts with their total behind them (新增3家、改造5家，合计8家)."""
    for index, total in enumerate(sentence.amounts):
        if total.start < sentence.since:
            continue
        head = sentence.text[max(0, total.start - 6) : total.start]
        if index < 2 or not _TOTAL_AFTER.search(head):
            continue
        parts = _list_before(sentence, index)
        if len(parts) < 2:
            continue
        yield from _sum_up(sentence, total, parts, exhaustive="计" in head)


def _list_before(sentence: Sentence, index: int) -> list[Amount]:
    total = sentence.amounts[index]
    parts: list[Amount] = []
    at = total.start
    for amount in reversed(sentence.amounts[:index]):
        between = sentence.text[amount.end : at]
        if amount.unit != total.unit or len(between) > 20 or not re.search(r"[,;、和及]", between):
            break
        if "其中" in between:
            return []
        parts.insert(0, amount)
        at = amount.start
    return parts


def _credible(total: Amount, computed: Decimal, *, exhaustive: bool) -> bool:
    if abs(total.value - computed) <= total.half:
        return True
    return exhaustive and total.value * _LOW <= computed <= total.value * _HIGH
