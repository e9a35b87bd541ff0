"""Sentences that remember which of their words come from which records; texts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.reports.rules.material import Key
from gongkai.reports.states import Measure, Section


@dataclass(frozen=True)
class Counted:
    """A stretch of a passage that comes from the records: what it counts and which they are."""

    key: str
    """Its name within the passage; the same measure of the same thing has the same name."""
    measure: Measure
    value: str
    members: tuple[Key, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Drafted:
    """A passage as it was drafted."""

    section: Section
    name: str
    """Its name within the report: the section, and under the works the heading of the part."""
    heading: str
    text: str
    figures: tuple[Counted, ...] = ()


@dataclass
class Writer:
    """Writes a passage piece by piece and notes where its figures stand."""

    section: Section
    heading: str = ""
    pieces: list[str] = field(default_factory=list)
    figures: list[Counted] = field(default_factory=list)
    length: int = 0

    def say(self, text: str) -> Writer:
        """Write words that come from no record."""
        self.pieces.append(text)
        self.length += len(text)
        return self

    def count(self, measure: Measure, members: Sequence[Key]) -> Writer:
        """Write how many these records are."""
        return self.note(measure, str(len(members)), members)

    def note(
        self, measure: Measure, value: str, members: Sequence[Key], *, key: str = ""
    ) -> Writer:
        """Write a value that these records give."""
        start = self.length
        self.say(value)
        self.figures.append(
            Counted(key or measure.value, measure, value, tuple(members), start, self.length)
        )
        return self

    def passage(self) -> Drafted:
        """Return what was written."""
        name = self.section.value + (f":{self.heading}" if self.section is Section.WORKS else "")
        text = "".join(self.pieces)
        return Drafted(self.section, name[:200], self.heading, text, tuple(self.figures))


def in_days(day: date) -> str:
    """Return a day of the year under report as a sentence names it: 11月20日."""
    return f"{day.month}月{day.day}日"


def sentence(text: str) -> str:
    """Return what people typed as a sentence: one line, closed by a full stop."""
    line = "".join(text.split("\n")).strip().rstrip("；;，,、")
    return line if not line or line[-1] in "。！？!?" else f"{line}。"


def ordinal(n: int) -> str:
    """Return 一 to 九十九, as headings count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(n, 10)
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"
