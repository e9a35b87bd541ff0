"""Which digits are a person's: identity numbers, mobiles, bank cards; pure arithmetic."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGIONS = frozenset(
    str(region)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (81, 83))
    for region in range(first, last + 1)
) | {"71"}
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a unified social credit code (GB 32100), in the order of their values."""

_ISSUERS: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("62", "62", frozenset(range(16, 20))),  # UnionPay
    ("81", "81", frozenset(range(16, 20))),  # UnionPay's second range
    ("4", "4", frozenset({13, 16, 19})),  # Visa
    ("51", "55", frozenset({16})),  # MasterCard
    ("2221", "2720", frozenset({16})),
    ("34", "34", frozenset({15})),  # American Express
    ("37", "37", frozenset({15})),
    ("3528", "3589", frozenset({16})),  # JCB
    ("300", "305", frozenset({14})),  # Diners Club
    ("36", "36", frozenset({14})),
    ("9558", "9559", frozenset({16, 17, 18, 19})),  # debit cards older than UnionPay's numbers
    ("601382", "601382", frozenset({19})),
    ("603367", "603708", frozenset({16, 17, 18, 19})),
)


def is_id_number(text: str, until: date | None = None) -> bool:
    """Say whether this is an identity number: 18 characters with their check (GB 11643), or the
    15 of the old form; region and day of birth must exist.

    A foreigner's permanent residence card has the same form behind a 9. ``until`` is the last
    day on which anybody can have been born.
    """
    if len(text) == 15:
        return text.isdigit() and text[:2] in _REGIONS and _is_day(f"19{text[6:12]}", until)
    return _is_formed(text, until) and _CHECKS[_sum(text) % 11] == text[17].upper()


def is_rounded_id_number(text: str, until: date | None = None) -> bool:
    """Say whether this was an identity number before a spreadsheet took it for a number: it keeps
    fifteen digits and writes zeros for the rest."""
    return text.endswith("000") and text.isdigit() and _is_formed(text, until)


def _is_formed(text: str, until: date | None) -> bool:
    if len(text) != 18 or not (text[:17].isascii() and text[:17].isdigit()):
        return False
    region = text[1:3] if text[0] == "9" else text[:2]
    return region in _REGIONS and _is_day(text[6:14], until)


def _sum(text: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))


def _is_day(text: str, until: date | None) -> bool:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= day <= (until or date(2100, 12, 31))


def is_bank_card(digits: str) -> bool:
    """Say whether this is a bank card: 13 to 19 digits of a known issuer that pass Luhn's check
    and are no unified social credit code."""
    known = any(
        len(digits) in lengths and first <= digits[: len(first)] <= last
        for first, last, lengths in _ISSUERS
    )
    return known and len(set(digits)) > 1 and passes_luhn(digits) and not is_credit_code(digits)


def passes_luhn(digits: str) -> bool:
    """Say whether a number passes Luhn's check (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_credit_code(text: str) -> bool:
    """Say whether this is an organisation's unified social credit code by its check (GB 32100)."""
    if len(text) != 18 or any(char not in _CREDIT for char in text):
        return False
    total = sum(_CREDIT.index(char) * pow(3, place, 31) for place, char in enumerate(text[:17]))
    return _CREDIT[(31 - total % 31) % 31] == text[17]
