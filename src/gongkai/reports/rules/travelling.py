"""Where a figure stands after people rewrote the text around it; spans only, no tables."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.reports.rules.comparing import Move, moves


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
