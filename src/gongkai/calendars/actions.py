"""The verbs of the calendar: load what comes with the software, enter a year's notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.calendars import policies, queries
from gongkai.calendars.data.builtin import builtin_notices
from gongkai.calendars.models import CalendarVersion, Notice, NoticeDay, VersionYear
from gongkai.calendars.rules import Entry, NoticeHead
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if

Years = dict[int, int]
"""Year → key of the notice it rests on."""


@transaction.atomic
def load_builtin() -> CalendarVersion | None:
    """Enter the years that come with the software and that the office has not entered itself.

    Does nothing, and returns None, when there is none; a year that is there stays as it is.
    The events' topics ``calendars.loaded`` and ``calendars.changed`` tell who counts days.
    """
    years = _years(queries.latest_number())
    missing = [n for n in builtin_notices() if n.year not in years]
    if not missing:
        return None
    for notice in missing:
        head = NoticeHead(notice.year, notice.title, notice.number, notice.issued_on)
        entries = [Entry(d.on, d.shift, d.name) for d in notice.days]
        years[notice.year] = _make_notice(head, entries).pk
    span = f"{missing[0].year}–{missing[-1].year}"
    version = _make_version(years, actor=None, reason=f"装入随软件提供的{span}年安排")
    record("calendars.loaded", subject=version, actor=None, number=version.number, years=span)
    return version


@transaction.atomic
def change_days(
    *,
    actor: User,
    notice: NoticeHead,
    rows: Sequence[Entry],
    reason: str = "",
    expected: int | None = None,
) -> CalendarVersion:
    """Enter a year's notice with all its shifted days; the calendar gets a new version.

    The year's earlier notice stays in the earlier versions. ``expected`` is the number of the
    version that the person's page was made from. Open duties are recomputed afterwards, by the
    worker. Raises ``Refused``.
    """
    number = queries.latest_number()
    refuse_if(policies.why_not_change(actor=actor, notice=notice, rows=rows))
    refuse_if(policies.why_not_over(number, expected))
    years = _years(number)
    refuse_if(policies.why_not_same(notice, rows, queries.notice_in_force(notice.year, number)))
    years[notice.year] = _make_notice(notice, rows).pk
    version = _make_version(years, actor=actor, reason=reason or f"录入{notice.year}年安排")
    record(
        "calendars.changed",
        subject=version,
        actor=actor,
        number=version.number,
        year=notice.year,
        notice=notice.number,
        changed_days=list(queries.changed_in(version.number)),
    )
    return version


def _years(number: int) -> Years:
    rows = VersionYear.objects.filter(version__number=number)
    return dict(rows.values_list("year", "notice_id"))


def _make_notice(head: NoticeHead, entries: Iterable[Entry]) -> Notice:
    notice = Notice.objects.create(
        year=head.year,
        title=head.title,
        number=head.number,
        issued_on=head.issued_on,
        made_at=clock.now(),
    )
    NoticeDay.objects.bulk_create(
        NoticeDay(notice=notice, on=e.on, shift=e.shift.value, name=e.name) for e in entries
    )
    return notice


def _make_version(years: Years, *, actor: User | None, reason: str) -> CalendarVersion:
    """Make the next version; the unique number stops two people from making the same one."""
    try:
        with transaction.atomic():
            version = CalendarVersion.objects.create(
                number=queries.latest_number() + 1,
                made_at=clock.now(),
                made_by=actor,
                reason=reason[:300],
            )
    except IntegrityError:
        raise Refused(Refusal("kernel.stale", "别人刚刚改过日历。请看清改动后再提交。")) from None
    VersionYear.objects.bulk_create(
        VersionYear(version=version, year=year, notice_id=pk) for year, pk in years.items()
    )
    return version
