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


def is_id_number(text: str) -> bool:
    """Say whether this is an identity number: 18 characters with their check (GB 11643), or the
    15 of the old form; region and day of birth must exist."""
    if text[:2] not in _REGIONS:
        return False
    if len(text) == 15:
        return text.isdigit() and _is_day(f"19{text[6:12]}")
    if len(text) != 18 or not text[:17].isdigit() or not _is_day(text[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == text[17].upper()


def _is_day(text: str) -> bool:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2100


def is_bank_card(digits: str) -> bool:
    """Say whether this is a bank card: 16 to 19 digits of a known issuer that pass Luhn's check.

    The issuers are UnionPay (62), and Visa, MasterCard and others of 16 digits.
    """
    known = digits.startswith("62") and 16 <= len(digits) <= 19
    known = known or (len(digits) == 16 and digits[0] in "345")
    return known and len(set(digits)) > 1 and passes_luhn(digits)


def passes_luhn(digits: str) -> bool:
    """Say whether a number passes Luhn's check (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
