"""Numbers with their units as they stand in one sentence, and claims made about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.reading import numerals
from gongkai.reading.result import FigureKind

UNIT = (
    r"个?工作日|个?小时|人次|场次|件次|条次|篇次|批次|户次|个百分点|百分点|平方米|平方公里|公里|千米|万元|亿元|元|"
    r"人|件|条|项|个|篇|期|场|次|户|所|处|家|座|台|套|批|名|部|份|种|类|宗|起|例|张|册|页|村|镇|乡|亩|吨|米|天|日|"
    r"幅|辆|艘|栋|间|组|支|则|栏|轮|款|档|笔|单|站|班|公顷|千克|公斤|度|字|本|分钟|分"
)
_AMOUNT = re.compile(rf"(?<![0-9.第A-Za-z\-/])(?P<number>{numerals.DECIMAL})(?P<unit>{UNIT})")
_ABOUT = re.compile(r"(?:近|约|大约|超过?|逾|不少于|不低于|至少|不超过|几|每|第|最多|最少)$")
_ABOUT_AFTER = re.compile(r"以上|以下|左右|以内|上下")
_SENTENCE = re.compile(r"(?:[^。!?\n]|。(?=其中))+")
"""…38件。其中予以公开20件: what 其中 opens still speaks of the number before it."""
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_PAST = re.compile(r"(?:去年|上年|上一年|同期|[比较](?:19|20)[0-9]{2}年)(?:度|同期)?的?[为是]?$")
_LONGEST = 2_000
_MOST_BRACKETS = 20


@dataclass(frozen=True)
class Amount:
    """A counted number: ``half`` is half a unit of its last written digit."""

    start: int
    end: int
    value: Decimal
    half: Decimal
    unit: str


@dataclass(frozen=True)
class Claim:
    """A stated number and the one computed from the numbers beside it."""

    kind: FigureKind
    start: int
    end: int
    stated: Decimal
    computed: Decimal
    half: Decimal

    def agrees(self) -> bool:
        """Say whether both agree within half a unit of the last stated digit."""
        return abs(self.stated - self.computed) <= self.half

    def shown(self) -> float:
        """Return the computed number with as many decimals as stated; percents with one."""
        decimals = max(0, -self.half.normalize().adjusted() - 1) if self.half < 1 else 0
        percent = self.kind in ("share", "rate")
        return numerals.tidy(self.computed, max(decimals, 1) if percent else decimals)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a folded text, ``offset`` its place there; brackets are blanked out.

    A bracket with numbers is a sentence of its own, made of what stands before it and its
    inside: only what begins at ``since`` or later is claimed there.
    """

    text: str
    offset: int
    since: int = 0

    @cached_property
    def amounts(self) -> list[Amount]:
        """The counted numbers of the sentence in its order; not years, ordinals or 近30件."""
        return list(_amounts(self.text))

    @cached_property
    def runs(self) -> list[list[Amount]]:
        """The amounts by what is counted together (6类167项, 5场次300人次)."""
        runs: list[list[Amount]] = []
        for amount in self.amounts:
            if runs and runs[-1][-1].end == amount.start:
                runs[-1].append(amount)
            else:
                runs.append([amount])
        return runs

    def is_of_past(self, amount: Amount) -> bool:
        """Say whether it is told for comparison: 较去年同期1550条."""
        return _PAST.search(self.text, max(0, amount.start - 12), amount.start) is not None

    def claim(
        self,
        kind: FigureKind,
        start: int,
        end: int,
        stated: Decimal,
        computed: Decimal,
        half: Decimal,
    ) -> Claim:
        """Return a claim with offsets of the whole text."""
        return Claim(kind, self.offset + start, self.offset + end, stated, computed, half)

    def phrase_start(self, position: int) -> int:
        """Return where the phrase begins in which ``position`` stands."""
        low = max(0, position - 30)
        return max(low, max(self.text.rfind(mark, low, position) for mark in ",;:、") + 1)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a folded text that are short enough to be one."""
    for found in _SENTENCE.finditer(text):
        if found.end() - found.start() <= _LONGEST:
            yield from _views(found[0], found.start())


def _views(sentence: str, offset: int) -> Iterator[Sentence]:
    plain = _BRACKETS.sub(lambda bracket: " " * len(bracket[0]), sentence)
    yield Sentence(plain, offset)
    numbered = [b for b in _BRACKETS.finditer(sentence) if any(c.isdecimal() for c in b[0])]
    for bracket in numbered[:_MOST_BRACKETS]:
        inside = "," + bracket[0][1:-1]
        yield Sentence(plain[: bracket.start()] + inside, offset, since=bracket.start())


def _amounts(text: str) -> Iterator[Amount]:
    for found in _AMOUNT.finditer(text):
        read = numerals.decimal(found["number"])
        before = text[max(0, found.start() - 4) : found.start()]
        vague = _ABOUT.search(before) or _ABOUT_AFTER.match(text, found.end())
        if read and not vague and found["number"] != "0":
            unit = found["unit"].removeprefix("个") or "个"
            yield Amount(*found.span(), read[0], read[1], "工作日" if "工作日" in unit else unit)
