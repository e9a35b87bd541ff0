"""A reckoning in one Chinese sentence, for the page that asks why this day; counts nothing anew."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.duties.rules.ledger import Clock
from gongkai.duties.rules.limits import Limit
from gongkai.duties.rules.reckoning import Reckoning
from gongkai.duties.states import LimitKind


def day_words(day: date) -> str:
    """Write a day as 2026年3月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(at: datetime) -> str:
    """Write a moment as 2026年3月18日14:30."""
    return f"{day_words(at.date())}{at:%H:%M}"


def tell(limit: Limit, clock: Clock, found: Reckoning) -> str:
    """Say in one sentence how the due day came about, or why there is none."""
    if limit.kind is LimitKind.STANDING:
        return "长期坚持的事项没有到期日。"
    if not limit.counted:
        return _tell_date(limit, clock)
    if found.paused:
        return _tell_paused(limit, clock, found)
    length = f"{clock.n}{limit.unit}{_extension(limit, clock)}"
    anew = "重新" if clock.anew else ""
    if limit.kind is LimitKind.HOURS:
        end = moment_words(found.due_at) if found.due_at else ""
        stops = sum(not s.counted for s in found.stretches)
        between = f"，其间停{stops}段不计" if stops else ""
        return f"从{moment_words(clock.start)}{anew}起，{length}{between}，到{end}为止。"
    kept = sum(1 for s in found.steps if s.pause and not s.counted and s.why.startswith("暂停"))
    between = f"，其间暂停的{kept}{_day_unit(limit)}不计" if kept else ""
    end = day_words(found.due_on) if found.due_on else ""
    return f"{day_words(clock.start.date())}{anew}起算，当日不计，{length}{between}，到{end}为止。"


def _day_unit(limit: Limit) -> str:
    return "个工作日" if limit.kind is LimitKind.WORKING_DAYS else "日"


def _extension(limit: Limit, clock: Clock) -> str:
    extra = clock.n - limit.n
    return f"（原{limit.n}，延长{extra}）" if extra else ""


def _tell_date(limit: Limit, clock: Clock) -> str:
    if clock.on is None:
        return "等上级明确时间，录入后开始倒数。"
    if limit.on == clock.on:
        return f"期限就是{day_words(clock.on)}，不按天数推算。"
    was = f"，原为{day_words(limit.on)}" if limit.on else ""
    return f"期限定为{day_words(clock.on)}{was}，不按天数推算。"


def _tell_paused(limit: Limit, clock: Clock, found: Reckoning) -> str:
    if limit.kind is LimitKind.HOURS:
        hours, minutes = divmod(found.left, 60)
        rest = f"{hours}小时{minutes}分" if minutes else f"{hours}小时"
        return f"计时暂停，还剩{rest}；答复后接着算。"
    done = clock.n - found.left
    unit = _day_unit(limit)
    return f"计时暂停，已计{done}{unit}，还剩{found.left}{unit}；答复后接着算。"
