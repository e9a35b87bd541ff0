"""Sums, shares, rates and changes that a text states, computed again; reads one text at a time."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.reading.figures import movements, shares, sums
from gongkai.reading.figures.amounts import Claim, sentences
from gongkai.reading.folded import Folded, fold
from gongkai.reading.result import Figure

__all__ = ["find_figures"]


def find_figures(text: str) -> list[Figure]:
    """Find each figure that can be computed again from numbers beside it; claim no other.

    A figure and its numbers stand in one sentence. Offsets are into ``text``; percents as 71.4,
    positive in the stated direction; ``agrees`` within half a unit of the last stated digit.
    What is said to be about so much (近30%, 约3倍) is not claimed (ADR 33).
    """
    folded = fold(text)
    claims = {claim.end: claim for claim in _claims(folded.text)}
    return [_figure(folded, claims[end]) for end in sorted(claims)]


def _claims(text: str) -> Iterator[Claim]:
    for sentence in sentences(text):
        for reader in (shares.claims, movements.claims, sums.claims):
            yield from reader(sentence)


def _figure(folded: Folded, claim: Claim) -> Figure:
    start, end = folded.span(claim.start, claim.end)
    return Figure(
        claim.kind,
        folded.original[start:end].strip(),
        stated=float(claim.stated),
        computed=claim.shown(),
        agrees=claim.agrees(),
        start=start,
        end=end,
    )
