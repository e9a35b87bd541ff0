"""Names, spans and passwords; no database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.accounts import rules
from gongkai.accounts.states import DELEGABLE, EVENTS, SEES_PEOPLE, SEES_WORK, Role

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("lintao", True),
        (" LinTao ", True),
        ("lin.tao", True),
        ("l2", True),
        ("l", False),
        ("", False),
        (".lin", False),
        ("lin.", False),
        ("lin..tao", False),
        ("lin tao", False),
        ("林涛", False),
        ("ｌｉｎ", False),
        ("lin@tao", False),
        ("a" * 51, False),
    ],
)
def test_sign_in_names(text, good):
    assert rules.is_username(rules.clean_username(text)) is good


@given(*(st.integers(0, 20) for _ in range(4)))
def test_spans_meet_when_they_share_a_day(a, n, b, m):
    first = {MONDAY + timedelta(a + i) for i in range(n + 1)}
    second = {MONDAY + timedelta(b + i) for i in range(m + 1)}
    meets = rules.spans_meet(min(first), max(first), min(second), max(second))
    assert meets == bool(first & second)


@pytest.mark.parametrize(
    ("role", "held", "apart"),
    [
        (Role.AUDITOR, set(), False),
        (Role.AUDITOR, {Role.AUDITOR}, False),
        (Role.AUDITOR, {Role.OFFICER}, True),
        (Role.OFFICER, {Role.AUDITOR}, True),
        (Role.OFFICER, {Role.SECTION_HEAD, Role.PLATFORM_ADMIN}, False),
    ],
)
def test_who_audits_does_nothing_else(role, held, apart):
    assert rules.stands_apart(role, held) is apart


def test_paths_below_others_are_left_out():
    assert rules.widest({"/1/", "/1/2/", "/3/4/", "/12/"}) == ("/1/", "/12/", "/3/4/")
    assert rules.widest(()) == ()


@pytest.mark.parametrize(
    ("path", "other", "overlap"),
    [("/1/", "/1/2/", True), ("/1/2/", "/1/", True), ("/1/2/", "/1/3/", False)],
)
def test_overlap(path, other, overlap):
    assert rules.overlap(path, other) is overlap


@pytest.mark.parametrize(
    ("password", "classes"),
    [("", 0), ("abc", 1), ("abC", 2), ("abC1", 3), ("abC1-", 4), ("密码", 0), ("a b", 2)],
)
def test_kinds_of_characters(password, classes):
    assert rules.classes_in(password) == classes


@pytest.mark.parametrize(
    ("rates", "minutes"),
    [("5/15m/key,30/15m/ip", 15), ("5/300s/key", 5), ("3/h/key", 60), ("", 1), ("2/10s/key", 1)],
)
def test_how_long_the_lock_holds(rates, minutes):
    assert rules.lock_minutes(rates) == minutes


def test_tables():
    assert all(role.label for role in Role)
    assert not DELEGABLE & {Role.AUDITOR, Role.PLATFORM_ADMIN, Role.SECRECY_REVIEWER}
    assert Role.PLATFORM_ADMIN not in SEES_WORK
    assert Role.PLATFORM_ADMIN in SEES_PEOPLE
    assert all(event.startswith("accounts.") and label for event, label in EVENTS.items())
