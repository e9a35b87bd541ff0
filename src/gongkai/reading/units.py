"""Who leads and who supports, from the words of a cell, bracket or sentence; resolves no names."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.reading.result import Flag


@dataclass(frozen=True)
class UnitPhrase:
    """The units of a phrase. ``vague``: a set is named whose members the text does not give."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    vague: bool = False
    flags: tuple[Flag, ...] = ()
    """``no-unit`` and ``vague-set``, as a task shows them."""


@dataclass(frozen=True)
class Bracket:
    """The closing bracket of a clause that names units; ``start``/``end`` include its brackets.

    ``due_text`` is the value of a deadline field inside it (完成时限：2019年底前), to be read by
    ``deadlines.read_deadline``; ``text`` is the whole inside, without the brackets.
    """

    text: str
    start: int
    end: int
    units: UnitPhrase
    units_text: str = ""
    due_text: str | None = None


def read_units(text: str, *, bracket: bool = False) -> UnitPhrase:
    """Read a unit column's cell, or what stands in a closing bracket (``bracket=True``)."""
    return UnitPhrase()


def split_bracket(text: str) -> tuple[str, Bracket | None]:
    """Split a clause into its own words and its closing bracket, if that names units.

    Several closing brackets in a row (units, then deadline) count as one.
    """
    return text, None


def find_units(sentence: str) -> UnitPhrase | None:
    """Find the units that a sentence of running text gives itself (由办公室牵头), or None."""
    return None
