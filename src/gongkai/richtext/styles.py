"""What a style attribute of Word, WPS or a browser means for us; knows no tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LIST = re.compile(r"\bl\d+\s+level(\d+)\b")
_LENGTH = re.compile(r"(-?[\d.]+)\s*(em|rem|pt|px|cm|mm|in|ch)?")
# How much of each unit makes an indent of at least one character of small type.
_ONE_CHARACTER = {
    "em": 0.9, "rem": 0.9, "ch": 1.8, "pt": 10, "px": 14, "cm": 0.35, "mm": 3.5, "in": 0.14
}  # fmt: skip


@dataclass(frozen=True)
class Style:
    """The declarations of one element, in lower case."""

    told: dict[str, str]

    @classmethod
    def of(cls, text: str | None) -> Style:
        """Read a style attribute."""
        pairs = (part.partition(":") for part in (text or "").split(";"))
        return cls({name.strip().lower(): value.strip().lower() for name, _, value in pairs})

    def get(self, name: str) -> str:
        """Return one value, "" without it."""
        return self.told.get(name, "")

    @property
    def hidden(self) -> bool:
        """Whether nobody was meant to see it."""
        return (
            self.get("display") == "none"
            or self.get("visibility") == "hidden"
            or self.get("mso-hide") == "all"
            or self.get("mso-element") in ("comment-list", "comment", "header", "footer")
            or "comment" in self.get("mso-special-character")
        )

    @property
    def align(self) -> str:
        """``center``, ``right``, ``left`` or "" where it says nothing."""
        value = self.get("text-align")
        named = {"center": "center", "right": "right", "end": "right"}
        return named.get(value, "left" if value in ("left", "start", "justify") else "")

    @property
    def indented(self) -> bool:
        """Whether the first line starts further in."""
        if _length(self.get("mso-char-indent-count"), "em"):
            return True
        return _length(self.get("text-indent"), "px")

    @property
    def list_level(self) -> int:
        """The level of a list paragraph of an office program, 0 for none."""
        found = _LIST.search(self.get("mso-list"))
        return int(found[1]) if found else 0

    @property
    def is_list_marker(self) -> bool:
        """Whether the element only shows the bullet or number of its paragraph."""
        return self.get("mso-list") == "ignore"

    def marks(self) -> tuple[set[str], set[str]]:
        """Return the marks that the style puts on and those that it takes off."""
        on: set[str] = set()
        off: set[str] = set()
        weight = self.get("font-weight")
        if weight:
            bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:4]) >= 600)
            (on if bold else off).add("strong")
        if slant := self.get("font-style"):
            (on if slant in ("italic", "oblique") else off).add("em")
        line = self.get("text-decoration") + " " + self.get("text-decoration-line")
        on |= {mark for word, mark in (("underline", "u"), ("line-through", "s")) if word in line}
        if self.get("vertical-align") in ("sub", "super"):
            on.add("sub" if self.get("vertical-align") == "sub" else "sup")
        return on, off


def _length(value: str, otherwise: str) -> bool:
    """Tell whether the length is at least one character."""
    found = _LENGTH.fullmatch(value)
    try:
        number = float(found[1]) if found else 0.0
    except ValueError:
        return False
    return bool(found) and number >= _ONE_CHARACTER[(found[2] if found else "") or otherwise]
