"""``gongkai due``: a due day with its count, from the built-in calendar; no database, no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from gongkai.calendars.data.builtin import builtin_calendar
from gongkai.calendars.rules import GUESSED, Count, add_calendar_days, add_working_days


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        print(f"gongkai due: {message}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} 不是日期，请写成 2026-02-12") from None
    if not 1950 <= day.year <= 2200:
        raise argparse.ArgumentTypeError(f"{text!r} 不在 1950 至 2200 年之间")
    return day


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 3650):
        raise argparse.ArgumentTypeError(f"{text!r} 不是 0 至 3650 的整数")
    return int(text)


def _parser() -> _Parser:
    parser = _Parser(prog="gongkai due", allow_abbrev=False)
    parser.add_argument("--from", dest="start", type=_day, required=True, help="起算日（不计入）")
    parser.description = "算到期日：起算日不计，逐日说明。"
    limit = parser.add_mutually_exclusive_group(required=True)
    limit.add_argument("--workdays", type=_number, help="工作日数")
    limit.add_argument("--days", type=_number, help="自然日数")
    parser.add_argument("--roll", action="store_true", help="自然日的末日逢休息日顺延")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def main(argv: Sequence[str]) -> int:
    """Run ``gongkai due``; returns 0, or 2 with one line on standard error for bad input."""
    try:
        wish = _parser().parse_args(list(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    calendar = builtin_calendar()
    if wish.workdays is not None:
        count = add_working_days(wish.start, wish.workdays, calendar)
    else:
        count = add_calendar_days(wish.start, wish.days, calendar, roll=wish.roll)
    text = as_json(count, calendar.label) if wish.json else as_text(count, calendar.label)
    sys.stdout.write(text + "\n")
    return 0


def as_json(count: Count, calendar: str) -> str:
    """Write a count as JSON: due day, ``[day, counted, why]`` for each day, the calendar."""
    days = [[d.on.isoformat(), d.counted, d.why] for d in count.days]
    found: dict[str, object] = {"due": count.due.isoformat(), "days": days, "calendar": calendar}
    if count.provisional:
        found["calendar"] = f"{calendar}；{GUESSED}"
    return json.dumps(found, ensure_ascii=False)


def as_text(count: Count, calendar: str) -> str:
    """Write a count for people: numbered counted days, the others with their reason."""
    lines, number = [f"到期日：{count.due.isoformat()}"], 0
    for day in count.days:
        number += day.counted
        mark = f"第{number}天" if day.counted else "不计"
        lines.append(
            f"{day.on.isoformat()} 周{'一二三四五六日'[day.on.weekday()]} {mark} {day.why}".rstrip()
        )
    lines.append(f"日历：{calendar}" + (f"；{GUESSED}" if count.provisional else ""))
    return "\n".join(lines)
