"""The door of the calendars: what other apps may use."""

from gongkai.calendars.actions import change_days, load_builtin
from gongkai.calendars.data.builtin import builtin_calendar
from gongkai.calendars.models import CalendarVersion
from gongkai.calendars.policies import may_change
from gongkai.calendars.queries import (
    calendar_of,
    changed_in,
    latest_number,
    show_effects,
    version_by_id,
    versions,
    warning_for,
    working_calendar,
)
from gongkai.calendars.rules import (
    GUESSED,
    Count,
    Day,
    Entry,
    NoticeHead,
    WorkingCalendar,
    add_calendar_days,
    add_working_days,
    working_days_back,
    working_days_between,
)
from gongkai.calendars.states import Shift

__all__ = [
    "GUESSED",
    "CalendarVersion",
    "Count",
    "Day",
    "Entry",
    "NoticeHead",
    "Shift",
    "WorkingCalendar",
    "add_calendar_days",
    "add_working_days",
    "builtin_calendar",
    "calendar_of",
    "change_days",
    "changed_in",
    "latest_number",
    "load_builtin",
    "may_change",
    "show_effects",
    "version_by_id",
    "versions",
    "warning_for",
    "working_calendar",
    "working_days_back",
    "working_days_between",
]
