"""The arithmetic of bars, months and marked texts."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ui import pictures
from gongkai.ui.parts import DayCell, Mark, Stripe

COUNTS = st.lists(st.integers(0, 5000), max_size=8)


@given(COUNTS)
def test_stripes_never_overlap_and_stay_inside(counts):
    bar = pictures.bar([Stripe("red", "逾期", n) for n in counts])
    places = [(p.x, p.x + p.width) for p in bar.pieces]
    assert all(a[1] < b[0] for a, b in pairwise(places))
    assert all(a >= 0 and b <= bar.width for a, b in places)
    assert bar.total == sum(counts)


def test_bars_beside_each_other_share_a_scale():
    short = pictures.bar([Stripe("red", "逾期", 10)], most=40)
    assert short.pieces[0].width == 100


def test_a_bar_of_nothing_says_so():
    assert pictures.bar([Stripe("red", "逾期", 0)]).said == "没有"


def test_a_month_begins_under_its_weekday():
    cells = [DayCell(date(2026, 2, n), True) for n in range(1, 29)]  # 1 February is a Sunday
    grid = pictures.month(cells)
    assert grid.weeks[0][:6] == [None] * 6
    assert grid.weeks[0][6].on == date(2026, 2, 1)
    assert all(len(week) == 7 for week in grid.weeks)


def test_a_month_is_one_month():
    with pytest.raises(ValueError, match="one month"):
        pictures.month([DayCell(date(2026, 2, 1), True), DayCell(date(2026, 3, 1), True)])
    with pytest.raises(ValueError, match="one month"):
        pictures.month([])


MARKS = st.lists(
    st.tuples(st.integers(-5, 60), st.integers(0, 30)).map(
        lambda t: Mark(t[0], t[0] + t[1], f"k{t[0]}-{t[1]}")
    ),
    max_size=6,
)


@given(st.text(max_size=40), MARKS, st.integers(0, 10))
def test_segments_are_the_text_and_marks_cover_what_they_say(text, marks, base):
    found = pictures.segments(text, marks, base=base)
    assert "".join(s.text for s in found) == text
    place = base
    for segment in found:
        for n in range(place, place + len(segment.text)):
            assert {m for m in marks if m.start <= n < m.end} == set(segment.marks)
        place += len(segment.text)


@given(st.text(min_size=1, max_size=40), MARKS)
def test_each_mark_that_shows_starts_once(text, marks):
    inside = {m for m in marks if m.start < len(text) and m.end > max(m.start, 0)}
    starts = [m for s in pictures.segments(text, marks) for m in s.starts]
    assert set(starts) == inside
