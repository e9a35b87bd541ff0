"""A report as a paper: headed, numbered, in paragraphs, ready for .docx and .pdf; texts only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gongkai.reports.rules.writing import ordinal
from gongkai.reports.states import Section


@dataclass(frozen=True)
class Part:
    """A stretch under one heading; ``level`` 0 has none, 1 counts 一、, 2 counts （一）."""

    level: int
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """What is printed; ``day`` is the day of signing as it is printed."""

    title: str
    recipient: str
    sections: tuple[Part, ...]
    signature: str
    day: str

    def as_context(self) -> dict[str, Any]:
        """Return plain values, as a template is given them."""
        return asdict(self)


def printed_day(day: date) -> str:
    """Return a day of signing as papers print it: digits without padding (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def parts(passages: Iterable[tuple[Section, str, str]]) -> tuple[Part, ...]:
    """Number the passages (section, heading, text) of a report as papers do.

    The parts of the works stand under one heading of their own; empty passages are left out.
    """
    found: list[Part] = []
    first, second = 0, 0
    for section, heading, text in passages:
        paragraphs = tuple(line for line in text.split("\n") if line.strip())
        if not paragraphs:
            continue
        if section is Section.OPENING:
            found.append(Part(0, "", paragraphs))
            continue
        if section is Section.WORKS and not second:
            first += 1
            found.append(Part(1, f"{ordinal(first)}、{section.label}", ()))
        if section is Section.WORKS:
            second += 1
            found.append(Part(2, f"（{ordinal(second)}）{heading}", paragraphs))
            continue
        first += 1
        found.append(Part(1, f"{ordinal(first)}、{heading}", paragraphs))
    return tuple(found)
