"""Days, months and years that a text names, as tokens; does not judge which is a deadline."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from gongkai.reading.numerals import whole

_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_APART = r"(?<![0-9.一二三四五六七八九十第])"
_INSIDE = r"内(?![部容外涵设控地需审置蒙])"
_TAIL = rf"(?:之前|以前|前(?![期后往提沿景置述列端台])|以内|之内|{_INSIDE}|为止|止|截止)"

_TOKEN = re.compile(
    rf"""
    (?P<every>每年度?的?)?
    (?: (?<![0-9.])(?P<iso>20[0-9]{{2}})[-./](?P<iso_month>[0-9]{{1,2}})
        (?:[-./](?P<iso_day>[0-9]{{1,2}}))?(?![0-9%万亿.])
    |
      (?: (?:(?<![0-9])(?:19|20)[0-9]{{2}}年?[至到-])?
          (?:(?<![0-9.])(?P<year>(?:19|20)[0-9]{{2}})|(?P<spelled>[一二][〇零0一二三四五六七八九]{{3}}))
          年度?
        | (?P<relative>今年|本年度?|当年|明年|次年|翌年|下一?年度?)
      )?的?
      (?: (?:{_APART}(?P<from>{_N})月?份?[至到-])?{_APART}(?P<month>{_N})月份?
          (?: (?P<day>{_N})[日号](?:[至到-](?P<last_day>{_N})[日号])?
            | (?P<part>[上中下]旬|底|末|初|中(?=前|$|[,。;、]))
          )?
        | {_APART}(?P<dot_month>1?[0-9])[.](?P<dot_day>[0-3]?[0-9])(?=[之以]?前)
        | (?P<half>[上下])半年度?(?P<half_end>底|末)?
        | (?P<quarter>前[两二三]个?季度|第[一二三四1-4]个?季度?|{_APART}[一二三四1-4]季度)
            (?P<quarter_end>底|末)?
        | (?P<span>年?[底末](?![层线气端尾])|年?终(?![身端止结极])|年中(?![央国心学期小])
            |年?{_INSIDE})
      )?
    )
    (?:(?:上午|下午|中午|晚上)?[0-9]{{1,2}}(?:[:][0-9]{{2}}|[时点](?:整|半)?)|下班)?
    (?P<tail>{_TAIL})?
    """,
    re.VERBOSE,
)
_MAY_BEGIN = re.compile(r"[0-9一二三四五六七八九十今本当明次翌下上第每年]")
_OTHER_YEAR = re.compile(r"[0-9一二三四五六七八九十两几近半每历往多青少成老中童学财全前后跨周壮]$")
_STARTS = re.compile(
    r"(?:以来|以后|之后|后(?![台续])|起(?![草诉到来])|开始|启动|至今|(?:正式)?施行|印发(?!实施)|发布的)"
)
_RANGE = re.compile(r"[至到]|-{1,2}")
_INHERITS_WITHIN = 6
"""A day without a year takes the one before it when it stands this near (2019年6月、11月底前)."""

Kind = Literal["date", "month", "year"]


@dataclass(frozen=True)
class Day:
    """One day, month or year: ``on`` is its last day, None when the year is not known."""

    start: int
    end: int
    kind: Kind
    on: date | None
    marked: bool
    """Whether its own words say that it is an end: 底, 末, 前, 内."""
    begins: bool = False
    """Whether it is said to be a beginning (起, 以来, 启动)."""
    recurs: bool = False
    """Whether it is a day of each year (每年3月31日前)."""
    explicit_year: bool = False
    impossible: bool = False


def find_days(text: str, year: int | None) -> list[Day]:
    """Return all days of a folded text in its order; ``year`` for those that name none."""
    days: list[Day] = []
    last: tuple[int, int] | None = None  # explicit year, and where it stood
    for found in _tokens(text):
        own = _own_year(found, year, last)
        near = last is not None and found.start() - last[1] <= _INHERITS_WITHIN
        known = own or (last[0] if last and (near or year is None) else year)
        day = _day(found, known)
        if day is None:
            continue
        days.append(replace(day, explicit_year=own is not None))
        if known is not None and (own or near):
            last = (known, found.end())
    return _join_ranges(text, days)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while begin := _MAY_BEGIN.search(text, at):
        found = _TOKEN.match(text, begin.start())
        if found and found.end() > begin.start() and _says_something(text, found):
            yield found
            at = found.end()
        else:
            at = begin.end()


def _says_something(text: str, found: re.Match[str]) -> bool:
    part = found.groupdict()
    if part["iso"] or part["month"] or part["dot_month"] or part["half"] or part["quarter"]:
        return True
    dated = part["year"] or part["spelled"] or part["relative"]
    if part["span"]:
        if dated:
            return True
        before = text[max(0, found.start() - 1) : found.start()]
        return part["span"].startswith("年") and not _OTHER_YEAR.search(before)
    return bool(dated)


def _own_year(found: re.Match[str], year: int | None, last: tuple[int, int] | None) -> int | None:
    written = found["iso"] or found["year"] or found["spelled"]
    if written:
        return whole(written if written.isdecimal() else written.replace("0", "〇"))
    if not found["relative"]:
        return None
    if found["relative"][0] in "今本当":
        return year
    base = last[0] if last else year
    return None if base is None else base + 1


def _day(found: re.Match[str], year: int | None) -> Day | None:
    month, day, kind, marked = _place(found)
    try:
        on = _last_day(year if year is not None else 2000, month, day)
    except ValueError:
        return Day(*found.span(), kind, None, marked=True, impossible=True)
    tail = found["tail"] is not None
    return Day(
        *found.span(),
        "date" if tail or marked else kind,
        on if year is not None else None,
        marked=tail or marked,
        begins=not tail and _STARTS.match(found.string, found.end()) is not None,
        recurs=found["every"] is not None,
    )


def _last_day(year: int, month: int, day: int | None) -> date:
    if day is None:
        if not 1 <= month <= 12:
            raise ValueError(month)
        day = calendar.monthrange(year, month)[1]
    return date(year, month, day)


_PARTS = {"上旬": 10, "初": 10, "中": 15, "中旬": 20}


def _place(found: re.Match[str]) -> tuple[int, int | None, Kind, bool]:
    """Return month, day (None: its last), kind, and whether the words mark an end."""
    if found["iso"]:
        day = found["iso_day"]
        return int(found["iso_month"]), int(day) if day else None, "date" if day else "month", False
    if found["month"]:
        return _in_month(found)
    if found["dot_month"]:
        return int(found["dot_month"]), int(found["dot_day"]), "date", False
    if found["half"]:
        return (6 if found["half"] == "上" else 12), None, "date", found["half_end"] is not None
    if found["quarter"]:
        number = whole(found["quarter"].strip("第前季度个").replace("两", "二")) or 4
        return number * 3, None, "date", found["quarter_end"] is not None
    if found["span"]:
        return (6 if found["span"] == "年中" else 12), None, "date", True
    return 12, None, "year", False


def _in_month(found: re.Match[str]) -> tuple[int, int | None, Kind, bool]:
    month = whole(found["month"]) or 0
    written = found["last_day"] or found["day"]
    if written:
        return month, whole(written) or 0, "date", False
    part = found["part"]
    if part:
        return month, _PARTS.get(part), "date", part not in ("初", "中")
    return month, None, "month", False


def _join_ranges(text: str, days: list[Day]) -> list[Day]:
    """Let 2019年6月至11月 be one: it is due at its end."""
    joined: list[Day] = []
    for day in days:
        before = joined[-1] if joined else None
        if before and day.end > before.end and _RANGE.fullmatch(text[before.end : day.start]):
            joined[-1] = replace(
                day,
                start=before.start,
                explicit_year=before.explicit_year or day.explicit_year,
                impossible=before.impossible or day.impossible,
            )
        else:
            joined.append(day)
    return joined
