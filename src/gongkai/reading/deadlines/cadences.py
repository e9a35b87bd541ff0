"""Words for what comes back: each month, quarter, half-year, at least N times a year."""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.reading.numerals import CHINESE, WHOLE, whole
from gongkai.reading.result import DueKind


class Cadence(NamedTuple):
    """A cadence and where its words stand in the folded text."""

    start: int
    end: int
    kind: DueKind
    day: int | None = None
    times: int | None = None


_TIMES = r"(?:次|场次|场(?!所)|回(?!应|复)|轮)"
_AT_LEAST = r"(?:不少于|不得少于|不低于|至少|最少|不下于)"
_GAP = r"[^。;,\n每]{0,30}?"
_COUNTED = re.compile(
    rf"(?P<each>(?:每年度?|每个年度|每一年|一年(?!级|来|内|以)|全年|年度?内|本年度))"
    rf"(?P<gap>{_GAP})(?<![第0-9.{CHINESE}])(?P<n>{WHOLE})(?:[-至到]{WHOLE})?{_TIMES}(?P<more>以上|及以上)?"
)
_MONTHS = re.compile(rf"每(?:隔)?(?P<n>{WHOLE}|双)个?月")
_MONTHLY = re.compile(
    rf"(?:每个?月|每月度|按月度?|逐月|月月)(?!饼|球)"
    rf"(?:[的在于]?(?:(?P<day>{WHOLE})[日号]|(?P<part>月?[底末初]|[上中下]旬|最后(?:一个?)?(?:工作日|天|日))))?"
    rf"(?:之前|以前|前)?"
)
_TIMES_BEHIND = re.compile(rf"[^。;,\n每]{{0,12}}?(?<![第0-9.{CHINESE}])(?P<n>{WHOLE}){_TIMES}")
_MOST_A_PERIOD = 31
_NEXT_MONTH = re.compile(rf"[次下]个?月(?P<day>{WHOLE})[日号]")
_QUARTERLY = re.compile(
    r"(?:每个?季度?|每一(?:个)?季度?|按季度?|逐季度?|分季度|季季)(?!节)(?:首月|末月|末|底|初)?(?:之前|以前|前)?"
)
_HALF = re.compile(
    r"每(?:个|隔)?半年度?|每个?学期|半年度?(?:至少)?[一1]次|[上下][、和]?下?半年度?各"
)
_YEARLY = re.compile(r"每(?:个)?年度?|每一年|一年[一1]次|一年一度|按年度")
_COLUMN_ONLY: tuple[tuple[re.Pattern[str], DueKind], ...] = (
    (re.compile(r"^(?:月度|[月]底|月末|双?月报)(?:前|之前|更新|公开)?$|^月[底末]"), "monthly"),
    (re.compile(r"^季度(?:末|底)?|^季[末底报]|(?<![一二三四1-4])季度末"), "quarterly"),
    (re.compile(r"^半年度?(?:报|末|底)?$"), "half-yearly"),
    (re.compile(r"^年度(?:性|工作|任务|内)?$|^逐年"), "yearly"),
)
_NOUN = re.compile(r"的(?!第|最)|度?(?:报告|报表|例会)")
_LAST_DAY = 31
_PARTS = {"上旬": 10, "初": 10, "月初": 10, "中旬": 20}


def find_cadence(text: str, *, column: bool) -> Cadence | None:
    """Return the cadence that a folded text names; the most exact when it names several.

    ``column=True`` also takes words that mean a cadence only in a deadline column (季度末).
    ``day`` is the day of the month, 31 for its last.
    """
    return (
        _counted(text)
        or _with_times(_monthly(text), text)
        or _with_times(_plain(_QUARTERLY, "quarterly", text), text)
        or _with_times(_plain(_HALF, "half-yearly", text), text)
        or _every_year(text)
        or (_in_column(text) if column else None)
    )


def _counted(text: str) -> Cadence | None:
    for found in _COUNTED.finditer(text):
        said = re.search(_AT_LEAST, found["gap"]) is not None or found["more"] is not None
        if not (said or found["each"].startswith(("每", "一"))):
            continue  # 全年召开10次 tells what was; 全年不少于10次 asks for it
        if (times := whole(found["n"])) and times <= 400:
            return Cadence(*found.span(), "yearly", times=times)
    return None


def _with_times(cadence: Cadence | None, text: str) -> Cadence | None:
    """Add how often in each period, where it is more than once: 每季度至少更新2次."""
    found = _TIMES_BEHIND.match(text, cadence.end) if cadence else None
    times = whole(found["n"]) if found else None
    if cadence is None or found is None or not times or not 1 < times <= _MOST_A_PERIOD:
        return cadence
    return cadence._replace(end=found.end(), times=times)


def _monthly(text: str) -> Cadence | None:
    if found := _MONTHS.search(text):
        every = 2 if found["n"] == "双" else whole(found["n"])
        return _every_months(found.span(), every)
    if found := _first(_MONTHLY, text):
        return Cadence(*found.span(), "monthly", day=_day(found["day"], found["part"]))
    if found := _NEXT_MONTH.search(text):
        return Cadence(*found.span(), "monthly", day=_day(found["day"], None))
    return None


def _every_months(span: tuple[int, int], months: int | None) -> Cadence | None:
    known: dict[int, DueKind] = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
    if months in known:
        return Cadence(*span, known[months], times=1 if months == 12 else None)
    if months and months < 12 and 12 % months == 0:
        return Cadence(*span, "yearly", times=12 // months)
    return None


def _day(written: str | None, part: str | None) -> int | None:
    if written:
        day = whole(written)
        return day if day and 1 <= day <= _LAST_DAY else None
    if part:
        return _PARTS.get(part, _LAST_DAY)
    return None


def _plain(pattern: re.Pattern[str], kind: DueKind, text: str) -> Cadence | None:
    found = _first(pattern, text)
    return Cadence(*found.span(), kind) if found else None


def _every_year(text: str) -> Cadence | None:
    found = _first(_YEARLY, text)
    return Cadence(*found.span(), "yearly", times=1) if found else None


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the first match that is not the attribute of a noun (每季度的形象进度)."""
    return next((m for m in pattern.finditer(text) if not _NOUN.match(text, m.end())), None)


def _in_column(text: str) -> Cadence | None:
    for pattern, kind in _COLUMN_ONLY:
        if found := pattern.search(text):
            day = _LAST_DAY if kind == "monthly" and found[0][:2] in ("月底", "月末") else None
            times = 1 if kind == "yearly" else None
            return Cadence(*found.span(), kind, day=day, times=times)
    return None
