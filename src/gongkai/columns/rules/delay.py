"""How long after the superior we reposted, in office hours; pure arithmetic over local moments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

OFFICE = ((time(8, 30), time(12)), (time(14), time(17, 30)))
"""Office hours of a working day, seven in all."""
DAY_MINUTES = 420
LONGEST = timedelta(days=400)


def working_minutes(start: datetime, end: datetime, is_working: Callable[[date], bool]) -> int:
    """Return the minutes of office hours between two moments of local time; 0 when reversed.

    Beyond ``LONGEST`` only its days are counted.
    """
    end = min(end, start + LONGEST)
    total, day = timedelta(), start.date()
    while day <= end.date():
        if is_working(day):
            for opens, closes in OFFICE:
                first = datetime.combine(day, opens, start.tzinfo)
                last = datetime.combine(day, closes, start.tzinfo)
                total += max(timedelta(), min(last, end) - max(first, start))
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)


def delay_words(minutes: int) -> str:
    """Say a delay: 40分钟, 3小时10分, 2个工作日4小时."""
    if minutes < 60:
        return f"{minutes}分钟"
    days, rest = divmod(minutes, DAY_MINUTES)
    hours, left = divmod(rest, 60)
    if not days:
        return f"{hours}小时{left}分" if left else f"{hours}小时"
    return f"{days}个工作日{hours}小时" if hours else f"{days}个工作日"
