"""The arithmetic of the small pictures: bars, month grids, marked texts; no HTML, no queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.ui.parts import DayCell, Mark, Stripe

BAR_WIDTH = 400
GAP = 2


@dataclass(frozen=True)
class Piece:
    """One stripe with its place in the picture, in the picture's own units."""

    stripe: Stripe
    x: int
    width: int


@dataclass(frozen=True)
class Bar:
    """A bar ready to draw; ``said`` is the same in words."""

    pieces: list[Piece]
    total: int
    said: str
    width: int = BAR_WIDTH

    @property
    def leads(self) -> bool:
        """Whether its parts lead to lists."""
        return any(piece.stripe.url for piece in self.pieces)


def bar(stripes: Sequence[Stripe], *, most: int = 0) -> Bar:
    """Lay stripes side by side; the whole width stands for ``most`` (or for their sum)."""
    shown = [s for s in stripes if s.n > 0]
    total = sum(s.n for s in shown)
    scale = (BAR_WIDTH - GAP * max(len(shown) - 1, 0)) / max(most, total, 1)
    pieces, x = [], 0
    for stripe in shown:
        width = max(3, round(stripe.n * scale))
        pieces.append(Piece(stripe, x, width))
        x += width + GAP
    said = "，".join(f"{s.label}{s.n}" for s in shown) or "没有"
    return Bar(pieces, total, said, max(BAR_WIDTH, x - GAP))


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven places; None where the day belongs to another month."""

    year: int
    month: int
    weeks: list[list[DayCell | None]]


def month(cells: Sequence[DayCell]) -> Month:
    """Arrange the days of one month, Monday first. Raises ``ValueError`` for no or two months."""
    if len({(c.on.year, c.on.month) for c in cells}) != 1:
        raise ValueError("a month grid wants the days of exactly one month")
    ordered = sorted(cells, key=lambda c: c.on)
    first = ordered[0].on
    lead: list[DayCell | None] = [None] * first.weekday()
    places = lead + list(ordered)
    places += [None] * (-len(places) % 7)
    weeks = [places[i : i + 7] for i in range(0, len(places), 7)]
    return Month(first.year, first.month, weeks)


@dataclass(frozen=True)
class Segment:
    """A stretch of text and the marks that cover it; ``starts`` are those beginning here."""

    text: str
    marks: tuple[Mark, ...]
    starts: tuple[Mark, ...]


def segments(text: str, marks: Sequence[Mark], *, base: int = 0) -> list[Segment]:
    """Cut a text where marks begin or end; ``base`` is the offset of its first character.

    Marks may overlap; what lies outside the text is left out.
    """
    inside = [m for m in marks if m.start < base + len(text) and m.end > base and m.end > m.start]
    ends = {0, len(text)}
    for mark in inside:
        ends |= {max(0, mark.start - base), min(len(text), mark.end - base)}
    return [
        Segment(
            text[a:b],
            tuple(m for m in inside if m.start - base <= a and m.end - base >= b),
            tuple(m for m in inside if max(0, m.start - base) == a),
        )
        for a, b in pairwise(sorted(ends))
    ]
