"""Where a figure stands after people rewrote the text around it; spans only, no tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.comparing.moves import Move, moves


@dataclass(frozen=True)
class Place:
    """Where a figure's words stand now; ``instead`` is what was written over them."""

    start: int | None = None
    end: int | None = None
    instead: str = ""

    @property
    def kept(self) -> bool:
        """Whether the words still stand there as they were."""
        return self.start is not None


def travel(old: str, new: str, spans: list[tuple[int, int]]) -> list[Place]:
    """Return where each span of ``old`` stands in ``new``.

    A span is kept only where the same words stand in text that was not changed; what was written
    over it is told, where it can be. Both texts in characters.
    """
    if old == new:
        return [Place(start, end) for start, end in spans]
    found = list(moves(old, new))
    return [_place(found, start, end) for start, end in spans]


def follow(old: str, new: str, figures: Sequence[tuple[str, Place]]) -> list[Place]:
    """Return where each figure of a passage, by its value and place in ``old``, stands in ``new``.

    What was written over a figure is followed too: written over again, it says the new words, and
    where it says the figure's value again, the figure stands there again. In the text's order.
    """
    kept = [n for n, (_, place) in enumerate(figures) if place.kept]
    spans = [(place.start or 0, place.end or 0) for _, place in figures if place.kept]
    before = dict(zip(kept, (Place(start, end) for start, end in spans), strict=True))
    after = dict(zip(kept, travel(old, new, spans), strict=True))
    return [
        after[n] if n in after else _again(old, new, n, value, place.instead, before, after)
        for n, (value, place) in enumerate(figures)
    ]


def _again(
    old: str,
    new: str,
    n: int,
    value: str,
    instead: str,
    before: dict[int, Place],
    after: dict[int, Place],
) -> Place:
    span = _only(old, instead, *_between(before, n, old)) if instead else None
    if span is None:
        return Place(instead=instead)
    (there,) = travel(old, new, [span])
    if there.kept:
        return Place(instead=instead)
    if there.instead != value:
        return there
    return Place(*(_only(new, value, *_between(after, n, new)) or ()))


def _between(places: dict[int, Place], n: int, text: str) -> tuple[int, int]:
    """Return the stretch between the figures that stand next to the n-th."""
    ahead = [place.end or 0 for k, place in places.items() if k < n and place.kept]
    behind = [place.start or 0 for k, place in places.items() if k > n and place.kept]
    return max(ahead, default=0), min(behind, default=len(text))


def _only(text: str, words: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the words stand as a whole number, if they stand there exactly once."""
    whole = re.compile(rf"(?<![\d.]){re.escape(words)}(?![\d%]|\.\d)")
    found = [one.span() for one in whole.finditer(text, start, end)]
    return found[0] if len(found) == 1 else None


def _place(found: list[Move], start: int, end: int) -> Place:
    inside = [move for move in found if move.start < end and start < move.end]
    if all(move.how == "equal" for move in inside) and _joined(inside):
        shift = inside[0].at - inside[0].start
        return Place(start + shift, end + shift)
    words = "".join(move.words for move in inside if move.how == "replace")
    return Place(instead=words.strip()[:40])


def _joined(inside: list[Move]) -> bool:
    """Say whether nothing was put between stretches that stay."""
    return bool(inside) and len({move.at - move.start for move in inside}) == 1
