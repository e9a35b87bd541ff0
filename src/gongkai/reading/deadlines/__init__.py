"""The words that say when something is due → ``Due`` and ``Limit``; knows nothing of tables."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.reading.deadlines import dues, running, words
from gongkai.reading.deadlines.cadences import find_cadence
from gongkai.reading.deadlines.days import find_days
from gongkai.reading.deadlines.limits import Span, find_limits_in, find_spans, phrase_start
from gongkai.reading.folded import Folded, fold
from gongkai.reading.result import Due, Limit

__all__ = ["find_due", "find_limits", "impossible_dates", "read_deadline"]

_LABEL = re.compile(
    r"^(?:(?:计划)?(?:完成|办结|办理|整改|落实|推进|实施|公开|报送))?(?:时限|时间节点|时间|期限|节点|进度)(?:要求|安排)?:(?=.)"
)
_NOTHING = re.compile(r"^[-/\\、。.无]*$")
_LONGEST_CELL = 60


def read_deadline(text: str, *, year: int | None, column: bool = True) -> Due | None:
    """Read a deadline column's cell or the value of a （完成时限：…） field.

    ``year`` is the document's. None where the text names no time, or one that cannot be
    (2月30日, see ``impossible_dates``) or whose year nobody gives. What is most exact wins: a
    day, then a cadence, a limit, the superior's arrangement, 及时, 长期, at last a bare year.
    ``column=False`` reads the text as running text, as ``find_due`` does.
    """
    if not column:
        return find_due(text, year=year)
    folded = fold(text, lines=False)
    if label := _LABEL.match(folded.text):
        folded = folded.after(label.end())
    if _NOTHING.match(folded.text):
        return None
    due = _of_cell(folded, year)
    whole = folded.words(0, len(folded.text))
    return replace(due, text=whole) if due and len(whole) <= _LONGEST_CELL else due


def find_due(text: str, *, year: int | None, weak: bool = False) -> Due | None:
    """Find when a clause or sentence of running text is to be done, or None.

    A day counts only where the words make it a deadline (前, 底, 内, 到2020年) and not where
    they tell what was. A bare 及时, 持续, 长期 counts only with ``weak=True``, and then only for
    a single short sentence (ADR 30): ask with ``weak=False`` whether a sentence has a deadline
    of its own, with ``weak=True`` for a table row or a clause of one sentence.
    """
    folded = fold(text)
    days = running.deadlines(folded.text, find_days(folded.text, year), year)
    return (
        dues.of_days(folded, days)
        or dues.of_cadence(folded, find_cadence(folded.text, column=False))
        or _from_trigger(folded)
        or dues.of_match(folded, running.superior(folded.text), "superior")
        or (_weak(folded) if weak else None)
    )


def find_limits(text: str) -> list[Limit]:
    """Find the limits counted from a trigger (在5小时内…, 5个工作日的公示), each with its phrase.

    Half units are told in smaller ones: 半个月 is 15 days, 半年 6 months; years are 12 months.
    """
    return find_limits_in(fold(text))


def impossible_dates(text: str) -> list[str]:
    """Return the words of each date that no calendar has (2月30日, 13月)."""
    folded = fold(text)
    return [
        folded.words(day.start, day.end) for day in find_days(folded.text, None) if day.impossible
    ]


def _of_cell(folded: Folded, year: int | None) -> Due | None:
    days = find_days(folded.text, year)
    if any(day.impossible for day in days):
        return None
    days = [day for day in days if not day.begins]
    spans = find_spans(folded.text) or _bare_limit(folded.text)
    return (
        dues.of_days(folded, [day for day in days if day.kind != "year"])
        or dues.of_cadence(folded, find_cadence(folded.text, column=True))
        or dues.of_span(folded, spans[0] if spans else None)
        or dues.of_match(folded, words.SUPERIOR.search(folded.text), "superior")
        or dues.of_match(folded, words.PROMPTLY.search(folded.text), "promptly")
        or dues.of_match(folded, words.STANDING.search(folded.text), "standing")
        or _whole_year(folded, year)
        or dues.of_days(folded, days)
    )


def _bare_limit(text: str) -> list[Span]:
    """A cell that is nothing but 20个工作日 leaves 内 out."""
    return [span for span in find_spans(f"{text}内") if not span.start]


def _whole_year(folded: Folded, year: int | None) -> Due | None:
    """全年 without a year of its own is the document's."""
    found = words.WHOLE_YEAR.search(folded.text)
    if not found:
        return None
    named = [day for day in find_days(folded.text, year) if day.on]
    last = max((day.on.year for day in named if day.on), default=year)
    return Due("year", folded.words(*found.span()), on=f"{last:04}-12-31") if last else None


def _from_trigger(folded: Folded) -> Due | None:
    span = running.triggered(folded.text, find_spans(folded.text))
    start = phrase_start(folded.text, span.start) if span else None
    return dues.of_span(folded, span, start)


def _weak(folded: Folded) -> Due | None:
    found = running.weak(folded.text)
    return (
        dues.of_match(folded, found[0], "promptly" if found[1] else "standing") if found else None
    )
