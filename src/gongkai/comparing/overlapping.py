"""How much of a text repeats another one, and where; judges nothing and compares no meaning."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.comparing.plain import Plain, plain

SHORTEST = 16
"""Letters and digits that must be alike in a row. Set phrases (按照党中央国务院决策部署) are
shorter, a clause that was copied is longer (ADR 0221)."""

_MOST_PLACES = 16
"""So many places of the policy are tried for one that goes on longest."""
_FIRST_STEP = 64
_QUOTED = re.compile(r"“[^“”]{1,2000}”|《[^《》]{1,300}》|「[^「」]{1,2000}」|『[^『』]{1,2000}』")


@dataclass(frozen=True)
class Passage:
    """A stretch of the material that the policy has as well.

    ``start``..``end`` in the material, ``at``..``to`` in the policy, in characters of the texts
    as given; ``length`` counts letters and digits, ``quoted`` those of them that stand in quotes.
    """

    start: int
    end: int
    at: int
    to: int
    length: int
    quoted: int = 0


@dataclass(frozen=True)
class Overlap:
    """How much of the material repeats the policy.

    ``share`` (0 to 1) is of the letters and digits that stand in no quotes; ``quoted`` counts
    the repeated ones in quotes, which are no fault.
    """

    share: float
    passages: tuple[Passage, ...] = ()
    quoted: int = 0


def overlap(material: str, policy: str, *, shortest: int = SHORTEST) -> Overlap:
    """Find what of an interpretation repeats the text of its policy (regulation 6.2).

    White space, punctuation, width and case do not count. Passages do not overlap in the
    material and stand in its order. The time grows with the lengths of both texts.
    """
    if shortest < 1:
        raise ValueError("shortest must be at least 1")
    mine, theirs = plain(material), plain(policy)
    inside = _quoted(material, mine)
    found = tuple(
        _passage(mine, theirs, inside, at, there, size)
        for at, there, size in _alike(mine.text, theirs.text, shortest)
    )
    quoted = sum(one.quoted for one in found)
    free = len(mine.text) - len(inside)
    repeated = sum(one.length for one in found) - quoted
    return Overlap(repeated / free if free else 0.0, found, quoted)


def _quoted(text: str, mine: Plain) -> list[int]:
    """Return which letters stand in quotes or title marks, in order."""
    inside: list[int] = []
    for match in _QUOTED.finditer(text):
        inside.extend(range(bisect_left(mine.at, match.start()), bisect_left(mine.at, match.end())))
    return inside


def _passage(
    mine: Plain, theirs: Plain, inside: list[int], at: int, there: int, size: int
) -> Passage:
    quoted = bisect_right(inside, at + size - 1) - bisect_left(inside, at)
    return Passage(
        mine.at[at],
        mine.at[at + size - 1] + 1,
        theirs.at[there],
        theirs.at[there + size - 1] + 1,
        size,
        quoted,
    )


def _alike(mine: str, theirs: str, shortest: int) -> Iterator[tuple[int, int, int]]:
    """Yield where stretches are alike, from the left, each as long as it can be."""
    if len(mine) < shortest or len(theirs) < shortest:
        return
    first, following = _index(theirs, shortest)
    at = 0
    while at + shortest <= len(mine):
        place = first.get(mine[at : at + shortest], -1)
        if place < 0:
            at += 1
            continue
        best, size = place, 0
        for _ in range(_MOST_PLACES):
            goes_on = _length(mine, theirs, at, place)
            if goes_on > size:
                best, size = place, goes_on
            place = following[place]
            if place < 0:
                break
        yield at, best, size
        at += size


def _index(theirs: str, shortest: int) -> tuple[dict[str, int], list[int]]:
    """Return where each stretch begins first, and for each place the next one with the same."""
    first: dict[str, int] = {}
    following = [-1] * len(theirs)
    for at in range(len(theirs) - shortest, -1, -1):
        stretch = theirs[at : at + shortest]
        following[at] = first.get(stretch, -1)
        first[stretch] = at
    return first, following


def _length(mine: str, theirs: str, at: int, there: int) -> int:
    """Return how many characters are alike from here on: steps grow, then shrink to the end."""
    most = min(len(mine) - at, len(theirs) - there)
    size, step, grows = 0, _FIRST_STEP, True
    while step and size < most:
        step = min(step, most - size)
        a, b = at + size, there + size
        if mine[a : a + step] == theirs[b : b + step]:
            size += step
            step = step * 2 if grows else step
        else:
            grows = False
            step //= 2
    return size
