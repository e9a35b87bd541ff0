"""The words of the calendars: what a shifted day is, and the events; nothing is counted here."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class Shift(Worded):
    """How a notice moves a day away from Monday to Friday."""

    OFF = "off", "放假"
    WORK = "work", "上班"


EVENTS: dict[str, str] = {
    "calendars.loaded": "装入随软件提供的工作日历",
    "calendars.changed": "修改工作日历",
}
"""Every event that this app records, with its Chinese label."""

FACT_LABELS: dict[str, str] = {
    "number": "版本",
    "year": "年份",
    "years": "年份",
    "notice": "文号",
    "changed_days": "变动的日子",
}
"""The words of the facts that this app's events carry."""
