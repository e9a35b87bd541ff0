"""Chinese text: numerals, dates' words, folding for comparison. No tables, no files."""

from __future__ import annotations

import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}


def number(text: str) -> int | None:
    """Read a whole number in Chinese or (full-width) Arabic numerals; None when it is none.

    >>> number("二十一"), number("一百零三"), number("二〇一九"), number("１２")
    (21, 103, 2019, 12)
    """
    text = unicodedata.normalize("NFKC", text.strip())
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _UNITS[c], 0
    return total + section + digit


def fold(text: str) -> str:
    """Fold a name for comparison: half-width, no spaces, plain brackets, lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if not c.isspace())
