"""A year's notice as a value: its days, what is wrong with them, and its text read into days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.calendars.states import Shift

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NoticeHead:
    """What a notice is called: the year, title, number ("" when still to be checked), its day."""

    year: int
    title: str
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True)
class Entry:
    """A day that a notice moves, and the holiday it belongs to."""

    on: date
    shift: Shift
    name: str


def wrong_entries(year: int, entries: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """Yield (position, sentence) for each entry that a notice of the year cannot hold.

    A day lies in the year or in the December before it (元旦 may move those); each day comes
    once; a day moved to work is a Saturday or Sunday; a name is given.
    """
    seen: dict[date, int] = {}
    for i, entry in enumerate(entries):
        words = f"{entry.on.isoformat()}"
        if not date(year - 1, 12, 1) <= entry.on <= date(year, 12, 31):
            yield i, f"{words} 不在{year}年（也不在上一年12月）。"
        if entry.on in seen:
            yield i, f"{words} 与第{seen[entry.on] + 1}行重复。"
        seen.setdefault(entry.on, i)
        if entry.shift is Shift.WORK and entry.on.weekday() < 5:
            yield i, f"{words} 本来就是周一至周五，不用写成上班。"
        if not entry.name.strip():
            yield i, f"{words} 没有写是哪个节日。"


@dataclass(frozen=True)
class Span:
    """Days in a row that a notice moves alike, as people write them."""

    first: date
    last: date
    shift: Shift
    name: str

    def entries(self) -> Iterator[Entry]:
        """Yield the span day by day."""
        day = self.first
        while day <= self.last:
            yield Entry(day, self.shift, self.name)
            day += ONE_DAY


def spans(entries: Sequence[Entry]) -> list[Span]:
    """Put entries together that follow each other and are alike."""
    found: list[Span] = []
    for entry in sorted(entries, key=lambda e: e.on):
        last = found[-1] if found else None
        alike = last and (last.shift, last.name) == (entry.shift, entry.name)
        if last and alike and last.last + ONE_DAY == entry.on:
            found[-1] = Span(last.first, entry.on, last.shift, last.name)
        else:
            found.append(Span(entry.on, entry.on, entry.shift, entry.name))
    return found


_HEADING = re.compile(r"[一二三四五六七八九十]+、\s*([^：:。；\n]{2,20})[：:]")
_BRACKETS = re.compile(r"（[^）]*）|\([^)]*\)")
_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_SPAN = re.compile(rf"{_DATE}(?:至{_DATE})?")


def read_notice(text: str, year: int) -> list[Span]:
    """Read the days out of a notice's own text, as 国办 writes it every year.

    「一、元旦：1月1日（周四）至3日（周六）放假调休。1月4日（周日）上班。」 Each numbered item is a
    holiday; a sentence that ends in 上班 moves its days to work, one with 放假 or 补休 gives
    them off. Suggestions (鼓励…休息) are no arrangement. What it cannot read it leaves out: the
    person sees the rows before anything is kept.
    """
    heads = list(_HEADING.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)][: len(heads)]
    found: list[Span] = []
    for head, end in zip(heads, ends, strict=True):
        name = re.sub(r"\s", "", head.group(1))
        found += _read_item(_BRACKETS.sub("", text[head.end() : end]), name, year)
    return found


def _read_item(text: str, name: str, year: int) -> Iterator[Span]:
    for sentence in re.split(r"[。；\n]", text):
        if "鼓励" in sentence:
            continue
        for part in re.split(r"，|,", sentence):
            shift = _shift_of(part)
            if shift is not None:
                yield from _read_spans(part, shift, name, year)


def _shift_of(text: str) -> Shift | None:
    if "上班" in text:
        return Shift.WORK
    return Shift.OFF if re.search(r"放假|补休|公休", text) else None


def _read_spans(text: str, shift: Shift, name: str, year: int) -> Iterator[Span]:
    month: int | None = None
    for match in _SPAN.finditer(text):
        y1, m1, d1, y2, m2, d2 = (int(g) if g else None for g in match.groups())
        month = m1 or month
        first = _day(y1 or year, month, d1)
        month = m2 or month
        last = _day(y2 or year, month, d2) if d2 else first
        if first is not None and last is not None and first <= last <= first + 20 * ONE_DAY:
            yield Span(first, last, shift, name)


def _day(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None
