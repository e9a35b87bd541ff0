"""Numbers as offices write them: 二十一, 2.3万, 1,239, 百分之四; patterns and their values."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from gongkai.kernel import chinese

CHINESE = "零〇一二两三四五六七八九十百千"
WHOLE = rf"(?:[0-9]{{1,5}}|[{CHINESE}]{{1,7}})"
"""A whole number in running text; folded to half width before."""

_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
DECIMAL = rf"(?:{_GROUPED}|[0-9]{{1,15}})(?:\.[0-9]{{1,6}})?(?:[万亿]|千(?![米克瓦]))?"
"""A count or an amount in Arabic numerals, with thousands separators and 万, 亿."""

_PLAIN = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
_SPELLED = rf"[{CHINESE}]{{1,7}}(?:点[{CHINESE}]{{1,6}})?"
PERCENT = rf"(?:{_PLAIN}%|百分之(?:{_PLAIN}|{_SPELLED}))"
"""A share, as 71.4% or 百分之七十一点四."""

_SCALES = {"千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?$")


def whole(text: str) -> int | None:
    """Read what ``WHOLE`` matched; None for what is no number after all (十十百)."""
    return chinese.number(text)


def decimal(text: str) -> tuple[Decimal, Decimal] | None:
    """Read what ``DECIMAL`` matched: the value, and half a unit of its last written digit."""
    scale = _SCALES.get(text[-1:], Decimal(1))
    plain = text.rstrip("千万亿").replace(",", "")
    if not _NUMBER.match(plain):
        return None
    return Decimal(plain) * scale, half_digit(plain) * scale


def percent(text: str) -> tuple[Decimal, Decimal] | None:
    """Read what ``PERCENT`` matched: 71.4, and half a unit of its last written digit."""
    plain = text.removesuffix("%").removeprefix("百分之")
    if not _NUMBER.match(plain):
        spelled = _spelled(plain)
        if spelled is None:
            return None
        plain = spelled
    return Decimal(plain), half_digit(plain)


def half_digit(plain: str) -> Decimal:
    """Return half a unit of the last digit of a plain number: 0.05 for 71.4."""
    decimals = len(plain.partition(".")[2])
    return Decimal(5).scaleb(-decimals - 1)


def tidy(value: Decimal, decimals: int = 1) -> float:
    """Return a value as people read it, rounded to ``decimals``."""
    try:
        return float(round(value, decimals))
    except InvalidOperation:  # more digits than any figure has
        return float(value)


def _spelled(text: str) -> str | None:
    before, point, after = text.partition("点")
    first = chinese.number(before)
    if first is None:
        return None
    rest = "".join(str(chinese.number(c)) for c in after)
    return f"{first}.{rest}" if point else str(first)
