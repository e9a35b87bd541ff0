"""Limits, ledgers, lights, the ladder and cadences as tables and properties; no database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.calendars.data.builtin import builtin_calendar
from gongkai.calendars.rules import working_days_between
from gongkai.duties.rules import (
    Cadence,
    Entry,
    Limit,
    Lit,
    calendar_days,
    hours,
    light_of,
    on_date,
    periods,
    read_ledger,
    reckon,
    rung_at,
    rung_words,
    standing,
    state_after,
    waiting,
    working_days,
)
from gongkai.duties.states import LIGHT_RULES, Every, FactKind, LimitKind, State

CALENDAR = builtin_calendar()
OFFICE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE)


def lit(
    limit: Limit,
    now: str,
    *more: Entry,
    start: str = "2026-02-12T10:00",
    state: State = State.OPEN,
    closed: str = "",
    history: date | None = None,
) -> Lit:
    clock = read_ledger(limit, [Entry(FactKind.STARTED, at(start)), *more])
    return light_of(
        at(now),
        state=state,
        limit=limit,
        clock=clock,
        found=reckon(limit, clock, CALENDAR),
        calendar=CALENDAR,
        closed_at=at(closed) if closed else None,
        history_until=history,
    )


# -- limits ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (working_days(20), "20个工作日内"),
        (calendar_days(60), "60日内"),
        (calendar_days(60, roll=True), "60日内（末日逢休息日顺延）"),
        (hours(5), "5小时内"),
        (on_date(date(2026, 6, 30)), "2026年6月30日前"),
        (standing(), "长期坚持"),
        (waiting(), "等待上级时间"),
    ],
)
def test_limits_survive_json_and_say_what_they_are(limit: Limit, words: str) -> None:
    assert Limit.from_json(limit.as_json()) == limit
    assert limit.words == words


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": LimitKind.WORKING_DAYS},
        {"kind": LimitKind.WORKING_DAYS, "n": -1},
        {"kind": LimitKind.HOURS, "n": 8761},
        {"kind": LimitKind.DATE},
        {"kind": LimitKind.DATE, "n": 1, "on": date(2026, 1, 1)},
        {"kind": LimitKind.STANDING, "on": date(2026, 1, 1)},
        {"kind": LimitKind.WORKING_DAYS, "n": 1, "roll": True},
    ],
)
def test_impossible_limits(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Limit(**fields)  # type: ignore[arg-type]


def test_a_ledger_begins_with_a_start() -> None:
    with pytest.raises(ValueError, match="start"):
        read_ledger(working_days(5), [])


def test_the_superiors_date_and_its_change() -> None:
    facts = [
        Entry(FactKind.STARTED, at("2026-01-05T09:00")),
        Entry(FactKind.DATE_SET, at("2026-03-01T09:00"), on=date(2026, 6, 30)),
        Entry(FactKind.DATE_SET, at("2026-04-01T09:00"), on=date(2026, 9, 30)),
    ]
    found = [
        reckon(waiting(), read_ledger(waiting(), facts[:n]), CALENDAR).due_on for n in (1, 2, 3)
    ]
    assert found == [None, date(2026, 6, 30), date(2026, 9, 30)]


def test_calendar_days_roll_past_a_holiday() -> None:
    start = Entry(FactKind.STARTED, at("2026-02-01T10:00"))
    for roll, wanted in ((False, date(2026, 2, 16)), (True, date(2026, 2, 24))):
        limit = calendar_days(15, roll=roll)
        assert reckon(limit, read_ledger(limit, [start]), CALENDAR).due_on == wanted


def test_the_due_moment_is_the_last_second_of_the_day() -> None:
    limit = working_days(20)
    found = reckon(
        limit, read_ledger(limit, [Entry(FactKind.STARTED, at("2026-02-12T23:59"))]), CALENDAR
    )
    assert found.due_at == at("2026-03-18T23:59:59")


def test_a_count_past_the_calendars_end_is_provisional() -> None:
    limit = working_days(20)
    for start, guessed in (("2026-12-01T10:00", False), ("2026-12-20T10:00", True)):
        clock = read_ledger(limit, [Entry(FactKind.STARTED, at(start))])
        assert reckon(limit, clock, CALENDAR).provisional is guessed


def test_reopened_without_a_date_waits_again() -> None:
    assert state_after(State.OPEN, State.MET, waiting(), None) is State.WAITING
    assert state_after(State.OPEN, State.MET, waiting(), date(2026, 1, 1)) is State.OPEN
    assert state_after(State.OPEN, State.MET, working_days(1), None) is State.OPEN
    assert state_after(None, State.WAITING, waiting(), None) is State.WAITING


# -- lights ------------------------------------------------------------------------------------

# 20 working days from 2026-02-12 end on Wednesday 2026-03-18; 5 are left from Wednesday 03-11.
LIGHTS = [
    ("2026-02-12T10:00", "far", "2026-03-11T00:00"),
    ("2026-03-10T23:59", "far", "2026-03-11T00:00"),
    ("2026-03-11T00:00", "near", "2026-03-13T00:00"),
    ("2026-03-14T12:00", "near", "2026-03-17T00:00"),
    ("2026-03-17T23:59", "near", "2026-03-18T00:00"),
    ("2026-03-18T00:00", "today", "2026-03-19T00:00"),
    ("2026-03-18T23:59:59", "today", "2026-03-19T00:00"),
    ("2026-03-19T00:00", "overdue", "2026-03-25T00:00"),
    ("2026-03-25T00:00", "overdue", "2026-04-01T00:00"),
    ("2027-03-25T00:00", "overdue", None),
]


@pytest.mark.parametrize(("now", "code", "changes"), LIGHTS)
def test_lights_of_working_days(now: str, code: str, changes: str | None) -> None:
    found = lit(working_days(20), now)
    assert found.rule is LIGHT_RULES[code]
    assert found.next_change_at is not None
    assert found.next_change_at > at(now)
    if changes:
        assert found.next_change_at == at(changes)


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-02-12T10:00", "hours_far"),
        ("2026-02-12T12:29", "hours_far"),
        ("2026-02-12T12:30", "hours_near"),
        ("2026-02-12T15:00", "hours_near"),
        ("2026-02-12T15:00:01", "overdue"),
    ],
)
def test_lights_of_hours(now: str, code: str) -> None:
    assert lit(hours(5), now).rule is LIGHT_RULES[code]


@pytest.mark.parametrize(("limit", "code"), [(standing(), "standing"), (waiting(), "waiting")])
def test_lights_without_a_due_day_never_change(limit: Limit, code: str) -> None:
    found = lit(limit, "2026-03-19T00:00")
    assert (found.rule, found.next_change_at, found.rung) == (LIGHT_RULES[code], None, None)


def test_the_light_while_paused() -> None:
    sent = Entry(FactKind.PAUSED, at("2026-03-06T10:00"), pause="a", reason="征求意见")
    found = lit(working_days(20), "2026-04-30T10:00", sent)
    assert (found.rule.code, found.next_change_at, found.rung) == ("paused", None, None)


@pytest.mark.parametrize(
    ("closed", "code"),
    [("2026-03-18T23:59:59", "met_on_time"), ("2026-03-19T00:00", "met_late")],
)
def test_the_light_of_what_was_met(closed: str, code: str) -> None:
    found = lit(working_days(20), "2026-05-01T10:00", state=State.MET, closed=closed)
    assert (found.rule.code, found.next_change_at) == (code, None)


def test_the_light_of_what_was_cancelled() -> None:
    found = lit(working_days(20), "2026-05-01T10:00", state=State.CANCELLED)
    assert (found.rule.code, found.next_change_at, found.rung) == ("cancelled", None, None)


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (date(2019, 6, 30), "overdue"),
        (date(2019, 12, 31), "overdue"),
        (date(2020, 1, 2), "near"),
        (date(2020, 6, 30), "far"),
    ],
)
def test_history_shows_the_light_of_its_years_end_and_nothing_reminds(due: date, code: str) -> None:
    found = lit(
        on_date(due), "2026-11-23T10:00", start="2019-01-02T09:00", history=date(2019, 12, 31)
    )
    assert (found.rule.code, found.next_change_at, found.rung) == (code, None, None)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))
limits = st.one_of(
    st.integers(1, 60).map(working_days),
    st.integers(1, 90).map(calendar_days),
    st.integers(1, 100).map(hours),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(on_date),
)


@given(limits, moments, moments)
def test_nothing_changes_before_it_is_said_to(limit: Limit, now: datetime, later: datetime) -> None:
    now, later = sorted((now, later))
    first = lit(limit, now.isoformat())
    second = lit(limit, later.isoformat())
    assert first.next_change_at is not None
    if later.replace(tzinfo=OFFICE) < first.next_change_at:
        assert (second.rule, second.rung) == (first.rule, first.rung)
    else:
        assert (second.rule, second.rung) != (first.rule, first.rung)


@given(limits, moments)
def test_red_exactly_when_the_due_moment_has_passed(limit: Limit, now: datetime) -> None:
    clock = read_ledger(limit, [Entry(FactKind.STARTED, at("2026-02-12T10:00"))])
    due_at = reckon(limit, clock, CALENDAR).due_at
    assert due_at is not None
    moment = now.replace(tzinfo=OFFICE, microsecond=0)
    red = lit(limit, moment.replace(tzinfo=None).isoformat()).rule.code == "overdue"
    assert red == (moment > due_at)


@given(st.integers(6, 60), moments)
def test_amber_exactly_within_five_working_days(n: int, now: datetime) -> None:
    limit = working_days(n)
    clock = read_ledger(limit, [Entry(FactKind.STARTED, at("2026-02-12T10:00"))])
    due_on = reckon(limit, clock, CALENDAR).due_on
    assert due_on is not None
    if now.date() <= due_on:
        near = working_days_between(now.date(), due_on, CALENDAR) <= 5
        assert (lit(limit, now.isoformat()).rule.code in ("near", "today")) == near


def test_every_rule_says_something_and_names_a_known_light() -> None:
    for code, rule in LIGHT_RULES.items():
        assert rule.code == code
        assert rule.label
        assert rule.sentence.endswith("。")
        assert rule.light.label


# -- the ladder --------------------------------------------------------------------------------

# Due on Friday 2026-10-16; 国庆 off 10-01 to 10-07, Saturday 10-10 is worked.
RUNGS = [
    ("2026-10-09T23:59", None),
    ("2026-10-10T00:00", -5),
    ("2026-10-11T12:00", -5),
    ("2026-10-13T00:00", -3),
    ("2026-10-15T00:00", -1),
    ("2026-10-16T00:00", 0),
    ("2026-10-18T23:59", 0),
    ("2026-10-19T00:00", 1),
    ("2026-10-23T00:00", 5),
    ("2026-10-30T00:00", 10),
    ("2026-11-06T00:00", 15),
]


@pytest.mark.parametrize(("now", "rung"), RUNGS)
def test_rungs_are_working_days(now: str, rung: int | None) -> None:
    assert rung_at(at(now), at("2026-10-16T23:59:59"), CALENDAR)[0] == rung


def test_a_due_day_off_work_is_reminded_of_on_the_last_working_day_before() -> None:
    sunday = at("2026-03-15T23:59:59")
    assert rung_at(at("2026-03-13T09:00"), sunday, CALENDAR)[0] == 0
    assert rung_at(at("2026-03-12T09:00"), sunday, CALENDAR)[0] == -1
    assert rung_at(at("2026-03-16T09:00"), sunday, CALENDAR)[0] == 1


def test_rungs_of_hours() -> None:
    for now, rung in (
        ("2026-02-12T12:29", None),
        ("2026-02-12T12:30", -1),
        ("2026-02-12T15:00:01", 1),
        ("2026-02-27T09:00", 5),
    ):
        assert lit(hours(5), now).rung == rung


@given(moments, moments)
def test_rungs_only_rise(a: datetime, b: datetime) -> None:
    due = at("2026-06-16T23:59:59")
    early, late = sorted((a.replace(tzinfo=OFFICE), b.replace(tzinfo=OFFICE)))
    first, begins = rung_at(early, due, CALENDAR)
    second, _ = rung_at(late, due, CALENDAR)
    assert (first is None) or (second is not None and second >= first)
    assert (second != first) == (late >= begins)


def test_rungs_in_words() -> None:
    assert [rung_words(n) for n in (-5, 0, 1, 10)] == [
        "还有5个工作日到期", "今天到期", "已逾期1个工作日", "已逾期10个工作日",
    ]  # fmt: skip
    assert [rung_words(n, hours=True) for n in (-1, 1, 5)] == [
        "时间已过半", "已逾期", "已逾期5个工作日",
    ]  # fmt: skip


# -- cadences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "dues"),
    [
        (Cadence(Every.QUARTER), ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        (Cadence(Every.HALF_YEAR), ["2026-06-30", "2026-12-31"]),
        (Cadence(Every.YEAR), ["2026-12-31"]),
        (Cadence(Every.YEAR, times=2), ["2026-06-30", "2026-12-31"]),
        (Cadence(Every.YEAR, times=3), ["2026-04-30", "2026-08-31", "2026-12-31"]),
        (
            Cadence(Every.YEAR, times=5),
            ["2026-03-14", "2026-05-26", "2026-08-07", "2026-10-19", "2026-12-31"],
        ),
    ],
)
def test_periods_of_a_year(cadence: Cadence, dues: list[str]) -> None:
    assert [p.due.isoformat() for p in periods(cadence, 2026)] == dues


def test_months_by_a_day_end_with_a_short_month() -> None:
    found = periods(Cadence(Every.MONTH, day=31), 2028)
    assert [p.due.day for p in found] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert found[0].label == "2028年1月"
    assert [p.due.day for p in periods(Cadence(Every.MONTH, day=5), 2026)] == [5] * 12


def test_labels() -> None:
    assert [p.label for p in periods(Cadence(Every.QUARTER), 2026)][1] == "2026年第二季度"
    assert [p.label for p in periods(Cadence(Every.HALF_YEAR), 2026)] == [
        "2026年上半年",
        "2026年下半年",
    ]
    assert periods(Cadence(Every.YEAR, times=4), 2026)[2].label == "2026年第3次（共4次）"
    assert [p.label for p in periods(Cadence(Every.YEAR), 2026)] == ["2026年"]


@given(st.integers(1, 366), st.integers(2004, 2100))
def test_n_times_a_year_cover_the_year_without_gap(times: int, year: int) -> None:
    found = periods(Cadence(Every.YEAR, times=times), year)
    assert len(found) == times
    assert found[0].start == date(year, 1, 1)
    assert found[-1].due == date(year, 12, 31)
    for one, next_one in pairwise(found):
        assert next_one.start == one.due + timedelta(days=1)


@pytest.mark.parametrize(
    "fields",
    [
        {"every": Every.QUARTER, "day": 5},
        {"every": Every.MONTH, "day": 0},
        {"every": Every.MONTH, "times": 2},
        {"every": Every.YEAR, "times": 0},
        {"every": Every.YEAR, "times": 367},
    ],
)
def test_impossible_cadences(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Cadence(**fields)  # type: ignore[arg-type]
