"""Loading, entering and versioning of notices; refusals that change nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from gongkai.accounts.tests.world import World
from gongkai.audit import api as audit
from gongkai.calendars import actions, queries
from gongkai.calendars.data.builtin import builtin_calendar
from gongkai.calendars.models import CalendarVersion, Notice, NoticeDay, VersionYear
from gongkai.calendars.rules import Entry, NoticeHead
from gongkai.calendars.states import Shift
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.outbox.models import Message

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NOTICE = NoticeHead(2027, "国务院办公厅关于2027年部分节假日安排的通知")
NEW_YEAR = [
    *(Entry(date(2027, 1, d), Shift.OFF, "元旦") for d in (1, 2, 3)),
    Entry(date(2027, 1, 9), Shift.WORK, "元旦"),
]


@pytest.fixture(autouse=True)
def _november() -> Any:
    with clock.at(NOW):
        yield


def test_the_builtin_years_are_there_after_migrating(db: None) -> None:
    assert queries.latest_number() == 1
    loaded, builtin = queries.working_calendar(), builtin_calendar()
    assert (loaded.off, loaded.work) == (builtin.off, builtin.work)
    assert loaded.notices == builtin.notices
    assert queries.changed_in(1) == ()
    assert actions.load_builtin() is None


def test_before_anything_is_loaded_the_builtin_calendar_holds(db: None) -> None:
    VersionYear.objects.all().delete()
    CalendarVersion.objects.all().delete()
    assert queries.working_calendar() is builtin_calendar()


def test_an_upgrade_brings_only_the_years_that_are_missing(world: World) -> None:
    actions.change_days(actor=world.own.openness_office, notice=NOTICE, rows=NEW_YEAR)
    VersionYear.objects.filter(version__number=2, year=2020).delete()
    version = actions.load_builtin()
    assert version is not None
    assert (version.number, version.made_by) == (3, None)
    assert queries.calendar_of(3).notices.keys() == {*range(2004, 2028)}
    assert audit.timeline(version)[0].event == "calendars.loaded"


def test_entering_a_year(world: World) -> None:
    version = actions.change_days(
        actor=world.own.openness_office, notice=NOTICE, rows=NEW_YEAR, expected=1
    )
    calendar = queries.working_calendar()
    assert (version.number, calendar.version) == (2, 2)
    assert calendar.reason(date(2027, 1, 1)) == "元旦"
    assert calendar.is_working(date(2027, 1, 9))
    assert not calendar.provisional(date(2027, 6, 1))
    assert queries.changed_in(2) == (date(2027, 1, 1), date(2027, 1, 9))
    assert queries.warning_for(clock.today()) is None
    assert Message.objects.filter(topic="calendars.changed").count() == 1
    assert audit.timeline(version)[0].actor_name == "own政务公开办"
    assert [(y, n.title) for y, n in queries.changed_years(2)] == [(2027, NOTICE.title)]


def test_versions_never_change(world: World) -> None:
    before = queries.calendar_of(1)
    rows = NoticeDay.objects.count()
    actions.change_days(
        actor=world.own.openness_office,
        notice=NoticeHead(2026, "关于调整2026年安排的通知"),
        rows=[Entry(date(2026, 12, 31), Shift.OFF, "元旦")],
    )
    assert queries.calendar_of(1) == before
    assert NoticeDay.objects.count() == rows + 1
    after = queries.working_calendar()
    assert after.is_working(date(2026, 10, 1))  # the new notice replaces the whole year
    assert not after.is_working(date(2025, 10, 1))


def test_december_moved_by_the_next_year_wins(world: World) -> None:
    actions.change_days(
        actor=world.own.openness_office,
        notice=NoticeHead(2026, "调整"),
        rows=[Entry(date(2026, 12, 31), Shift.OFF, "特别安排")],
    )
    actions.change_days(
        actor=world.own.openness_office,
        notice=NOTICE,
        rows=[Entry(date(2026, 12, 31), Shift.OFF, "元旦"), *NEW_YEAR],
    )
    assert queries.working_calendar().reason(date(2026, 12, 31)) == "元旦"


def test_a_version_that_was_rolled_back_is_not_remembered(world: World) -> None:
    class Undone(Exception):
        pass

    def enter(rows: list[Entry], *, undo: bool = False) -> None:
        with transaction.atomic():
            actions.change_days(actor=world.own.openness_office, notice=NOTICE, rows=rows)
            assert queries.working_calendar().version == 2
            if undo:
                raise Undone

    with pytest.raises(Undone):
        enter(NEW_YEAR, undo=True)
    enter(NEW_YEAR[:1])
    assert queries.working_calendar().work.get(date(2027, 1, 9)) is None


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("officer", {}, "calendars.not_yours"),
    ("auditor", {}, "calendars.not_yours"),
    ("openness_office", {"rows": []}, "calendars.no_days"),
    ("openness_office", {"notice": NoticeHead(2027, "  ")}, "calendars.no_title"),
    ("openness_office", {"notice": NoticeHead(1900, "x")}, "calendars.bad_year"),
    ("openness_office", {"rows": [*NEW_YEAR, NEW_YEAR[0]]}, "calendars.bad_day"),
    ("openness_office", {"expected": 7}, "kernel.stale"),
]


@pytest.mark.parametrize(("who", "fields", "code"), REFUSED)
def test_a_refusal_changes_nothing(
    who: str, fields: dict[str, Any], code: str, world: World
) -> None:
    given = {"notice": NOTICE, "rows": NEW_YEAR, **fields}
    before = (Notice.objects.count(), NoticeDay.objects.count(), queries.latest_number())
    with pytest.raises(Refused) as refused:
        actions.change_days(actor=getattr(world.own, who), **given)
    assert code in refused.value.codes
    assert (Notice.objects.count(), NoticeDay.objects.count(), queries.latest_number()) == before


def test_the_same_again_is_no_version(world: World) -> None:
    actions.change_days(actor=world.own.platform_admin, notice=NOTICE, rows=NEW_YEAR)
    with pytest.raises(Refused) as refused:
        actions.change_days(actor=world.own.platform_admin, notice=NOTICE, rows=NEW_YEAR)
    assert refused.value.codes == {"calendars.nothing_new"}
    assert queries.latest_number() == 2


def test_the_missing_year_is_said_loudly_from_november(db: None) -> None:
    warning = queries.warning_for(clock.today())
    assert warning is not None
    assert "2027年" in warning.sentence
    assert queries.warning_for(date(2026, 10, 31)) is None


def test_reading_the_calendar_costs_little(db: None, django_assert_num_queries: Any) -> None:
    queries.working_calendar()
    with django_assert_num_queries(2):  # the number, and the version's token
        queries.working_calendar()
