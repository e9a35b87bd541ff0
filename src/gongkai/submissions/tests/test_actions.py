"""The verbs of submissions: who may, when, why not; and what they leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.accounts.api import Role
from gongkai.audit.models import AuditEvent
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Notice
from gongkai.programme.tests.factories import at
from gongkai.submissions import actions, queries
from gongkai.submissions.models import Round, Sending
from gongkai.submissions.states import ROUND_MOVES, Rhythm, RoundState
from gongkai.submissions.tests.conftest import MARCH
from gongkai.submissions.tests.factories import (
    again,
    first,
    quarterly,
    received,
    required,
    returned,
    sent,
    upload,
)

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def refused(call, *args, **how):
    """Do what will be refused, and see that nothing changed; returns the codes."""
    before = _all()
    with pytest.raises(Refused) as caught:
        call(*args, **how)
    assert _all() == before
    return caught.value.codes


def _all():
    rows = list(Round.objects.order_by("pk").values("state", "version", "sent_on"))
    return rows, list(Sending.objects.order_by("pk").values())


def test_what_is_owed_once_has_one_clock_and_its_unit_is_told(side):
    found = required(side)
    round_ = first(found)
    assert (round_.period, round_.duty.due_on) == ("", MARCH + timedelta(days=14))
    assert round_.duty.owner == side.section
    assert round_.duty.url == f"/submissions/{round_.pk}/"
    told = Notice.objects.filter(kind="submissions.required").values_list("user", flat=True)
    assert set(told) == {side.officer.pk, side.section_head.pk}


def test_a_rhythm_opens_the_rest_of_the_year(side):
    days = [round_.due_on for round_ in quarterly(side).rounds.order_by("due_on")]
    assert days == [date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 10), date(2027, 1, 10)]
    yearly = quarterly(side, rhythm=Rhythm.YEARLY, lag=90)
    assert [r.period for r in yearly.rounds.order_by("due_on")] == ["2025年", "2026年"]


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"name": " "}, "no_words"),
        ({"recipient": ""}, "no_words"),
        ({"asked_on": MARCH + DAY}, "ahead"),
        ({"due_on": None}, "which_day"),
        ({"due_on": MARCH - DAY}, "due_before"),
        ({"rhythm": Rhythm.MONTHLY}, "which_day"),
        ({"lag": 121}, "lag"),
    ],
)
def test_what_cannot_be_owed(side, how, code):
    assert f"submissions.{code}" in refused(required, side, **how)


def test_who_enters_what_is_owed(side, world):
    for role in set(Role) - {Role.OPENNESS_OFFICE}:
        assert refused(required, side, actor=side.people[role]) == {"submissions.not_yours"}
    elsewhere = {"owner": world.other.section}
    assert refused(required, side, **elsewhere) == {"submissions.not_of_body"}


def test_sending_meets_the_clock_as_of_its_day_with_its_files(side):
    with clock.at(at(MARCH + 20 * DAY)):
        round_ = first(required(side, asked_on=MARCH, due_on=MARCH + 14 * DAY))
        round_ = sent(side, round_, sent_on=MARCH + 10 * DAY, uploads=[upload(), upload("2.txt")])
    assert (round_.state, round_.sent_on) == (RoundState.SENT, MARCH + 10 * DAY)
    assert round_.duty.light == "met"
    (one,) = queries.sendings_of(round_)
    assert [file.name for file in one.files] == ["名单.txt", "2.txt"]
    event = AuditEvent.objects.get(event="submissions.sent")
    assert event.facts["way"] == "公文交换"


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"sent_on": MARCH + DAY}, "ahead"),
        ({"sent_on": MARCH - DAY}, "too_early"),
        ({"uploads": []}, "nothing_sent"),
    ],
)
def test_what_cannot_be_sent(side, how, code):
    assert refused(sent, side, first(required(side)), **how) == {f"submissions.{code}"}


def test_a_word_stands_for_a_file(side):
    round_ = sent(side, first(required(side)), uploads=[], note="在统计系统直接填报")
    assert round_.state == RoundState.SENT


def test_the_people_of_the_unit_and_the_office_send(side, world):
    round_ = first(required(side))
    for actor in (side.leader, side.auditor, side.platform_admin, world.other.openness_office):
        assert refused(sent, side, round_, actor=actor) == {"submissions.not_yours"}
    assert sent(side, round_, actor=side.openness_office).state == RoundState.SENT


def test_a_receipt_ends_it(side):
    round_ = sent(side, first(required(side)))
    round_ = received(side, round_, upload=upload("回执.txt", b"ok"))
    assert round_.state == RoundState.RECEIVED
    (one,) = queries.sendings_of(round_)
    assert one.sending.receipt.name == "回执.txt"
    assert [file.name for file in one.files] == ["名单.txt"]
    assert one.sending.receipt_number == "收字〔2026〕3号"


def test_what_comes_back_runs_again_and_is_sent_again(side):
    round_ = sent(side, first(required(side)))
    round_ = returned(
        side, received(side, round_), again_by=MARCH + 5 * DAY, actor=side.section_head
    )
    assert (round_.state, round_.sent_on) == (RoundState.RETURNED, None)
    assert (round_.duty.closed_at, round_.duty.due_on) == (None, MARCH + 5 * DAY)
    assert Notice.objects.filter(kind="submissions.returned", user=side.officer).exists()
    assert not Notice.objects.filter(kind="submissions.returned", user=side.section_head).exists()
    with clock.at(at(MARCH + DAY)):
        round_ = sent(side, round_, sent_on=MARCH + DAY)
    assert round_.duty.light == "met"
    last, before = queries.sendings_of(round_)
    assert (last.sending.order, before.sending.reason) == (2, "缺联系电话")
    assert len(last.files) == len(before.files) == 1


@pytest.mark.parametrize(
    ("verb", "how", "code"),
    [
        (received, {"received_on": MARCH + DAY}, "ahead"),
        (received, {"received_on": MARCH - DAY}, "too_early"),
        (received, {"number": " "}, "no_words"),
        (returned, {"returned_on": MARCH + DAY}, "ahead"),
        (returned, {"returned_on": MARCH - DAY}, "too_early"),
        (returned, {"reason": ""}, "no_words"),
    ],
)
def test_answers_that_cannot_be(side, verb, how, code):
    round_ = sent(side, first(required(side)))
    assert refused(verb, side, round_, **how) == {f"submissions.{code}"}


def test_a_second_sending_is_not_before_the_return(side):
    with clock.at(at(MARCH + 5 * DAY)):
        round_ = sent(side, first(required(side, asked_on=MARCH)), sent_on=MARCH)
        round_ = returned(side, round_, returned_on=MARCH + 4 * DAY)
        early = {"sent_on": MARCH + 3 * DAY}
        assert refused(sent, side, round_, **early) == {"submissions.too_early"}


@pytest.mark.parametrize("state", list(RoundState))
@pytest.mark.parametrize("verb", ["send", "receive", "return"])
def test_every_verb_in_every_state(side, verb, state):
    round_ = first(required(side))
    if state in (RoundState.SENT, RoundState.RECEIVED):
        round_ = sent(side, round_)
    Round.objects.filter(pk=round_.pk).update(state=state)
    round_ = again(round_)
    call = {"send": sent, "receive": received, "return": returned}[verb]
    origins, target = ROUND_MOVES[verb]
    if state in origins:
        assert call(side, round_).state == target
    else:
        assert refused(call, side, round_) == {"submissions.wrong_state"}


def test_the_next_year_is_opened_once(side):
    found = quarterly(side)
    how = {"actor": side.openness_office, "expected": found.version}
    assert refused(actions.open_year, found, year=2028, **how) == {"submissions.opened"}
    found = actions.open_year(found, year=2027, **how)
    assert found.rounds.count() == 8
    how["expected"] = found.version
    assert refused(actions.open_year, found, year=2028, **how) == {"submissions.opened"}
    once = required(side)
    how["expected"] = once.version
    assert refused(actions.open_year, once, year=2027, **how) == {"submissions.once"}
    how = {"actor": side.officer, "expected": found.version}
    assert "submissions.not_yours" in refused(actions.open_year, found, year=2028, **how)


def test_what_is_owed_no_longer_leaves_what_was_sent(side):
    found = quarterly(side)
    sent(side, first(found))
    how = {"actor": side.openness_office, "expected": found.version}
    assert refused(actions.end_requirement, found, reason="", **how) == {"submissions.no_reason"}
    found = actions.end_requirement(found, reason="改由系统取数", **how)
    states = list(found.rounds.order_by("due_on").values_list("state", "duty__light"))
    assert states[0] == ("sent", "met")
    assert set(states[1:]) == {("dropped", "cancelled")}
    how["expected"] = found.version
    assert "submissions.ended" in refused(actions.end_requirement, found, reason="又", **how)
    assert "submissions.ended" in refused(actions.open_year, found, year=2027, **how)


def test_a_stale_page_changes_nothing(side):
    round_ = first(required(side))
    assert refused(sent, side, round_, expected=round_.version + 1) == {"kernel.stale"}


def test_what_waits_is_on_the_desk(side):
    round_ = sent(side, first(required(side)))
    assert queries.needs(side.officer) == []
    with clock.at(at(MARCH + 11 * DAY)):
        assert queries.needs(side.officer) == [round_]
        assert queries.needs(side.leader) == []
        returned(side, round_)
        assert queries.needs(side.openness_office) == [round_]
    found = quarterly(side)
    assert queries.to_open(side.openness_office) == []
    with clock.at(at(date(2026, 11, 2))):
        assert queries.to_open(side.openness_office) == [found]
        assert queries.to_open(side.officer) == []
