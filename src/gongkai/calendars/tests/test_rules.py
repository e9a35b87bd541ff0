"""The arithmetic of working days: the values of the regulation, shifted days, the missing year."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.calendars.command import main
from gongkai.calendars.data.builtin import builtin_calendar, builtin_notices
from gongkai.calendars.rules import (
    Entry,
    WorkingCalendar,
    add_calendar_days,
    add_working_days,
    changed_days,
    missing_year,
    working_days_back,
    working_days_between,
    wrong_entries,
)
from gongkai.calendars.states import Shift

CALENDAR = builtin_calendar()
DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 1))
WEEKENDS_ONLY = WorkingCalendar({}, {}, {}, "none")

# ../shared/regulation.md 10.1: receipt → the 7th, 15th, 20th and 40th working day after it.
REGULATION = {
    "2025-12-25": ("2026-01-06", "2026-01-16", "2026-01-23", "2026-02-27"),
    "2026-01-30": ("2026-02-10", "2026-02-27", "2026-03-05", "2026-04-02"),
    "2026-02-12": ("2026-02-28", "2026-03-11", "2026-03-18", "2026-04-16"),
    "2026-02-14": ("2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
    "2026-02-20": ("2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
    "2026-04-28": ("2026-05-11", "2026-05-21", "2026-05-28", "2026-06-26"),
    "2026-06-18": ("2026-06-30", "2026-07-10", "2026-07-17", "2026-08-14"),
    "2026-09-18": ("2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"),
    "2026-09-30": ("2026-10-15", "2026-10-27", "2026-11-03", "2026-12-01"),
}


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (start, n, due)
        for start, dues in REGULATION.items()
        for n, due in zip((7, 15, 20, 40), dues, strict=True)
    ],
)
def test_values_of_the_regulation(start: str, n: int, due: str) -> None:
    count = add_working_days(date.fromisoformat(start), n, CALENDAR)
    assert count.due.isoformat() == due
    assert not count.provisional
    assert sum(day.counted for day in count.days) == n


def test_notices_of_2025_and_2026_as_the_regulation_lists_them() -> None:
    def days(*texts: str) -> set[date]:
        found = set()
        for text in texts:
            first, _, last = text.partition("/")
            a = date.fromisoformat(first)
            b = date.fromisoformat(last or first)
            found |= {a + timedelta(days=i) for i in range((b - a).days + 1)}
        return found

    def of(year: int, shifted: object) -> set[date]:
        return {d for d in shifted if d.year == year}  # type: ignore[attr-defined]

    assert of(2026, CALENDAR.off) == days(
        "2026-01-01/2026-01-03",
        "2026-02-15/2026-02-23",
        "2026-04-04/2026-04-06",
        "2026-05-01/2026-05-05",
        "2026-06-19/2026-06-21",
        "2026-09-25/2026-09-27",
        "2026-10-01/2026-10-07",
    )
    assert of(2026, CALENDAR.work) == days(
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"
    )
    assert of(2025, CALENDAR.off) == days(
        "2025-01-01",
        "2025-01-28/2025-02-04",
        "2025-04-04/2025-04-06",
        "2025-05-01/2025-05-05",
        "2025-05-31/2025-06-02",
        "2025-10-01/2025-10-08",
    )
    assert of(2025, CALENDAR.work) == days(
        "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"
    )


def test_every_day_agrees_with_the_package_it_was_filled_from() -> None:
    package = pytest.importorskip("chinese_calendar")
    day, wrong = date(2004, 1, 1), []
    while day <= date(2026, 12, 31):
        if package.is_workday(day) != CALENDAR.is_working(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


def test_builtin_notices_are_whole() -> None:
    notices = builtin_notices()
    assert [n.year for n in notices] == list(range(2004, 2027))
    for notice in notices:
        entries = [Entry(d.on, d.shift, d.name) for d in notice.days]
        assert list(wrong_entries(notice.year, entries)) == []
        assert str(notice.year) in notice.title
        assert "待核" in notice.label if not notice.number else notice.number in notice.label
    by_year = {n.year: n for n in notices}
    assert by_year[2024].number == "国办发明电〔2023〕7号"


def test_reasons() -> None:
    assert CALENDAR.reason(date(2026, 10, 1)) == "国庆节"
    assert CALENDAR.reason(date(2026, 10, 3)) == "国庆节"  # a Saturday inside the holiday
    assert CALENDAR.reason(date(2026, 10, 10)) == "调休上班"
    assert CALENDAR.reason(date(2026, 10, 11)) == "周末"
    assert CALENDAR.reason(date(2026, 10, 12)) == ""


def test_a_year_without_notice_is_guessed_and_said_to_be() -> None:
    assert CALENDAR.provisional(date(2027, 1, 1))
    assert CALENDAR.provisional(date(2003, 12, 31))
    assert CALENDAR.known_until == date(2026, 12, 31)
    assert CALENDAR.known_from == date(2004, 1, 1)
    assert add_working_days(date(2026, 12, 20), 20, CALENDAR).provisional
    assert not add_working_days(date(2026, 12, 1), 20, CALENDAR).provisional


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2026, 11, 23), 2027),
        (date(2027, 1, 1), 2027),
        (date(2025, 12, 31), None),
    ],
)
def test_the_coming_year_is_missed_from_november(today: date, missing: int | None) -> None:
    assert missing_year(today, CALENDAR) == missing


@given(DAYS, st.integers(0, 60))
def test_between_is_the_inverse_of_adding(start: date, n: int) -> None:
    due = add_working_days(start, n, CALENDAR).due
    assert working_days_between(start, due, CALENDAR) == n
    assert working_days_between(due, start, CALENDAR) == -n


@given(DAYS, st.integers(1, 60))
def test_the_due_day_is_a_working_day_and_the_last_counted(start: date, n: int) -> None:
    count = add_working_days(start, n, CALENDAR)
    assert CALENDAR.is_working(count.due)
    assert count.days[-1].on == count.due
    assert [d.on for d in count.days] == [
        start + timedelta(days=i + 1) for i in range(len(count.days))
    ]


@given(DAYS, st.integers(0, 59))
def test_more_days_are_later(start: date, n: int) -> None:
    one = add_working_days(start, n, CALENDAR).due
    assert add_working_days(start, n + 1, CALENDAR).due > one


@given(DAYS, st.integers(0, 20))
def test_back_is_the_first_day_with_so_few_left(day: date, n: int) -> None:
    first = working_days_back(day, n, CALENDAR)
    assert working_days_between(first, day, CALENDAR) <= n
    assert working_days_between(first - timedelta(days=1), day, CALENDAR) == n + 1


@pytest.mark.parametrize(
    ("start", "n", "roll", "due"),
    [
        ("2026-02-01", 15, False, "2026-02-16"),
        ("2026-02-01", 15, True, "2026-02-24"),  # ends in 春节, moves past it
        ("2026-02-01", 13, True, "2026-02-14"),  # a Saturday made a working day stays
        ("2026-03-01", 6, True, "2026-03-09"),  # a Saturday moves to Monday
    ],
)
def test_calendar_days(start: str, n: int, roll: bool, due: str) -> None:
    count = add_calendar_days(date.fromisoformat(start), n, CALENDAR, roll=roll)
    assert count.due.isoformat() == due


def test_impossible_counts_are_refused() -> None:
    for n in (-1, 10_001):
        with pytest.raises(ValueError, match="between"):
            add_working_days(date(2026, 1, 1), n, CALENDAR)
        with pytest.raises(ValueError, match="between"):
            add_calendar_days(date(2026, 1, 1), n, CALENDAR)


def test_changed_days_are_those_on_which_work_differs() -> None:
    after = WorkingCalendar(
        {**CALENDAR.off, date(2027, 1, 1): "元旦", date(2027, 1, 2): "元旦"},
        {**CALENDAR.work, date(2027, 1, 9): "元旦"},
        {**CALENDAR.notices, 2027: "x"},
        "later",
    )
    # 2 January 2027 is a Saturday: off before and after.
    assert changed_days(CALENDAR, after) == (date(2027, 1, 1), date(2027, 1, 9))


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (Entry(date(2028, 1, 1), Shift.OFF, "元旦"), "不在2027年"),
        (Entry(date(2026, 11, 30), Shift.OFF, "元旦"), "不在2027年"),
        (Entry(date(2027, 1, 4), Shift.WORK, "元旦"), "本来就是"),
        (Entry(date(2027, 1, 1), Shift.OFF, " "), "没有写"),
        (Entry(date(2027, 5, 1), Shift.OFF, "劳动节"), "重复"),
    ],
)
def test_wrong_entries(entry: Entry, says: str) -> None:
    first = Entry(date(2027, 5, 1), Shift.OFF, "劳动节")
    assert [i for i, _ in wrong_entries(2027, [first])] == []
    [(position, sentence)] = wrong_entries(2027, [first, entry])
    assert position == 1
    assert says in sentence


def test_december_before_may_be_moved_by_the_year() -> None:
    assert list(wrong_entries(2027, [Entry(date(2026, 12, 31), Shift.OFF, "元旦")])) == []


# -- gongkai due -------------------------------------------------------------------------------


def run(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(list(words))
    return code, out.getvalue(), err.getvalue()


def test_due_as_json() -> None:
    code, out, err = run("--from", "2026-02-12", "--workdays", "20", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert set(found) == {"due", "days", "calendar"}
    assert found["due"] == "2026-03-18"
    assert found["days"][0] == ["2026-02-13", True, ""]
    assert found["days"][1] == ["2026-02-14", True, "调休上班"]
    assert found["days"][2] == ["2026-02-15", False, "春节"]
    assert found["days"][-1] == ["2026-03-18", True, ""]
    assert found["calendar"] == CALENDAR.label


def test_due_past_the_calendars_end_says_so() -> None:
    _, out, _ = run("--from", "2026-12-20", "--workdays", "20", "--json")
    assert "暂按周一至周五推算" in json.loads(out)["calendar"]
    _, out, _ = run("--from", "2026-12-20", "--workdays", "20")
    assert "暂按周一至周五推算" in out


def test_due_for_people() -> None:
    _, out, _ = run("--from", "2026-09-30", "--workdays", "7")
    assert out.splitlines()[0] == "到期日：2026-10-15"
    assert "2026-10-10 周六 第3天 调休上班" in out


@pytest.mark.parametrize(
    "words",
    [
        ["--from", "2026-02-30", "--workdays", "20"],
        ["--from", "明天", "--workdays", "20"],
        ["--from", "2026-02-12", "--workdays", "-1"],
        ["--from", "2026-02-12", "--workdays", "1.5"],
        ["--from", "2026-02-12", "--workdays", "99999999"],
        ["--from", "9999-12-31", "--workdays", "20"],
        ["--from", "2026-02-12"],
        ["--workdays", "20"],
        ["--from", "2026-02-12", "--workdays", "20", "--days", "3"],
        [],
    ],
)
def test_due_refuses_in_one_line(words: list[str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("gongkai due: ")


def test_due_needs_no_django() -> None:
    code = (
        "import sys; from gongkai.cli import main; "
        "main(['due', '--from', '2026-02-12', '--workdays', '1']); "
        "sys.exit('django' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
