"""The words of the calendars: what a shifted day is, and the events; nothing is counted here."""

from __future__ import annotations

from enum import StrEnum


class Shift(StrEnum):
    """How a notice moves a day away from Monday to Friday."""

    OFF = "off"
    WORK = "work"

    @property
    def label(self) -> str:
        """The word of the notice."""
        return {"off": "放假", "work": "上班"}[self.value]


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
