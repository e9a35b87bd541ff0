"""From tokens to ``Due`` values with their words; decides nothing about which token counts."""

from __future__ import annotations

import re
from itertools import pairwise

from gongkai.reading.deadlines.cadences import Cadence
from gongkai.reading.deadlines.days import Day
from gongkai.reading.deadlines.limits import Span
from gongkai.reading.folded import Folded
from gongkai.reading.result import Due, DueKind

_NEAR = 8


def of_days(folded: Folded, days: list[Day]) -> Due | None:
    """Return the due of one day or of several; None without a day whose year is known."""
    dated = [day for day in days if day.on is not None]
    text = _said(folded, dated or days)
    if days and any(day.recurs for day in days):
        return Due("yearly", text, n=len(days))
    if not dated:
        return None
    on_days = sorted({day.on.isoformat() for day in dated if day.on})
    kinds = {day.kind for day in dated}
    kind: DueKind = dated[0].kind if len(kinds) == 1 else "date"
    return Due(kind, text, on=on_days[-1], dates=tuple(on_days) if len(on_days) > 1 else ())


def of_cadence(folded: Folded, cadence: Cadence | None) -> Due | None:
    """Return the due of a cadence."""
    if cadence is None:
        return None
    text = folded.words(cadence.start, cadence.end)
    return Due(cadence.kind, text, day=cadence.day, n=cadence.times)


def of_span(folded: Folded, span: Span | None, start: int | None = None) -> Due | None:
    """Return the due of a limit; ``start`` is where the words of its trigger begin."""
    if span is None:
        return None
    text = folded.words(span.start if start is None else start, span.end)
    return Due("within", text, n=span.n, unit=span.unit)


def of_match(folded: Folded, found: re.Match[str] | None, kind: DueKind) -> Due | None:
    """Return the due that words without a number name."""
    return Due(kind, folded.words(*found.span())) if found else None


def _said(folded: Folded, days: list[Day]) -> str:
    if not days:
        return ""
    if all(b.start - a.end <= _NEAR for a, b in pairwise(days)):
        return folded.words(days[0].start, days[-1].end)
    return "、".join(folded.words(day.start, day.end) for day in days)
