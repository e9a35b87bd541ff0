"""Numbers of notices, the hash of a reply that is signed; no tables, no settings, no clock."""

from __future__ import annotations

import hashlib
import json

MOST_DAYS = 120
"""The longest limit a notice may give; longer is a task of its own."""

NOTICE_PATTERN = "督办〔{year}〕{n}号"
"""How a notice is numbered where the office sets nothing else."""

INSTRUCTION_PATTERN = "批示〔{year}〕{n}号"


def number(pattern: str, *, year: int, n: int) -> str:
    """Return the number of a year's nth notice, as the office writes it.

    Raises ``ValueError`` for a pattern that does not name year and n.
    """
    if "{year}" not in pattern or "{n}" not in pattern:
        raise ValueError(pattern)
    return pattern.replace("{year}", str(year)).replace("{n}", str(n))


def checked_pattern(text: str) -> str:
    """Return the pattern if it can number notices. Raises ``ValueError``."""
    number(text, year=2026, n=1)
    return text


def digest(charge: int, serial: int, text: str) -> str:
    """Return the hash of the exact reply that is signed; each sending is a version of its own."""
    said = json.dumps(["reply", charge, serial, text], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
