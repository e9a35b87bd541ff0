"""Reads of the calendar: the value in force, its versions, what changed; writes nothing."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Max, QuerySet

from gongkai.calendars.data.builtin import builtin_calendar, notice_label
from gongkai.calendars.models import CalendarVersion, Notice, NoticeDay, VersionYear
from gongkai.calendars.rules import WorkingCalendar, changed_days, missing_year
from gongkai.calendars.states import Shift
from gongkai.kernel.refusal import Refusal


def latest_number() -> int:
    """Return the number of the version in force; 0 before any was loaded."""
    found: int | None = CalendarVersion.objects.aggregate(last=Max("number"))["last"]
    return found or 0


def working_calendar() -> WorkingCalendar:
    """Return the calendar in force as a value; read once for each version and process.

    Before a version is loaded, the one that comes with the software.
    """
    number = latest_number()
    return calendar_of(number) if number else builtin_calendar()


def calendar_of(number: int) -> WorkingCalendar:
    """Return the calendar of one version, which never changes. Raises ``DoesNotExist``."""
    made = CalendarVersion.objects.get(number=number)
    return _calendar_of(number, made.pk, made.token)


@lru_cache(maxsize=32)
def _calendar_of(number: int, pk: int, token: UUID) -> WorkingCalendar:
    years = list(VersionYear.objects.filter(version=pk).select_related("notice").order_by("year"))
    year_of = {row.notice_id: row.year for row in years}
    days = NoticeDay.objects.filter(notice__in=year_of)
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    # Where two years speak of one day (the last of December), the later notice is the newer word.
    for day in sorted(days, key=lambda d: (year_of[d.notice_id], d.on)):
        here, there = (work, off) if day.shift == Shift.WORK else (off, work)
        there.pop(day.on, None)
        here[day.on] = day.name
    notices = {row.year: notice_label(row.notice.title, row.notice.number) for row in years}
    span = f"{min(notices)}–{max(notices)}" if notices else "无"
    return WorkingCalendar(off, work, notices, f"工作日历第{number}版（{span}）", number)


def notice_in_force(year: int, number: int | None = None) -> Notice | None:
    """Return the notice a year rests on in a version (by default the one in force), with days."""
    number = latest_number() if number is None else number
    row = (
        VersionYear.objects.filter(version__number=number, year=year)
        .select_related("notice")
        .first()
    )
    return row.notice if row else None


def versions() -> QuerySet[CalendarVersion]:
    """Return all versions, newest first."""
    return CalendarVersion.objects.select_related("made_by").order_by("-number")


def changed_in(number: int) -> tuple[date, ...]:
    """Return the days on which a version differs from the one before it in whether offices work.

    The first version differs nowhere: before it the software's own calendar was in force.
    """
    if number <= 1:
        return ()
    return changed_days(calendar_of(number - 1), calendar_of(number))


def version_by_id(pk: int) -> CalendarVersion:
    """Return a version by its key. Raises ``DoesNotExist``."""
    return CalendarVersion.objects.get(pk=pk)


def changed_years(number: int) -> list[tuple[int, Notice]]:
    """Return the years whose notice a version put in, with it."""
    before = VersionYear.objects.filter(version__number=number - 1).values("notice")
    rows = VersionYear.objects.filter(version__number=number).exclude(notice__in=before)
    return [(row.year, row.notice) for row in rows.select_related("notice").order_by("year")]


_effects: dict[str, str] = {}


def show_effects(label: str, url_name: str) -> None:
    """Let the page of a version link to what an app above did because of it.

    ``url_name`` takes the version's number.
    """
    _effects[url_name] = label


def effects() -> dict[str, str]:
    """Return url name → label of what apps above show for a version."""
    return dict(_effects)


def warning_for(today: date) -> Refusal | None:
    """Say loudly that the running or (from November) the coming year's notice is missing."""
    calendar = working_calendar()
    year = missing_year(today, calendar)
    if year is None:
        return None
    return Refusal(
        "calendars.year_missing",
        f"{year}年的放假调休安排还没有录入，到{year}年的期限暂按周一至周五推算，可能不准。"
        f"国务院办公厅的通知印发后，请在“工作日历”里录入或导入。",
    )
