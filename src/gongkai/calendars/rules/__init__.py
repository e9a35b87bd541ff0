"""Working days and notices as values and arithmetic; no tables, no clock, no files."""

from gongkai.calendars.rules.counting import (
    GUESSED,
    LONGEST,
    NUMBER_PENDING,
    SHIFTED_WORK,
    WEEKEND,
    Count,
    Day,
    WorkingCalendar,
    add_calendar_days,
    add_working_days,
    changed_days,
    missing_year,
    working_days_back,
    working_days_between,
)
from gongkai.calendars.rules.notices import (
    Entry,
    NoticeHead,
    Span,
    read_notice,
    spans,
    wrong_entries,
)

__all__ = [
    "GUESSED",
    "LONGEST",
    "NUMBER_PENDING",
    "SHIFTED_WORK",
    "WEEKEND",
    "Count",
    "Day",
    "Entry",
    "NoticeHead",
    "Span",
    "WorkingCalendar",
    "add_calendar_days",
    "add_working_days",
    "changed_days",
    "missing_year",
    "read_notice",
    "spans",
    "working_days_back",
    "working_days_between",
    "wrong_entries",
]
