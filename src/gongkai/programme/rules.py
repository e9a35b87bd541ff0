"""From what a document says to what clock a task gets, as arithmetic on values; no tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gongkai.programme.states import Change, ClockKind

PROMPT_WORKING_DAYS = 20
"""条例 第二十六条: published within 20 working days of forming or change."""

_CADENCES = ("monthly", "quarterly", "half-yearly", "yearly")
ALIKE = 0.6
"""Texts of two versions that share this much of their pairs of characters are one task revised."""


@dataclass(frozen=True)
class Clock:
    """The clock an officer chose for a task; only the fields that its kind asks for are set.

    ``on``: the ISO day of a date. ``cadence``: monthly, quarterly, half-yearly, yearly, with
    ``day`` of the month and ``times`` a year. ``n``/``unit``: within, counted from each trigger;
    for promptly ``n`` working days from each trigger. ``reason``: why there is none.
    """

    kind: ClockKind
    on: str = ""
    dates: tuple[str, ...] = ()
    cadence: str = ""
    day: int | None = None
    times: int | None = None
    n: int | None = None
    unit: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the set fields as plain JSON."""
        return {k: v for k, v in asdict(self).items() if v not in ("", None, ())}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Clock:
        """Read a clock back from ``as_json``; raises ``ValueError`` for an unknown kind."""
        fields = dict(data)
        fields["kind"] = ClockKind(fields["kind"])
        fields["dates"] = tuple(fields.get("dates", ()))
        return cls(**fields)


def propose_clock(due: Mapping[str, Any] | None) -> Clock | None:
    """Propose the clock for a deadline as read; None where the officer has to choose."""
    if due is None:
        return None
    kind = due["kind"]
    if kind in ("date", "month", "year"):
        days = tuple(due.get("dates") or ())
        return Clock(ClockKind.DATE, on=due["on"], dates=days if len(days) > 1 else ())
    if kind in _CADENCES:
        times = due.get("n") if kind == "yearly" else None
        return Clock(ClockKind.CADENCE, cadence=kind, day=due.get("day"), times=times)
    if kind == "within":
        return Clock(ClockKind.WITHIN, n=due["n"], unit=due["unit"])
    if kind == "promptly":
        return Clock(ClockKind.PROMPTLY, n=PROMPT_WORKING_DAYS, unit="workday")
    return Clock(ClockKind(kind))


def move_to_year(clock: Clock, years: int) -> Clock:
    """Shift a clock's days by whole years; 29 February becomes the last day of February."""
    if clock.kind is not ClockKind.DATE or not years:
        return clock
    return Clock(
        ClockKind.DATE,
        on=_shift(clock.on, years),
        dates=tuple(_shift(day, years) for day in clock.dates),
    )


def _shift(day: str, years: int) -> str:
    old = date.fromisoformat(day)
    try:
        return old.replace(year=old.year + years).isoformat()
    except ValueError:
        return old.replace(year=old.year + years, day=28).isoformat()


def moved_to(clock: Clock, source_year: int, year: int) -> Clock:
    """Move the days of the document's own year to ``year``; days elsewhere stay (ADR 12)."""
    if clock.on.startswith(f"{source_year}-"):
        return move_to_year(clock, year - source_year)
    return clock


def clock_in_words(clock: Clock | None) -> str:
    """Say in Chinese what the clock does, as the officer reads it beside the task."""
    if clock is None:
        return "未选定时限"
    if clock.kind is ClockKind.DATE:
        days = clock.dates or (clock.on,)
        return "、".join(day_in_words(d) for d in days) + "前完成"
    if clock.kind is ClockKind.CADENCE:
        return cadence_in_words(clock)
    if clock.kind is ClockKind.PROMPTLY:
        return f"每次发生后{clock.n or PROMPT_WORKING_DAYS}个工作日内，每季度报一次进展"
    if clock.kind is ClockKind.WITHIN:
        unit = {"hour": "小时", "day": "日", "workday": "个工作日", "week": "周", "month": "个月"}
        return f"每次发生后{clock.n}{unit[clock.unit]}内"
    if clock.kind is ClockKind.STANDING:
        return "长期坚持，每季度报一次进展"
    if clock.kind is ClockKind.SUPERIOR:
        return "等上级明确时间"
    return f"不计时：{clock.reason}"


def cadence_in_words(clock: Clock) -> str:
    """Say a cadence in Chinese."""
    if clock.cadence == "monthly":
        return f"每月{clock.day}日前" if clock.day else "每月一次"
    if clock.cadence == "yearly":
        return f"每年不少于{clock.times or 1}次"
    return {"quarterly": "每季度一次", "half-yearly": "每半年一次"}[clock.cadence]


def day_in_words(day: str) -> str:
    """Write an ISO day as 2026年6月30日, without padding (GB/T 9704)."""
    d = date.fromisoformat(day)
    return f"{d.year}年{d.month}月{d.day}日"


def new_year_for(today: date) -> int:
    """Offer the year to which a past programme is moved: the running one in its first half."""
    return today.year if today.month <= 6 else today.year + 1


@dataclass(frozen=True)
class Outline:
    """What of a task is compared between two versions of a document."""

    id: int
    row: int
    clause: str
    text: str
    rest: tuple[Any, ...] = ()
    """Units, clock, superior: whatever else makes a change when it differs."""


@dataclass(frozen=True)
class Match:
    """A pair of old and new outline, or one alone."""

    change: Change
    old: int | None
    new: int | None
    fields: tuple[str, ...] = ()


def match_versions(old: Sequence[Outline], new: Sequence[Outline]) -> list[Match]:
    """Pair the tasks of a document's earlier version with those of the later, best first.

    Equal texts pair first, then texts at least ``ALIKE`` alike, best first; a task pairs once.
    """
    pairs = _equal_pairs(old, new)
    left_old = [o for o in old if o.id not in pairs]
    left_new = [n for n in new if n.id not in set(pairs.values())]
    scored = sorted(
        (
            (_likeness(o, n), -i, -j, o, n)
            for i, o in enumerate(left_old)
            for j, n in enumerate(left_new)
        ),
        key=lambda row: row[:3],
        reverse=True,
    )
    taken_new = set(pairs.values())
    for score, _, _, o, n in scored:
        if score >= ALIKE and o.id not in pairs and n.id not in taken_new:
            pairs[o.id] = n.id
            taken_new.add(n.id)
    by_new = {n.id: n for n in new}
    found = [_compare(o, by_new[pairs[o.id]]) for o in old if o.id in pairs]
    found += [Match(Change.REMOVED, o.id, None) for o in old if o.id not in pairs]
    return found + [Match(Change.ADDED, None, n.id) for n in new if n.id not in taken_new]


def _equal_pairs(old: Sequence[Outline], new: Sequence[Outline]) -> dict[int, int]:
    waiting: dict[str, list[Outline]] = {}
    for n in new:
        waiting.setdefault(n.text, []).append(n)
    pairs: dict[int, int] = {}
    for o in old:
        same = waiting.get(o.text)
        if same:
            best = max(same, key=lambda n: (n.clause == o.clause, n.row == o.row))
            same.remove(best)
            pairs[o.id] = best.id
    return pairs


def _likeness(old: Outline, new: Outline) -> float:
    a, b = _pairs_of_characters(old.text), _pairs_of_characters(new.text)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _pairs_of_characters(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _compare(old: Outline, new: Outline) -> Match:
    fields = tuple(
        name
        for name, a, b in (
            ("text", old.text, new.text),
            ("clause", old.clause, new.clause),
            ("rest", old.rest, new.rest),
        )
        if a != b
    )
    return Match(Change.CHANGED if fields else Change.SAME, old.id, new.id, fields)


def digest(source_sha256: str, proposals: Iterable[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of one exact version: the source's hash and each task as corrected."""
    plain = json.dumps(
        {"source": source_sha256, "tasks": list(proposals)},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(plain.encode()).hexdigest()
