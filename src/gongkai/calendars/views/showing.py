"""Pages that show the calendar: a year as twelve months, the versions and what each changed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import user_of
from gongkai.audit import api as audit
from gongkai.calendars import policies, queries
from gongkai.calendars.rules import GUESSED, NUMBER_PENDING, WorkingCalendar
from gongkai.calendars.states import Shift
from gongkai.kernel import clock
from gongkai.ui.lists import Column, Listing
from gongkai.ui.parts import Act, Crumb, DayCell, Empty, Fact

YEARS = (1950, 2200)
CRUMBS = [Crumb("工作日历", "/calendars/")]

VERSIONS = Listing(
    name="calendar-versions",
    caption="日历版本",
    model="calendars.CalendarVersion",
    sort="-number",
    columns=[
        Column(
            "number",
            "版本",
            value=lambda v: f"第{v.number}版",
            sort=True,
            url=lambda v: reverse("calendars:version", args=[v.number]),
        ),
        Column("made_at", "时间", kind="date"),
        Column("made_by", "录入人", value=lambda v: v.made_by or "系统"),
        Column("reason", "说明"),
    ],
    empty=Empty("还没有版本", "升级或录入通知后，版本会出现在这里。"),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the running year."""
    return _year(request, clock.today().year)


@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year as twelve months with its notice."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise Http404
    return _year(request, year)


def _year(request: HttpRequest, year: int) -> HttpResponse:
    calendar, today = queries.working_calendar(), clock.today()
    warning = queries.warning_for(today)
    context = {
        "year": year,
        "title": f"{year}年工作日历",
        "guessed_note": f"{year}年没有录入通知，下面{GUESSED}。",
        "months": [_month(calendar, year, m) for m in range(1, 13)],
        "today": today,
        "facts": _facts(calendar, year),
        "guessed": year not in calendar.notices,
        "warning": warning.sentence if warning else "",
        "acts": _acts(request, year),
        "other_years": [y for y in (year - 1, year + 1) if YEARS[0] <= y <= YEARS[1]],
    }
    return render(request, "calendars/year.html", context)


def _month(calendar: WorkingCalendar, year: int, month: int) -> list[DayCell]:
    days = (date(year, month, d) for d in range(1, monthrange(year, month)[1] + 1))
    return [
        DayCell(
            d,
            calendar.is_working(d),
            note=_note(calendar, d),
            provisional=calendar.provisional(d),
        )
        for d in days
    ]


def _note(calendar: WorkingCalendar, day: date) -> str:
    """Say holidays and shifted work; that a Sunday is a weekend the grid says itself."""
    return calendar.off.get(day) or (Shift.WORK.label if day in calendar.work else "")


def _facts(calendar: WorkingCalendar, year: int) -> list[Fact]:
    notice = queries.notice_in_force(year)
    days = [d for m in range(1, 13) for d in _month(calendar, year, m)]
    working = Fact("工作日", f"{sum(d.working for d in days)}天")
    source = Fact("日历版本", calendar.label, url=reverse("calendars:versions"))
    if notice is None:
        return [Fact("依据", calendar.notice(year) or "还没有录入通知"), working, source]
    return [
        Fact("依据", notice.title),
        Fact("文号", notice.number or NUMBER_PENDING),
        Fact("成文日期", notice.issued_on),
        working,
        source,
    ]


def _acts(request: HttpRequest, year: int) -> list[Act]:
    refusals = list(policies.why_not_edit(user_of(request)))
    if refusals:
        return []
    return [
        Act(
            f"录入{year}年通知",
            reverse("calendars:edit", args=[year]),
            method="get",
            tone="primary",
        ),
        Act("导入表格", reverse("calendars:import"), method="get"),
    ]


@require_GET
def versions(request: HttpRequest) -> HttpResponseBase:
    """List the versions, newest first."""
    return VERSIONS.answer(
        request, queries.versions(), "calendars/versions.html", {"crumbs": CRUMBS}
    )


@require_GET
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a version changed, and what that moved."""
    found = queries.versions().filter(number=number).first()
    if found is None:
        raise Http404
    new = queries.changed_years(number)
    context = {
        "version": found,
        "title": f"日历{found}",
        "crumbs": [*CRUMBS, Crumb("版本", reverse("calendars:versions"))],
        "heads": ["日期", "原来", "现在"],
        "facts": [
            Fact("时间", found.made_at),
            Fact("录入人", str(found.made_by or "系统")),
            Fact("说明", found.reason),
            *(Fact(f"{y}年", n.title, note=n.number) for y, n in new[-3:]),
        ],
        "rows": _changes(number),
        "effects": [
            (label, reverse(name, args=[number])) for name, label in queries.effects().items()
        ],
        "timeline": audit.timeline(found),
    }
    return render(request, "calendars/version.html", context)


def _changes(number: int) -> list[tuple[Any, ...]]:
    if number <= 1:
        return []
    before, after = queries.calendar_of(number - 1), queries.calendar_of(number)
    return [(d, _kind(before, d), _kind(after, d)) for d in queries.changed_in(number)]


def _kind(calendar: WorkingCalendar, day: date) -> str:
    kind = "上班" if calendar.is_working(day) else "休息"
    reason = calendar.reason(day)
    return f"{kind}（{reason}）" if reason else kind
