"""What two texts share, found in time that grows with their length; spans only, no tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\d+(?:\.\d+)?%?|[^\d]")
"""A number is one piece, so that 12 is never found inside 120; all else goes by character."""

_LINES = re.compile(r"[^\n]*\n|[^\n]+")

EXACT = 100_000
"""So many pairs of like pieces are weighed against each other one by one; the time for it grows
with their number, which in a long paragraph is the square of its length."""

RUN = 8
"""Above that, texts are first tied together where so many pieces in a row are alike."""

Block = tuple[int, int, int]
"""Where a run of like pieces begins in the one, in the other, and how many they are."""

_Gap = tuple[int, int, int, int]
"""A stretch of the one and a stretch of the other that are still to be compared."""


@dataclass(frozen=True)
class Move:
    """A stretch ``start``..``end`` of the old text and what stands ``at`` its place in the new.

    ``how`` is equal, replace, delete or insert.
    """

    how: str
    start: int
    end: int
    at: int
    words: str


def moves(old: str, new: str) -> Iterator[Move]:
    """Compare two texts by paragraphs first, then piece by piece within those that changed.

    The stretches give the old text one after the other, their words the new one.
    """
    for how, a, b, c, d in _steps(old, new, _LINES):
        if how != "replace":
            yield Move(how, a, b, c, new[c:d])
            continue
        for inner, e, f, g, h in _steps(old[a:b], new[c:d], _WORDS):
            yield Move(inner, a + e, a + f, c + g, new[c + g : c + h])


def _steps(old: str, new: str, cut: re.Pattern[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Compare two texts by the pieces that ``cut`` finds; yields offsets into the texts."""
    old_at, old_pieces = _pieces(old, cut)
    new_at, new_pieces = _pieces(new, cut)
    a = c = 0
    for b, d, size in [*blocks(old_pieces, new_pieces), (len(old_pieces), len(new_pieces), 0)]:
        if a < b or c < d:
            how = "replace" if a < b and c < d else "delete" if a < b else "insert"
            yield how, old_at[a], old_at[b], new_at[c], new_at[d]
        a, c = b + size, d + size
        if size:
            yield "equal", old_at[b], old_at[a], new_at[d], new_at[c]


def _pieces(text: str, cut: re.Pattern[str]) -> tuple[list[int], list[str]]:
    """Return the pieces of a text and where each begins, the end of the text last."""
    found = list(cut.finditer(text))
    return [*(one.start() for one in found), len(text)], [one.group() for one in found]


def blocks(old: Sequence[str], new: Sequence[str], *, exact: int = EXACT) -> list[Block]:
    """Return the runs of pieces that both have in the same order.

    What is alike at both ends is not compared again. The rest is compared piece by piece where
    that is quick, and is else cut where long runs are alike, until it is.
    """
    found: list[Block] = []
    gaps: list[_Gap] = [(0, len(old), 0, len(new))]
    while gaps:
        a, b, c, d = gaps.pop()
        ahead = _alike(old, new, a, b, c, d)
        behind = _alike_behind(old, new, a + ahead, b, c + ahead, d)
        found += [(a, c, ahead), (b - behind, d - behind, behind)]
        a, b, c, d = a + ahead, b - behind, c + ahead, d - behind
        if _pairs(old[a:b], new[c:d]) <= exact:
            found += _exactly(old, new, (a, b, c, d))
            continue
        runs = _runs(old, new, (a, b, c, d))
        found += runs
        gaps += _between(runs, (a, b, c, d)) if runs else []
    return sorted(block for block in found if block[2])


def _alike(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> int:
    """Return how many pieces both stretches begin with."""
    most = min(b - a, d - c)
    return next((n for n in range(most) if old[a + n] != new[c + n]), most)


def _alike_behind(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> int:
    """Return how many pieces both stretches end with."""
    most = min(b - a, d - c)
    return next((n for n in range(most) if old[b - 1 - n] != new[d - 1 - n]), most)


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    there = Counter(new)
    return sum(n * there[piece] for piece, n in Counter(old).items())


def _exactly(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[Block]:
    a, b, c, d = gap
    matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
    return [(a + i, c + j, size) for i, j, size in matcher.get_matching_blocks()]


def _runs(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[Block]:
    """Return long runs that both have in the same order; those that are there once go first."""
    a, b, c, d = gap
    there = _starts(new, c, d)
    here = _starts(old, a, b)
    common = [(here[run], there[run]) for run in here if run in there]
    once = [(i[0], j[0]) for i, j in common if len(i) == len(j) == 1]
    each = [pair for i, j in common for pair in zip(i, j, strict=False)]
    found: list[Block] = []
    for i, j in _rising(sorted(once or each)):
        if i >= a and j >= c:
            size = _alike(old, new, i, b, j, d)
            found.append((i, j, size))
            a, c = i + size, j + size
    return found


def _starts(pieces: Sequence[str], start: int, end: int) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in range(start, end - RUN + 1):
        found[tuple(pieces[n : n + RUN])].append(n)
    return found


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most pairs, sorted by the first, of which the second rises as well."""
    lowest: list[int] = []
    """The lowest second with which so many pairs may end."""
    last: list[int] = []
    before: list[int | None] = []
    for n, (_, second) in enumerate(pairs):
        size = bisect_left(lowest, second)
        lowest[size : size + 1] = [second]
        last[size : size + 1] = [n]
        before.append(last[size - 1] if size else None)
    found = []
    at = last[-1] if last else None
    while at is not None:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _between(runs: Sequence[Block], gap: _Gap) -> Iterator[_Gap]:
    """Return what lies between the runs of a gap."""
    a, b, c, d = gap
    for i, j, size in runs:
        yield a, i, c, j
        a, c = i + size, j + size
    yield a, b, c, d
