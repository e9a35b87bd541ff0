"""What time and calendar do: lights turn, each rung reminds once, due days move and are kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from gongkai.accounts.tests.world import World
from gongkai.calendars import api as calendars
from gongkai.calendars.api import Entry, NoticeHead, Shift
from gongkai.duties import actions, queries
from gongkai.duties.models import Duty, Move
from gongkai.duties.rules import on_date, waiting
from gongkai.duties.tests.factories import NOW, make_duty, moment
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.outbox import api as outbox
from gongkai.outbox.models import Message


def reminders(duty: Duty) -> list[int]:
    """The rungs for which a reminder was left, in order."""
    rows = Message.objects.filter(topic="duties.reminder_due", subject=subject_key(duty))
    return [row.data["rung"] for row in rows.order_by("id")]


def tick(at: datetime) -> int:
    """Call the ticker as the worker does, until it has nothing left."""
    handled = 0
    with clock.at(at):
        while n := actions.turn_lights(at):
            handled += n
    return handled


@pytest.fixture
def duty(world: World) -> Duty:
    """20 working days from 2026-02-12: amber from 03-11, due 03-18."""
    with clock.at(NOW):
        return make_duty(world.own.section)


def test_lights_turn_when_their_moment_comes(duty: Duty) -> None:
    seen = []
    for day in range(3, 27):
        tick(moment(f"2026-03-{day:02}T00:00"))
        duty.refresh_from_db()
        if not seen or seen[-1][1] != duty.light_rule:
            seen.append((day, duty.light_rule))
    assert seen == [(3, "far"), (11, "near"), (18, "today"), (19, "overdue")]
    assert queries.miscounts() == {}


def test_each_rung_reminds_once(duty: Duty) -> None:
    hour = moment("2026-03-03T00:00")
    while hour < moment("2026-04-02T00:00"):
        tick(hour)
        hour += timedelta(hours=6)
    assert reminders(duty) == [-5, -3, -1, 0, 1, 5, 10]


def test_missed_rungs_coalesce_into_the_latest(duty: Duty) -> None:
    assert tick(moment("2026-03-20T10:00")) == 1
    assert reminders(duty) == [1]
    assert tick(moment("2026-03-20T11:00")) == 0
    found = queries.reminder_of(subject_key(duty))
    assert found is not None
    assert (found.rung, found.sentence) == (1, "“答复公开申请”已逾期1个工作日。")


def test_nothing_reminds_of_what_is_closed_or_paused_or_history(world: World) -> None:
    with clock.at(NOW):
        done = make_duty(world.own.section)
        actions.meet(done, actor=None, at=NOW)
        paused = make_duty(world.own.section)
        actions.pause(paused, actor=None, at=NOW, reason="征求意见")
        history = make_duty(world.own.section, history_until=date(2026, 2, 28))
        waits = make_duty(world.own.section, limit=waiting())
    tick(moment("2026-05-01T00:00"))
    for quiet in (done, paused, history, waits):
        assert reminders(quiet) == []
        assert queries.reminder_of(subject_key(quiet)) is None


def test_what_is_opened_late_reminds_at_once(world: World) -> None:
    with clock.at(NOW):
        late = make_duty(world.own.section, limit=on_date(date(2026, 2, 27)))
        near = make_duty(world.own.section, limit=on_date(date(2026, 3, 5)))
    assert (reminders(late), late.light) == ([1], "red")
    assert (reminders(near), near.light) == ([-3], "amber")


def test_more_time_lets_the_ladder_begin_anew(duty: Duty) -> None:
    tick(moment("2026-03-13T08:00"))
    assert reminders(duty) == [-3]
    with clock.at(moment("2026-03-13T09:00")):
        actions.extend(Duty.objects.get(), actor=None, days=20, reason="内容较多")
    tick(moment("2026-04-08T08:00"))
    assert reminders(duty) == [-3]
    tick(moment("2026-04-09T08:00"))
    assert reminders(duty) == [-3, -5]


def test_a_batch_that_fails_leaves_no_reminder_and_no_light(
    duty: Duty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill inside the batch: all of it is there or nothing, and the next run does it."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("gongkai.duties.actions.counting._write", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.turn_lights(moment("2026-03-11T00:00"))
    duty.refresh_from_db()
    assert (duty.light_rule, reminders(duty)) == ("far", [])
    tick(moment("2026-03-11T00:00"))
    duty.refresh_from_db()
    assert (duty.light_rule, reminders(duty)) == ("near", [-5])
    assert queries.miscounts() == {}


def test_the_ticker_takes_a_batch_at_a_time(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gongkai.duties.actions.lights.TURN_BATCH", 2)
    with clock.at(NOW):
        for _ in range(5):
            make_duty(world.own.section)
    at = moment("2026-03-11T00:00")
    assert [actions.turn_lights(at) for _ in range(4)] == [2, 2, 1, 0]


def test_the_number_of_queries_of_a_batch_does_not_grow_with_ledgers(
    world: World,
    django_assert_max_num_queries: Any,
) -> None:
    with clock.at(NOW):
        for _ in range(10):
            make_duty(world.own.section)
    with django_assert_max_num_queries(45):  # per duty one save and one reminder, else a handful
        actions.turn_lights(moment("2026-03-11T00:00"))


# -- the calendar changes ----------------------------------------------------------------------

NOTICE_2027 = NoticeHead(2027, "国务院办公厅关于2027年部分节假日安排的通知")
DAYS_2027 = [
    *(Entry(date(2027, 1, d), Shift.OFF, "元旦") for d in (1, 2, 3)),
    Entry(date(2027, 1, 9), Shift.WORK, "元旦"),
]


def change(world: World, *rows: Entry) -> int:
    version = calendars.change_days(
        actor=world.own.openness_office, notice=NOTICE_2027, rows=list(rows or DAYS_2027)
    )
    outbox.drain()
    return version.number


def test_a_new_notice_moves_open_clocks_and_says_so(world: World) -> None:
    december = moment("2026-12-10T10:00")
    with clock.at(december):
        started = {"started_at": december}
        duty = make_duty(world.own.section, **started)
        paused = actions.pause(
            make_duty(world.own.section, **started), actor=None, at=december, reason="征求意见"
        )
        met = actions.meet(make_duty(world.own.section, **started), actor=None, at=december)
        dated = make_duty(world.own.section, limit=on_date(date(2027, 3, 1)), **started)
        assert (duty.due_on, duty.provisional) == (date(2027, 1, 7), True)
        number = change(world)
        for row in (duty, paused, met, dated):
            row.refresh_from_db()
    assert (duty.due_on, duty.provisional) == (date(2027, 1, 8), False)
    assert paused.due_on is None
    assert met.due_on == date(2027, 1, 7)
    assert dated.due_on == date(2027, 3, 1)
    [moved] = Move.objects.all()
    assert (moved.duty, moved.calendar) == (duty, number)
    assert (moved.from_on, moved.to_on) == (date(2027, 1, 7), date(2027, 1, 8))
    assert [m.duty_id for m in queries.moves_for(world.own.officer, number)] == [duty.pk]
    assert list(queries.moves_for(world.other.officer, number)) == []
    assert queries.miscounts() == {}


def test_reading_anew_twice_moves_nothing_twice(world: World) -> None:
    december = moment("2026-12-10T10:00")
    with clock.at(december):
        make_duty(world.own.section, started_at=december)
        number = change(world)
        version = calendars.versions().get(number=number)
        assert actions.recompute_for_calendar(subject_key(version)) == 0
    assert Move.objects.count() == 1


def test_a_notice_without_change_of_days_still_ends_the_guess(world: World) -> None:
    december = moment("2026-12-10T10:00")
    with clock.at(december):
        duty = make_duty(world.own.section, started_at=december)
        change(world, Entry(date(2027, 1, 2), Shift.OFF, "元旦"))  # a Saturday
        duty.refresh_from_db()
    assert (duty.due_on, duty.provisional) == (date(2027, 1, 7), False)
    assert not Move.objects.exists()


def test_reading_anew_goes_in_batches(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gongkai.duties.actions.lights.MOVE_BATCH", 2)
    december = moment("2026-12-10T10:00")
    with clock.at(december):
        for _ in range(5):
            make_duty(world.own.section, started_at=december)
        number = change(world)
    assert Move.objects.filter(calendar=number).count() == 5
    assert queries.recomputing(number) == ""


def test_the_setting_of_pauses_holds_after_recomputing(duty: Duty) -> None:
    with clock.at(moment("2026-03-09T16:00")):
        duty = actions.pause(duty, actor=None, at=moment("2026-03-06T10:00"), reason="征求意见")
        duty = actions.resume(duty, actor=None, at=moment("2026-03-09T15:00"))
        assert duty.due_on == date(2026, 3, 19)
        with override_settings(PAUSE_READING="include-sent-day"):
            assert actions.recompute_all() == 1
    duty.refresh_from_db()
    assert duty.due_on == date(2026, 3, 20)
