"""The letters and digits of a text, half-width, with their places: compared, never shown."""

from __future__ import annotations

from dataclasses import dataclass

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLD = _HALF | {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)} | _LOWER
_FOLD |= {ord("○"): ord("〇")}


@dataclass(frozen=True, eq=False)
class Plain:
    """``text`` holds letters and digits only; ``at[i]`` is where its character i stood."""

    text: str
    at: list[int]


def plain(text: str) -> Plain:
    """Return a text without white space and punctuation, every other character one for one."""
    half = text.translate(_FOLD)
    at = [index for index, char in enumerate(half) if char.isalnum()]
    return Plain("".join([half[index] for index in at]), at)


def letters(text: str) -> str:
    """Return the letters and digits alone."""
    return "".join([char for char in text.translate(_FOLD) if char.isalnum()])
