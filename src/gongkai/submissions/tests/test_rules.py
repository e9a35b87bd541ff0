"""When what is owed is due."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.submissions.rules import Due, late_by, with_lag
from gongkai.submissions.states import Rhythm

QUARTERS = [
    Due("2026年第1季度", date(2026, 1, 1), date(2026, 3, 31)),
    Due("2026年第2季度", date(2026, 4, 1), date(2026, 6, 30)),
]


@pytest.mark.parametrize(
    ("lag", "not_before", "days"),
    [
        (0, date(2026, 1, 1), [date(2026, 3, 31), date(2026, 6, 30)]),
        (10, date(2026, 1, 1), [date(2026, 4, 10), date(2026, 7, 10)]),
        (10, date(2026, 4, 10), [date(2026, 4, 10), date(2026, 7, 10)]),
        (10, date(2026, 4, 11), [date(2026, 7, 10)]),
    ],
)
def test_days_after_the_end_of_a_period(lag, not_before, days):
    assert [one.due for one in with_lag(QUARTERS, lag, not_before=not_before)] == days


@pytest.mark.parametrize(
    ("rhythm", "lag", "said"),
    [
        (Rhythm.ONCE, 0, "一次"),
        (Rhythm.QUARTERLY, 10, "每季度，期满后10天内"),
        (Rhythm.YEARLY, 0, "每年，期满前"),
    ],
)
def test_the_rule_in_words(rhythm, lag, said):
    assert late_by(rhythm, lag) == said
