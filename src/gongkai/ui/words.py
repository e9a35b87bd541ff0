"""How plain values read in Chinese: days, moments, numbers, what happened; no HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.kernel import clock
from gongkai.ui.parts import Fact

WEEKDAYS = "一二三四五六日"
# The words for the keys of events' facts; apps add theirs. A key without a word is not shown:
# facts are for the record, the timeline is for people.
FACTS: dict[str, str] = {
    "reason": "原因",
    "days": "天数",
    "due_on": "到期",
    "comment": "意见",
    "title": "标题",
    "name": "名称",
    "unit": "单位",
    "owner": "责任单位",
    "person": "承办人",
    "evidence": "依据",
    "before": "原为",
    "after": "改为",
    "acting_for": "代",
}


def declare_facts(labels: Mapping[str, str]) -> None:
    """Give Chinese words to keys of events' facts so that timelines show them."""
    FACTS.update(labels)


def day(value: date | datetime | str | None) -> str:
    """Return 2026年3月18日; a moment's day is taken at the office; "" for None."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{on.year}年{on.month}月{on.day}日"


def short_day(value: date | datetime | None) -> str:
    """Return 3月18日 周三, or 2019年12月31日 in another year than this; "" for None.

    A moment says its hour too, but for the last minute of a day, which is the day itself.
    """
    if value is None:
        return ""
    on, hour = value, ""
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        on, hour = local.date(), "" if (local.hour, local.minute) == (23, 59) else f" {local:%H:%M}"
    if on.year != clock.today().year:
        return day(on) + hour
    return f"{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}{hour}"


def full_day(value: date | datetime | None) -> str:
    """Return 2026年3月18日 星期三; "" for None."""
    if value is None:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{day(on)} 星期{WEEKDAYS[on.weekday()]}"


def left(value: date | datetime | None, today: date) -> str:
    """Return 还有6天, 今天到期, 已过2天 in calendar days; "" for None."""
    if value is None:
        return ""
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    days = (on - today).days
    if days == 0:
        return "今天到期"
    return f"还有{days}天" if days > 0 else f"已过{-days}天"


def moment(value: datetime | None) -> str:
    """Return 2026年3月18日 15:30, at the office; "" for None."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{day(local)} {local:%H:%M}"


def said(value: object) -> str:
    """Show any plain value as a reader expects it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return "、".join(said(v) for v in value) or "—"
    return _iso(str(value))


def _iso(text: str) -> str:
    """Read an ISO day or moment, as events' facts carry them, into Chinese."""
    if len(text) < 10 or text[4] != "-" or text[7] != "-":
        return text
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return text
    return day(parsed.date()) if len(text) == 10 or timezone.is_naive(parsed) else moment(parsed)


@dataclass(frozen=True)
class Happening:
    """One entry of a timeline, ready to show."""

    label: str
    at: datetime
    actor: str
    facts: list[Fact]


def happening(entry: Any) -> Happening:
    """Read an entry of ``audit.api.timeline`` (or anything with label, at, actor_name, facts)."""
    raw = getattr(entry, "facts", None) or {}
    if isinstance(raw, Mapping):
        facts = [
            Fact(FACTS[k], said(v)) for k, v in raw.items() if k in FACTS and v not in (None, "")
        ]
    else:
        facts = list(raw)
    return Happening(entry.label, entry.at, getattr(entry, "actor_name", "") or "系统", facts)
