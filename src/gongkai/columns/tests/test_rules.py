"""Tests of when a column is due, and of the strip of its year."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.columns import rules
from gongkai.columns.rules import Stretch
from gongkai.columns.states import FIELDS, TOGETHER, Freshness, Rhythm

D, M, Q, Y, C = Rhythm.DAYS, Rhythm.MONTHS, Rhythm.QUARTER, Rhythm.YEAR, Rhythm.CHANGES


@pytest.mark.parametrize(
    ("rhythm", "amount", "last", "due"),
    [
        (D, 14, date(2026, 3, 2), date(2026, 3, 16)),
        (M, 1, date(2026, 1, 31), date(2026, 2, 28)),
        (M, 6, date(2025, 9, 15), date(2026, 3, 15)),
        (M, 12, date(2024, 2, 29), date(2025, 2, 28)),
        (Q, 0, date(2026, 3, 31), date(2026, 6, 30)),
        (Q, 0, date(2026, 11, 2), date(2027, 3, 31)),
        (Y, 0, date(2026, 2, 1), date(2027, 12, 31)),
        (C, 20, date(2026, 2, 1), None),
    ],
)
def test_the_next_is_due_a_rhythm_later(rhythm, amount, last, due):
    assert rules.next_due(rhythm, amount, last) == due


def test_a_column_that_never_was_updated_is_due_within_its_first_round():
    assert rules.first_due(Q, 0, date(2026, 2, 3)) == date(2026, 3, 31)
    assert rules.first_due(Y, 0, date(2026, 2, 3)) == date(2026, 12, 31)
    assert rules.first_due(D, 14, date(2026, 2, 3)) == date(2026, 2, 17)
    assert rules.first_due(C, 20, date(2026, 2, 3)) is None


def test_overdue_days_are_those_between_due_and_the_next_update():
    updates = [date(2026, 2, 20), date(2026, 1, 10)]
    late = rules.late_stretches(D, 14, date(2026, 1, 1), updates, date(2026, 3, 10))
    assert late == [
        Stretch(date(2026, 1, 25), date(2026, 2, 19)),
        Stretch(date(2026, 3, 7), date(2026, 3, 10)),
    ]


def test_what_was_before_a_column_was_kept_makes_nothing_late():
    late = rules.late_stretches(D, 14, date(2026, 3, 1), [date(2025, 6, 1)], date(2026, 3, 10))
    assert late == []


def test_an_update_on_its_last_day_is_in_time():
    updates = [date(2026, 1, 15)]
    assert not rules.late_stretches(D, 14, date(2026, 1, 1), updates, date(2026, 1, 29))


def test_the_strip_shows_nothing_before_and_after_and_red_where_late():
    late = [Stretch(date(2026, 3, 30), date(2026, 4, 2))]
    months = rules.strip(
        2026, date(2026, 2, 10), [date(2026, 2, 11), date(2026, 2, 12)], late, date(2026, 5, 3)
    )
    assert [one.freshness for one in months[:6]] == [
        None,
        Freshness.GREEN,
        Freshness.RED,
        Freshness.RED,
        Freshness.GREEN,
        None,
    ]
    assert [one.updates for one in months[:3]] == [0, 2, 0]


@pytest.mark.parametrize(
    ("mine", "others", "said"),
    [
        ([date(2026, 2, 1)], [], True),
        ([], [date(2026, 2, 1)], True),
        ([date(2026, 2, 1)], [date(2026, 8, 1)], False),
        ([date(2025, 2, 1)], [], False),
        ([], [], False),
    ],
)
def test_of_a_pair_one_alone_is_incomplete(mine, others, said):
    assert rules.incomplete(mine, others, 2026) is said


def test_the_coming_set_can_be_kept_as_it_is():
    codes = [one.code for one in FIELDS]
    assert len(set(codes)) == len(codes)
    assert not [one.code for one in FIELDS if rules.wrong_amount(one.rhythm, one.amount)]
    assert all(code in codes for pair in TOGETHER for code in pair)


@pytest.mark.parametrize(("rhythm", "amount"), [(D, 0), (D, 367), (M, 25), (C, 0), (C, 61)])
def test_a_number_that_is_no_rhythm_is_told(rhythm, amount):
    assert rules.wrong_amount(rhythm, amount)


def test_a_rhythm_is_said_shortly():
    assert rules.in_words(D, 14) == "每14天"
    assert rules.in_words(M, 1) == "每月"
    assert rules.in_words(C, 20) == "变动后20个工作日内"
    assert rules.in_words(Q, 0) == "每季度"
