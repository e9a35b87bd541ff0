"""The words that say when something is due → ``Due`` and ``Limit``; knows nothing of tables."""

from __future__ import annotations

from gongkai.reading.result import Due, Limit


def read_deadline(text: str, *, year: int | None, column: bool = True) -> Due | None:
    """Read a deadline column's cell or the value of a （完成时限：…） field.

    ``year`` is the document's. None where the text names no time, or one that cannot be
    (2月30日, see ``impossible_dates``) or whose year nobody gives. ``column=False`` reads it as
    running text, as ``find_due`` does.
    """
    return None


def find_due(text: str, *, year: int | None, weak: bool = False) -> Due | None:
    """Find when a clause or sentence of running text is to be done, or None.

    A bare 及时, 持续, 长期 in running text is its deadline only with ``weak=True``, and then only
    for a single short sentence (ADR 30): ask with ``weak=False`` whether a sentence has a
    deadline of its own, with ``weak=True`` for a table row or a clause of one sentence.
    """
    return None


def find_limits(text: str) -> list[Limit]:
    """Find the limits counted from a trigger (在5小时内…, 5个工作日的公示), each with its phrase."""
    return []


def impossible_dates(text: str) -> list[str]:
    """Return the words of each date that no calendar has (2月30日, 13月)."""
    return []
