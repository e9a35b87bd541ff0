"""Documents and laws that a text names → ``Citation``; does not look them up."""

from __future__ import annotations

from gongkai.reading.result import Citation


def find_citations(text: str) -> list[Citation]:
    """Find each 《title》 with its 文号 if one follows, and each 文号 that stands alone.

    Offsets are into ``text``; the caller joins repeats. A citation without a title has "".
    """
    return []
