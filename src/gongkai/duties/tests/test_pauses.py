"""Pauses in working days: the worked cases of ADR 0061, and what must hold for any pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.calendars.data.builtin import builtin_calendar
from gongkai.calendars.rules import add_working_days, working_days_between
from gongkai.duties.rules import Entry, Limit, Reckoning, read_ledger, reckon, working_days
from gongkai.duties.states import FactKind, LimitKind, PauseReading

CALENDAR = builtin_calendar()
OFFICE = ZoneInfo("Asia/Shanghai")
TWENTY = working_days(20)


def at(day: str | date, clock: str = "10:00") -> datetime:
    on = day if isinstance(day, date) else date.fromisoformat(day)
    hour, minute = clock.split(":")
    return datetime(on.year, on.month, on.day, int(hour), int(minute), tzinfo=OFFICE)


def started(day: str | date) -> Entry:
    return Entry(FactKind.STARTED, at(day))


def sent(day: str | date, key: str = "征求第三方意见") -> Entry:
    return Entry(FactKind.PAUSED, at(day), reason=key, pause=key)


def answered(day: str | date, key: str = "征求第三方意见") -> Entry:
    return Entry(FactKind.RESUMED, at(day), pause=key)


def extended(day: str | date, n: int) -> Entry:
    return Entry(FactKind.EXTENDED, at(day), amount=n, reason="内容较多")


def reset(day: str | date) -> Entry:
    return Entry(FactKind.RESET, at(day), reason="收到补正")


def due(*entries: Entry, reading: PauseReading = PauseReading.AFTER_SENT) -> Reckoning:
    return reckon(TWENTY, read_ledger(TWENTY, entries), CALENDAR, reading)


@dataclass(frozen=True)
class Case:
    """A worked case of the ADR: the due day under the default and under each other reading."""

    says: str
    entries: tuple[Entry, ...]
    after_sent: str | None
    include_sent: str | None
    count_answer: str | None
    both: str | None


# All start on Thursday 2026-02-12; without a pause the 20th working day is 2026-03-18.
START = started("2026-02-12")
CASES = [
    Case("no pause", (START,), "2026-03-18", "2026-03-18", "2026-03-18", "2026-03-18"),
    Case(
        "1 sent Friday, answered Monday: one day, the Monday",
        (START, sent("2026-03-06"), answered("2026-03-09")),
        "2026-03-19",
        "2026-03-20",
        "2026-03-18",
        "2026-03-19",
    ),
    Case(
        "2 sent and answered on one day: nothing",
        (START, sent("2026-03-06"), answered("2026-03-06")),
        "2026-03-18",
        "2026-03-19",
        "2026-03-18",
        "2026-03-18",
    ),
    Case(
        "3 over 春节 with two shifted Saturdays: sent 02-13, answered 02-28 (a working Saturday)",
        (START, sent("2026-02-13"), answered("2026-02-28")),
        "2026-03-26",
        "2026-03-27",
        "2026-03-25",
        "2026-03-26",
    ),
    Case(
        "4 sent on a day off, answered on a day off: none but what lies between",
        (START, sent("2026-02-21"), answered("2026-03-01")),
        "2026-03-25",
        "2026-03-25",
        "2026-03-25",
        "2026-03-25",
    ),
    Case(
        "5 two overlapping: their union, 03-03 to 03-06",
        (
            START,
            sent("2026-03-02", "甲"),
            sent("2026-03-03", "乙"),
            answered("2026-03-05", "甲"),
            answered("2026-03-06", "乙"),
        ),
        "2026-03-24",
        "2026-03-25",
        "2026-03-23",
        "2026-03-24",
    ),
    Case(
        "6 one inside the other: the outer alone",
        (
            START,
            sent("2026-03-02", "甲"),
            sent("2026-03-03", "乙"),
            answered("2026-03-04", "乙"),
            answered("2026-03-06", "甲"),
        ),
        "2026-03-24",
        "2026-03-25",
        "2026-03-23",
        "2026-03-24",
    ),
    Case("7 still open: no due day", (START, sent("2026-03-06")), None, None, None, None),
    Case(
        "8 one answered, another still open: no due day",
        (START, sent("2026-03-02", "甲"), sent("2026-03-03", "乙"), answered("2026-03-05", "甲")),
        None,
        None,
        None,
        None,
    ),
    Case(
        "9 after an extension of 20, sent in the extended time",
        (START, extended("2026-03-17", 20), sent("2026-03-27"), answered("2026-03-31")),
        "2026-04-20",
        "2026-04-21",
        "2026-04-17",
        "2026-04-20",
    ),
    Case(
        "10 extended while paused: the order makes no difference",
        (START, sent("2026-03-06"), extended("2026-03-08", 20), answered("2026-03-09")),
        "2026-04-17",
        "2026-04-20",
        "2026-04-16",
        "2026-04-17",
    ),
    Case(
        "11 reset in between: the earlier pause is forgotten",
        (START, sent("2026-02-24"), answered("2026-02-27"), reset("2026-03-02")),
        "2026-03-30",
        "2026-03-30",
        "2026-03-30",
        "2026-03-30",
    ),
    Case(
        "12 reset while paused: the open pause is forgotten, its answer later is nothing",
        (START, sent("2026-02-27"), reset("2026-03-02"), answered("2026-03-05")),
        "2026-03-30",
        "2026-03-30",
        "2026-03-30",
        "2026-03-30",
    ),
    Case(
        "13 reset forgets an extension too",
        (START, extended("2026-02-27", 20), reset("2026-03-02")),
        "2026-03-30",
        "2026-03-30",
        "2026-03-30",
        "2026-03-30",
    ),
    Case(
        "14 sent on the last day, answered the next Monday: due on the day of the answer",
        (started("2026-02-14"), sent("2026-03-20"), answered("2026-03-23")),
        "2026-03-23",
        "2026-03-24",
        "2026-03-20",
        "2026-03-23",
    ),
    Case(
        "15 sent after the last day: nothing",
        (START, sent("2026-03-19"), answered("2026-03-25")),
        "2026-03-18",
        "2026-03-18",
        "2026-03-18",
        "2026-03-18",
    ),
    Case(
        "16 answered on a working Sunday (09-20): that Sunday is not counted either",
        (started("2026-09-10"), sent("2026-09-18"), answered("2026-09-20")),
        "2026-10-15",
        "2026-10-16",
        "2026-10-14",
        "2026-10-15",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.says)
@pytest.mark.parametrize(
    ("reading", "wanted"),
    [
        (PauseReading.AFTER_SENT, "after_sent"),
        (PauseReading.INCLUDE_SENT_DAY, "include_sent"),
        (PauseReading.COUNT_ANSWER_DAY, "count_answer"),
        (PauseReading.INCLUDE_SENT_COUNT_ANSWER_DAY, "both"),
    ],
)
def test_worked_cases(case: Case, reading: PauseReading, wanted: str) -> None:
    found = due(*case.entries, reading=reading)
    stated = getattr(case, wanted)
    assert (found.due_on.isoformat() if found.due_on else None) == stated
    assert found.paused == (stated is None)


def test_what_a_paused_clock_has_left() -> None:
    # 02-13 14 24 25 26 27 28 and 03-02 03 04 05 06 have run: 12 of 20.
    found = due(START, sent("2026-03-06"))
    assert found.left == 8
    assert [s.number for s in found.steps if s.counted] == list(range(1, 13))


def test_each_day_says_why_it_did_not_count() -> None:
    found = due(START, sent("2026-03-06"), answered("2026-03-09"))
    why = {s.on.isoformat(): s.why for s in found.steps}
    assert why["2026-02-14"] == "调休上班"
    assert why["2026-02-17"] == "春节"
    assert why["2026-03-07"] == "周末"
    assert why["2026-03-09"] == "暂停：征求第三方意见"
    assert why["2026-03-10"] == ""


def test_an_explanation_with_the_pause_at_the_end_says_so() -> None:
    found = due(started("2026-02-14"), sent("2026-03-20"), answered("2026-03-23"))
    assert found.steps[-1].on == date(2026, 3, 23)
    assert "顺延" in found.steps[-1].why
    assert sum(s.counted for s in found.steps) == 20


def test_a_pause_open_on_the_last_day_stops_the_clock() -> None:
    found = due(started("2026-02-14"), sent("2026-03-20"))
    assert found.paused
    assert (found.due_on, found.left) == (None, 0)


def test_facts_count_by_when_they_happened_not_by_when_they_were_written_down() -> None:
    on_time = (START, sent("2026-02-24"), answered("2026-02-27"), reset("2026-03-02"))
    late = (START, reset("2026-03-02"), sent("2026-02-24"), answered("2026-02-27"))
    assert due(*on_time).due_on == due(*late).due_on


# -- what holds for any pauses -----------------------------------------------------------------

starts = st.dates(date(2024, 1, 1), date(2026, 3, 1))
offsets = st.tuples(st.integers(0, 45), st.integers(0, 20))
readings = st.sampled_from(PauseReading)


def ledger(start: date, pauses: list[tuple[int, int]]) -> list[Entry]:
    """A start and pauses given as (days after the start, length in days)."""
    found = [started(start)]
    for i, (after, length) in enumerate(pauses):
        day = start + timedelta(days=after)
        found += [sent(day, str(i)), answered(day + timedelta(days=length), str(i))]
    return found


def due_of(start: date, pauses: list[tuple[int, int]], reading: PauseReading) -> date:
    found = due(*ledger(start, pauses), reading=reading).due_on
    assert found is not None
    return found


@given(starts, st.lists(offsets, max_size=4), offsets, readings)
def test_another_pause_never_makes_it_earlier(
    start: date, pauses: list[tuple[int, int]], more: tuple[int, int], reading: PauseReading
) -> None:
    assert due_of(start, [*pauses, more], reading) >= due_of(start, pauses, reading)


@given(starts, st.lists(offsets, max_size=4), readings)
def test_the_same_pause_twice_is_once(
    start: date, pauses: list[tuple[int, int]], reading: PauseReading
) -> None:
    assert due_of(start, pauses + pauses, reading) == due_of(start, pauses, reading)


@given(starts, st.lists(offsets, max_size=4), readings, st.randoms())
def test_the_order_of_pauses_makes_no_difference(
    start: date, pauses: list[tuple[int, int]], reading: PauseReading, random: object
) -> None:
    mixed = list(pauses)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert due_of(start, mixed, reading) == due_of(start, pauses, reading)


@given(starts, st.integers(0, 20), st.integers(0, 10), st.integers(0, 10), st.integers(0, 10))
def test_overlapping_pauses_are_their_union(start: date, a: int, b: int, c: int, d: int) -> None:
    # [a, a+b+c] and [a+b, a+b+c+d] overlap; their union is [a, a+b+c+d].
    parts = [(a, b + c), (a + b, c + d)]
    whole = [(a, b + c + d)]
    reading = PauseReading.AFTER_SENT
    assert due_of(start, parts, reading) == due_of(start, whole, reading)


@given(starts, st.lists(offsets, max_size=4))
def test_the_formula_of_the_regulation(start: date, pauses: list[tuple[int, int]]) -> None:
    """10.2: due = start + 20 working days + paused working days, for pauses begun in time."""
    found = due_of(start, pauses, PauseReading.AFTER_SENT)
    in_time = [p for p in pauses if start + timedelta(days=p[0]) <= found]
    excluded = {
        day
        for after, length in in_time
        for day in (start + timedelta(days=after + i) for i in range(1, length + 1))
        if CALENDAR.is_working(day)
    }
    longest = add_working_days(start, 20 + len(excluded), CALENDAR).due
    # A run of pauses may bridge a weekend and begin anew after it; then the walk is the shorter.
    assert found <= longest
    if len(in_time) <= 1:
        assert found == longest


@given(starts, st.lists(offsets, max_size=4), readings)
def test_the_counted_days_are_the_limit(
    start: date, pauses: list[tuple[int, int]], reading: PauseReading
) -> None:
    found = due(*ledger(start, pauses), reading=reading)
    assert sum(s.counted for s in found.steps) == 20
    assert [s.number for s in found.steps if s.counted] == list(range(1, 21))
    assert found.steps[-1].on == found.due_on
    assert all(CALENDAR.is_working(s.on) for s in found.steps if s.counted)
    assert all(s.counted or s.why for s in found.steps)


@given(starts, st.lists(offsets, max_size=3), st.integers(1, 60), readings)
def test_more_days_are_never_earlier(
    start: date, pauses: list[tuple[int, int]], n: int, reading: PauseReading
) -> None:
    def of(limit: Limit) -> date:
        found = reckon(limit, read_ledger(limit, ledger(start, pauses)), CALENDAR, reading)
        assert found.due_on is not None
        return found.due_on

    assert of(working_days(n + 1)) >= of(working_days(n))


@given(starts, st.lists(offsets, max_size=4), st.integers(0, 90), readings)
def test_a_reset_forgets_what_was_before(
    start: date, pauses: list[tuple[int, int]], after: int, reading: PauseReading
) -> None:
    again = start + timedelta(days=after)
    before = [p for p in pauses if p[0] < after]
    with_past = [*ledger(start, before), reset(again)]
    fresh = due(started(again), reading=reading)
    assert due(*with_past, reading=reading).due_on == fresh.due_on


@given(starts, st.integers(0, 40), st.integers(0, 15), readings)
def test_readings_that_exclude_more_are_never_earlier(
    start: date, after: int, length: int, reading: PauseReading
) -> None:
    most = due_of(start, [(after, length)], PauseReading.INCLUDE_SENT_DAY)
    least = due_of(start, [(after, length)], PauseReading.COUNT_ANSWER_DAY)
    assert least <= due_of(start, [(after, length)], reading) <= most


@given(starts, st.integers(0, 60), readings)
def test_an_open_pause_in_time_leaves_no_due_day(
    start: date, after: int, reading: PauseReading
) -> None:
    day = start + timedelta(days=after)
    found = due(started(start), sent(day), reading=reading)
    in_time = day <= add_working_days(start, 20, CALENDAR).due
    assert found.paused == in_time
    assert (found.due_on is None) == in_time


# -- hours -------------------------------------------------------------------------------------

HOURS = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 2000)), max_size=4)


def hours_due(n: int, pauses: list[tuple[int, int]]) -> datetime:
    limit = Limit(LimitKind.HOURS, n)
    start = at("2026-02-12", "09:30")
    entries = [Entry(FactKind.STARTED, start)]
    for i, (after, length) in enumerate(pauses):
        moment = start + timedelta(minutes=after)
        entries.append(Entry(FactKind.PAUSED, moment, pause=str(i), reason="核实"))
        end = moment + timedelta(minutes=length)
        entries.append(Entry(FactKind.RESUMED, end, pause=str(i)))
    found = reckon(limit, read_ledger(limit, entries), CALENDAR).due_at
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("n", "pauses", "wanted"),
    [
        (5, [], "2026-02-12T14:30"),
        (24, [], "2026-02-13T09:30"),  # hours run through nights and holidays
        (48, [(60, 120)], "2026-02-14T11:30"),
        (5, [(300, 60)], "2026-02-12T14:30"),  # sent at the moment it is due: nothing
        (5, [(299, 60)], "2026-02-12T15:30"),
        (5, [(60, 60), (90, 60)], "2026-02-12T16:00"),  # overlapping: 90 minutes
    ],
)
def test_hours_to_the_minute(n: int, pauses: list[tuple[int, int]], wanted: str) -> None:
    assert hours_due(n, pauses).isoformat()[:16] == wanted


@given(st.integers(1, 72), HOURS)
def test_hours_are_the_limit_and_the_union_of_the_stops(
    n: int, pauses: list[tuple[int, int]]
) -> None:
    found = hours_due(n, pauses)
    minutes = int((found - at("2026-02-12", "09:30")) / timedelta(minutes=1))
    stopped: set[int] = set()
    for after, length in pauses:
        stopped |= set(range(after, after + length))
    run = sum(1 for m in range(minutes) if m not in stopped)
    assert run == n * 60
    assert minutes - 1 not in stopped


@given(st.integers(1, 72), HOURS, st.tuples(st.integers(0, 4000), st.integers(0, 2000)))
def test_another_stop_never_makes_hours_earlier(
    n: int, pauses: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    assert hours_due(n, [*pauses, more]) >= hours_due(n, pauses)


def test_hours_stand_still_while_a_question_is_open() -> None:
    limit = Limit(LimitKind.HOURS, 24)
    entries = [
        Entry(FactKind.STARTED, at("2026-02-12", "09:30")),
        Entry(FactKind.PAUSED, at("2026-02-12", "12:30"), pause="a", reason="核实"),
    ]
    found = reckon(limit, read_ledger(limit, entries), CALENDAR)
    assert (found.due_at, found.paused, found.left) == (None, True, 21 * 60)


def test_calendar_days_stand_still_too() -> None:
    limit = Limit(LimitKind.CALENDAR_DAYS, 60)

    def of(*entries: Entry) -> date | None:
        return reckon(limit, read_ledger(limit, [started("2026-03-02"), *entries]), CALENDAR).due_on

    assert of() == date(2026, 5, 1)
    assert of(sent("2026-03-06"), answered("2026-03-09")) == date(2026, 5, 4)


def test_between_agrees_with_the_walk() -> None:
    found = due(START)
    assert found.due_on is not None
    assert working_days_between(date(2026, 2, 12), found.due_on, CALENDAR) == 20
