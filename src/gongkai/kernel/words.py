"""Values of a column that carry the Chinese word that screens show for them; no values here."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """An enumeration whose members are written ``OPEN = "open", "在办"``: the value, its word."""

    _value_: str
    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the member of that value; ``State("open")`` finds it again and needs no word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def pairs(cls) -> list[tuple[str, str]]:
        """Return each value with its word, as a column or a form wants its choices."""
        return [(member.value, member.label) for member in cls]
