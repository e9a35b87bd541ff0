"""Where a figure stands after people rewrote the text around it; spans only, no tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\d+(?:\.\d+)?%?|[^\d]")
"""A number is one piece, so that 12 is never found inside 120; all else goes by character."""


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
    old_at, old_pieces = _pieces(old)
    new_at, new_pieces = _pieces(new)
    moves = [
        _Move(how, old_at[a], old_at[b], new_at[c], new[new_at[c] : new_at[d]])
        for how, a, b, c, d in _steps(old_pieces, new_pieces)
    ]
    return [_place(moves, start, end) for start, end in spans]


@dataclass(frozen=True)
class _Move:
    """A stretch ``start``..``end`` of the old text and what stands ``at`` its place in the new."""

    how: str
    start: int
    end: int
    at: int
    words: str


def _steps(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Compare two texts; what is alike before and after the change is not compared again."""
    ahead = _alike(old, new)
    behind = _alike(old[ahead:][::-1], new[ahead:][::-1])
    middle = SequenceMatcher(
        None, old[ahead : len(old) - behind], new[ahead : len(new) - behind], autojunk=False
    )
    return [
        ("equal", 0, ahead, 0, ahead),
        *(
            (how, a + ahead, b + ahead, c + ahead, d + ahead)
            for how, a, b, c, d in middle.get_opcodes()
        ),
        ("equal", len(old) - behind, len(old), len(new) - behind, len(new)),
    ]


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many pieces both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _pieces(text: str) -> tuple[list[int], list[str]]:
    """Return the pieces of a text and where each begins, the end of the text last."""
    found = list(_WORDS.finditer(text))
    return [*(one.start() for one in found), len(text)], [one.group() for one in found]


def _place(moves: list[_Move], start: int, end: int) -> Place:
    inside = [move for move in moves if move.start < end and start < move.end]
    if all(move.how == "equal" for move in inside) and _joined(inside):
        shift = inside[0].at - inside[0].start
        return Place(start + shift, end + shift)
    words = "".join(move.words for move in inside if move.how == "replace")
    return Place(instead=words.strip()[:40])


def _joined(moves: list[_Move]) -> bool:
    """Say whether nothing was put between stretches that stay."""
    return bool(moves) and len({move.at - move.start for move in moves}) == 1
