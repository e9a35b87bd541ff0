"""The ladder a body sets: its rungs, who hears each, quiet days, what setting it changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongkai.accounts.api import Role, appoint, end_post
from gongkai.accounts.tests.world import FOUNDED, World
from gongkai.audit.models import AuditEvent
from gongkai.calendars.api import builtin_calendar
from gongkai.duties import actions, queries
from gongkai.duties.models import BodyLadder
from gongkai.duties.rules import (
    LADDER,
    Ladder,
    hears_words,
    hours,
    ladder_words,
    on_date,
    rung_at,
    wrong_in,
)
from gongkai.duties.states import HEARS_FROM, Hearer
from gongkai.duties.tests.factories import make_duty, moment
from gongkai.duties.tests.test_lights import reminders
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refused
from gongkai.outbox import api as outbox

DUE = date(2026, 3, 18)
"""A Wednesday; five working days before is the Wednesday before."""
OWN = Ladder(before=(10, 2), after=(1, 3), step=4, hears_from={**HEARS_FROM, Hearer.LEADER: 3})


def set_own(world: World, ladder: Ladder = OWN, expected: int = 0) -> BodyLadder:
    return actions.set_ladder(
        world.own.body, ladder=ladder, actor=world.own.openness_office, expected=expected
    )


# -- rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rung", "hearers"),
    [
        (-5, {"owner"}),
        (-1, {"owner", "head"}),
        (0, {"owner", "head"}),
        (1, {"owner", "head", "office"}),
        (5, {"owner", "head", "office", "deputy"}),
        (10, set(Hearer)),
        (500, set(Hearer)),
    ],
)
def test_more_hear_as_it_grows_late(rung, hearers):
    assert LADDER.hearers(rung) == hearers


def test_who_is_never_told_hears_nothing():
    quiet = Ladder(hears_from=dict.fromkeys(HEARS_FROM))
    assert quiet.hearers(1000) == {Hearer.OWNER}


def test_rungs_of_a_body():
    assert OWN.rungs(5) == [-10, -2, 0, 1, 3, 7, 11, 15]
    assert Ladder(before=()).rungs(1) == [0, 1]
    calendar = builtin_calendar()
    due = moment("2026-03-18T23:59:59").astimezone()
    for day, rung in (("2026-03-04", -10), ("2026-03-16", -2), ("2026-03-18", 0)):
        now = moment(f"{day}T09:00").astimezone()
        assert rung_at(now, due, calendar, ladder=OWN)[0] == rung


def test_ladders_in_words():
    assert ladder_words(LADDER) == "到期前5、3、1个工作日，当天，逾期1、5个工作日，以后每5个工作日"
    assert hears_words(OWN) == (
        "科室负责人到期前1个工作日起；政务公开办逾期1个工作日起；"
        "分管领导逾期5个工作日起；主要领导逾期3个工作日起"
    )


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, 0),
        ({"before": ()}, 0),
        ({"before": (5, 5)}, 1),
        ({"before": (31,)}, 1),
        ({"before": (7, 6, 5, 4, 3, 2, 1)}, 1),
        ({"after": (2, 5)}, 1),
        ({"after": ()}, 1),
        ({"after": (1, 9, 3)}, 1),
        ({"step": 0}, 1),
        ({"step": 31}, 1),
    ],
)
def test_what_is_wrong_with_a_ladder(change, wrong):
    fields: dict[str, Any] = {"before": (5, 1), "after": (1, 3), "step": 5, **change}
    assert len(list(wrong_in(Ladder(**fields)))) == wrong


DAYS = st.lists(st.integers(1, 30), max_size=6, unique=True)


@given(DAYS, DAYS, st.integers(1, 30))
def test_a_right_ladder_reads_back_and_never_stands_still(before, after, step):
    ladder = Ladder(tuple(sorted(before, reverse=True)), tuple(sorted({1, *after})[:6]), step)
    assert list(wrong_in(ladder)) == []
    assert Ladder.from_json(ladder.as_json()) == ladder
    rungs = ladder.rungs(10)
    assert rungs == sorted(set(rungs))


# -- setting it ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_openness_office_sets_it_once_a_version(world: World) -> None:
    set_own(world)
    assert queries.ladder_of(world.own.section) == OWN
    assert queries.ladder_of(world.other.section) == LADDER
    with pytest.raises(Refused) as refused:
        set_own(world, LADDER, expected=0)
    assert refused.value.codes == {"kernel.stale"}
    set_own(world, LADDER, expected=1)
    assert queries.ladder_of(world.own.section) == LADDER
    assert AuditEvent.objects.filter(event="duties.ladder_set").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OPENNESS_OFFICE}))
def test_nobody_else_sets_it(world: World, role: Role) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_ladder(world.own.body, ladder=OWN, actor=world.own.people[role], expected=0)
    assert refused.value.codes == {"duties.not_allowed"}
    assert not BodyLadder.objects.exists()


@pytest.mark.django_db
def test_the_office_of_another_body_does_not(world: World) -> None:
    with pytest.raises(Refused):
        actions.set_ladder(
            world.own.body, ladder=OWN, actor=world.other.openness_office, expected=0
        )


@pytest.mark.django_db
def test_open_duties_look_again_after_it_was_set(world: World) -> None:
    with clock.at(moment("2026-03-05T09:00")):
        duty = make_duty(world.own.section, limit=on_date(DUE))
        far = make_duty(world.own.section, limit=on_date(date(2026, 6, 30)))
        other = make_duty(world.other.section, limit=on_date(DUE))
        own = make_duty(world.own.body, limit=on_date(DUE))
        outbox.drain(strict=True)
        assert reminders(duty) == []
        set_own(world)
        outbox.drain(strict=True)
        assert [reminders(d) for d in (duty, own, far, other)] == [[-10], [-10], [], []]
        outbox.drain(strict=True)
        assert reminders(duty) == [-10]
    with clock.at(moment("2026-03-11T09:00")):
        actions.turn_lights(clock.now())
        assert reminders(duty) == [-10]  # its body has no rung at five
        assert reminders(other) == [-5]


# -- quiet days ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_day_off_climbs_nothing_and_the_next_working_day_does(world: World) -> None:
    with clock.at(moment("2026-03-14T10:00")):  # a Saturday
        duty = make_duty(world.own.section, limit=on_date(DUE))
        assert (reminders(duty), duty.light) == ([], "amber")
        actions.turn_lights(clock.now())
    with clock.at(moment("2026-03-15T23:00")):
        assert actions.turn_lights(clock.now()) == 0
    with clock.at(moment("2026-03-16T00:00")):
        assert actions.turn_lights(clock.now()) == 1
    assert reminders(duty) == [-3]  # two working days are left: the rung of three is passed


@pytest.mark.django_db
def test_a_worker_that_was_down_catches_up_on_the_next_working_day(world: World) -> None:
    with clock.at(moment("2026-03-02T09:00")):
        duty = make_duty(world.own.section, limit=on_date(DUE))
    with clock.at(moment("2026-03-21T12:00")):
        actions.turn_lights(clock.now())
        duty.refresh_from_db()
        assert (reminders(duty), duty.light) == ([], "red")
    with clock.at(moment("2026-03-23T08:00")):
        actions.turn_lights(clock.now())
    assert reminders(duty) == [1]


@pytest.mark.django_db
def test_limits_in_hours_remind_on_days_off(world: World) -> None:
    with clock.at(moment("2026-03-14T10:00")):
        started = moment("2026-03-14T10:00")
        duty = make_duty(world.own.section, limit=hours(4), started_at=started)
    with clock.at(moment("2026-03-14T12:30")):
        actions.turn_lights(clock.now())
        assert reminders(duty) == [-1]


# -- who hears -----------------------------------------------------------------------------------


def heard(duty: Any) -> tuple[set[str], set[str]]:
    found = queries.reminder_of(subject_key(duty))
    assert found is not None
    hearing = queries.hearing(found)
    return {u.username for u in hearing.own}, {u.username for u in hearing.above}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "own", "above"),
    [
        ("2026-03-11", {"ownofficer"}, set()),
        ("2026-03-17", {"ownofficer", "ownsectionhead"}, set()),
        ("2026-03-19", {"ownofficer", "ownsectionhead"}, {"ownopennessoffice"}),
        ("2026-03-25", {"ownofficer", "ownsectionhead"}, {"ownopennessoffice", "owndeputyleader"}),
        (
            "2026-04-01",
            {"ownofficer", "ownsectionhead"},
            {"ownopennessoffice", "owndeputyleader", "ownleader"},
        ),
    ],
)
def test_who_hears_at_which_lateness(world, day, own, above) -> None:
    with clock.at(moment("2026-03-02T09:00")):
        duty = make_duty(world.own.section, limit=on_date(DUE))
    with clock.at(moment(f"{day}T09:00")):
        actions.turn_lights(clock.now())
        assert heard(duty) == (own, above)


@pytest.mark.django_db
def test_who_has_it_hears_it_in_place_of_the_officers(world: World) -> None:
    with clock.at(moment("2026-03-17T09:00")):
        mine = make_duty(world.own.section, limit=on_date(DUE), person=world.own.section_head)
        assert heard(mine) == ({"ownsectionhead"}, set())


@pytest.mark.django_db
def test_a_unit_without_officers_is_its_heads_then_the_offices(world: World) -> None:
    with clock.at(moment("2026-03-12T09:00")):
        duty = make_duty(world.own.section, limit=on_date(DUE))
        end_post(world.own.officer.posts.get(), actor=None, on=date(2026, 3, 12))
        assert heard(duty)[0] == {"ownsectionhead"}
        end_post(world.own.section_head.posts.get(), actor=None, on=date(2026, 3, 12))
        assert heard(duty)[0] == {"ownopennessoffice"}


@pytest.mark.django_db
def test_nobody_hears_it_twice(world: World) -> None:
    both = world.own.openness_office
    appoint(actor=None, user=both, unit=world.own.section, role=Role.OFFICER, from_on=FOUNDED)
    with clock.at(moment("2026-03-19T09:00")):
        duty = make_duty(world.own.section, limit=on_date(DUE))
        own, above = heard(duty)
        assert both.username in own
        assert both.username not in above


# -- its page ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_everybody_looks_and_the_office_sets(client, world: World) -> None:
    client.force_login(world.own.officer)
    page = client.get(reverse("duties:ladder"))
    assert "到期前5、3、1个工作日" in page.content.decode()
    assert "保存" not in page.content.decode()
    client.force_login(world.own.openness_office)
    sent = {"before": "10、2", "after": "1,3", "step": 4, "version": 0, "head": "-1"}
    sent |= {"office": "1", "deputy": "5", "leader": "3"}
    there = reverse("duties:set_ladder", args=[world.own.body.pk])
    assert client.post(there, sent).status_code == 302
    assert queries.ladder_of(world.own.section) == OWN
    page = client.get(reverse("duties:ladder")).content.decode()
    assert 'value="10、2"' in page
    assert "设定提醒" in page


@pytest.mark.django_db
def test_what_is_wrong_is_said_beside_what_was_typed(client, world: World) -> None:
    client.force_login(world.own.openness_office)
    there = reverse("duties:set_ladder", args=[world.own.body.pk])
    sent = {"before": "5、3", "after": "2、5", "step": 5, "version": 0, "head": "-1"}
    sent |= {"office": "1", "deputy": "5", "leader": "10"}
    page = client.post(there, sent)
    assert page.status_code == 409
    assert "逾期后的第一个时点是1个工作日" in page.content.decode()
    assert 'value="2、5"' in page.content.decode()
    assert client.post(there, {**sent, "after": ""}).status_code == 422
    other = reverse("duties:set_ladder", args=[world.other.body.pk])
    assert client.post(other, sent).status_code == 404


@pytest.mark.django_db
def test_who_is_not_to_hear_is_named_and_never_left_out_by_a_gap(client, world: World) -> None:
    client.force_login(world.own.openness_office)
    there = reverse("duties:set_ladder", args=[world.own.body.pk])
    sent = {"before": "5", "after": "1", "step": 5, "version": 0, "head": "-1"}
    sent |= {"office": "1", "deputy": "5"}
    page = client.post(there, sent)
    assert page.status_code == 422
    assert "请选择主要领导从何时起收到提醒" in page.content.decode()
    assert client.post(there, {**sent, "leader": "never"}).status_code == 302
    assert queries.ladder_of(world.own.section).hears_from[Hearer.LEADER] is None
    page = client.get(reverse("duties:ladder")).content.decode()
    assert '<option value="never" selected>不告诉' in page
