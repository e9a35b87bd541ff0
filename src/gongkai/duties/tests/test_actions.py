"""Each verb: its fact, its event, its due day; refusals that change nothing; counters in step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.accounts.api import User
from gongkai.accounts.tests.world import World, make_world
from gongkai.audit import api as audit
from gongkai.duties import actions, policies, queries
from gongkai.duties.models import Counter, Duty, Fact
from gongkai.duties.rules import Cadence, calendar_days, hours, on_date, standing, waiting
from gongkai.duties.states import Every, FactKind
from gongkai.duties.tests.factories import NOW, make_duty, moment
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused
from gongkai.organisation.api import dissolve_unit

pytestmark = pytest.mark.usefixtures("_march")


@pytest.fixture
def _march() -> Any:
    """It is Monday 2026-03-02, nine o'clock."""
    with clock.at(NOW):
        yield


def events(duty: Duty) -> list[str]:
    return [entry.event for entry in reversed(audit.timeline(duty))]


def snapshot(duty: Duty) -> tuple[Any, ...]:
    row = Duty.objects.filter(pk=duty.pk).values().get()
    facts = Fact.objects.filter(duty=duty).count()
    return (row, facts, len(audit.timeline(duty)), queries.counted())


def test_opening(world: World) -> None:
    duty = make_duty(world.own.section, actor=world.own.officer, law="条例 第三十三条")
    assert (duty.due_on, duty.light, duty.light_rule) == (date(2026, 3, 18), "green", "far")
    assert duty.due_at == moment("2026-03-18T23:59:59")
    assert duty.next_change_at == moment("2026-03-11T00:00")
    assert [f.kind for f in duty.facts.all()] == [FactKind.STARTED]
    assert events(duty) == ["duties.opened"]
    assert queries.counts_for([world.own.body.path]) == {world.own.section.pk: {"green": 1}}


def test_the_subjects_timeline_shows_the_clock(world: World) -> None:
    duty = make_duty(world.own.section)
    assert [e.event for e in audit.timeline(duty.subject)] == ["duties.opened"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"title": " "}, "duties.no_title"), ({"actor": "auditor"}, "duties.not_yours")],
)
def test_opening_refused(
    world: World,
    fields: dict[str, Any],
    code: str,
) -> None:
    if "actor" in fields:
        fields = {"actor": world.own.auditor}
    with pytest.raises(Refused) as refused:
        make_duty(world.own.section, **fields)
    assert code in refused.value.codes
    assert not Duty.objects.exists()


def test_a_dissolved_unit_gets_no_duty(world: World) -> None:
    section = world.own.section
    dissolve_unit(
        section,
        actor=None,
        on=date(2026, 2, 1),
        successor=world.own.body,
        expected=section.version,
    )
    section.refresh_from_db()
    with pytest.raises(Refused) as refused:
        make_duty(section)
    assert refused.value.codes == {"duties.owner_gone"}


def test_pausing_and_resuming(world: World) -> None:
    duty = make_duty(world.own.section)
    with clock.at(moment("2026-03-06T11:00")):
        duty = actions.pause(
            duty, actor=world.own.officer, at=moment("2026-03-06T10:00"), reason="征求第三方意见"
        )
        assert (duty.due_on, duty.light, duty.next_change_at) == (None, "blue", None)
        assert duty.order_at == moment("2026-03-18T23:59:59")
    with clock.at(moment("2026-03-09T16:00")):
        assert queries.explain(duty).if_answered_on == date(2026, 3, 19)
        duty = actions.resume(duty, actor=world.own.officer, at=moment("2026-03-09T15:00"))
    assert (duty.due_on, duty.light) == (date(2026, 3, 19), "green")
    assert events(duty) == ["duties.opened", "duties.paused", "duties.resumed"]


def test_two_pauses_are_told_apart(world: World) -> None:
    duty = make_duty(world.own.section)
    for name in ("甲公司", "乙公司"):
        at = moment("2026-02-24T10:00")
        duty = actions.pause(duty, actor=None, at=at, reason=f"征求{name}意见", key=name)
    with pytest.raises(Refused) as refused:
        actions.resume(duty, actor=None, at=moment("2026-02-26T10:00"))
    assert refused.value.codes == {"duties.which_pause"}
    duty = actions.resume(duty, actor=None, at=moment("2026-02-26T10:00"), key="甲公司")
    assert duty.light_rule == "paused"
    duty = actions.resume(duty, actor=None, at=moment("2026-02-27T10:00"), key="乙公司")
    assert duty.due_on == date(2026, 3, 23)


def test_extending_resetting(world: World) -> None:
    duty = make_duty(world.own.section)
    duty = actions.extend(duty, actor=world.own.section_head, days=20, reason="内容较多")
    assert duty.due_on == date(2026, 4, 16)
    duty = actions.reset(duty, actor=world.own.officer, at=NOW, reason="收到补正")
    assert duty.due_on == date(2026, 3, 30)
    assert events(duty)[1:] == ["duties.extended", "duties.reset"]


def test_the_superiors_date(world: World) -> None:
    duty = make_duty(world.own.section, limit=waiting())
    assert (duty.state, duty.light, duty.light_rule) == ("waiting", "amber", "waiting")
    duty = actions.set_date(
        duty, actor=world.own.openness_office, on=date(2026, 6, 30), reason="市府办通知"
    )
    assert (duty.state, duty.due_on, duty.light) == ("open", date(2026, 6, 30), "green")
    duty = actions.set_date(duty, actor=None, on=date(2026, 3, 2), reason="提前")
    assert (duty.due_on, duty.light_rule) == (date(2026, 3, 2), "today")


def test_meeting_reopening_cancelling(world: World) -> None:
    duty = make_duty(world.own.section)
    duty = actions.meet(
        duty, actor=world.own.officer, at=moment("2026-03-02T08:00"), evidence="答复书2号"
    )
    assert (duty.light, duty.closed_on, duty.evidence) == ("met", date(2026, 3, 2), "答复书2号")
    duty = actions.reopen(duty, actor=world.own.officer, reason="送达有误")
    assert (duty.light, duty.closed_on, duty.state) == ("green", None, "open")
    duty = actions.cancel(duty, actor=world.own.officer, reason="申请人撤回")
    assert (duty.light, duty.state) == ("cancelled", "cancelled")
    assert queries.counts_for([world.own.body.path]) == {world.own.section.pk: {"cancelled": 1}}


def test_met_too_late(world: World) -> None:
    duty = make_duty(world.own.section)
    with clock.at(moment("2026-03-20T10:00")):
        duty = actions.meet(duty, actor=None, at=moment("2026-03-19T00:00"))
    assert (duty.light, duty.light_rule) == ("late", "met_late")


def test_giving_a_duty_to_others(world: World) -> None:
    duty = make_duty(world.own.section)
    duty = actions.reassign(duty, actor=world.own.section_head, person=world.own.officer)
    assert duty.person == world.own.officer
    due = duty.due_at
    duty = actions.reassign(
        duty,
        actor=world.own.openness_office,
        owner=world.own.body,
        person=None,
        reason="牵头改由局里统筹",
    )
    assert queries.counts_for([world.own.body.path]) == {world.own.body.pk: {"green": 1}}
    kept = [fact.reason for fact in duty.facts.filter(kind="reassigned").order_by("id")]
    assert kept == [
        "由科技信息科改派科技信息科（own信息员）",
        "由科技信息科（own信息员）改派清江市交通运输局：牵头改由局里统筹",
    ]
    assert duty.due_at == due


def test_giving_a_duty_to_others_wants_a_change_and_a_reason(world: World) -> None:
    duty = make_duty(world.own.section, person=world.own.officer)
    office = world.own.openness_office
    with pytest.raises(Refused) as refused:
        actions.reassign(duty, actor=office, person=world.own.officer)
    assert refused.value.codes == {"duties.no_change"}
    with pytest.raises(Refused) as refused:
        actions.reassign(duty, actor=office, owner=world.own.body, person=None)
    assert refused.value.codes == {"duties.no_reason"}
    assert not duty.facts.filter(kind="reassigned").exists()


def test_the_ledger_says_when_a_unit_was_gone(world: World) -> None:
    duty = make_duty(world.own.section)
    section = duty.owner
    dissolve_unit(section, actor=None, on=clock.today(), expected=section.version)
    duty.refresh_from_db()
    duty = actions.reassign(duty, actor=None, owner=world.own.body, person=None)
    fact = duty.facts.get(kind="reassigned")
    assert fact.reason == "由科技信息科改派清江市交通运输局：科技信息科已撤销"


def test_a_field_may_be_stricter_about_its_own_duties(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_the_head(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
        if verb == "extend" and actor != world.own.section_head:
            yield Refusal("tests.head_only", "由科室负责人决定，请找他。")

    monkeypatch.setitem(policies._FIELDS, "tests.reply", only_the_head)
    duty = make_duty(world.own.section)
    with pytest.raises(Refused) as refused:
        actions.extend(duty, actor=world.own.officer, days=5, reason="内容较多")
    assert refused.value.codes == {"tests.head_only"}
    duty = actions.extend(duty, actor=world.own.section_head, days=5, reason="内容较多")
    duty = actions.extend(duty, actor=None, days=5, reason="内容较多")
    other = make_duty(world.own.section, kind="tests.other")
    actions.extend(other, actor=world.own.officer, days=5, reason="内容较多")


HOUR = moment("2026-02-26T10:00")
REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("auditor", "meet", {"at": HOUR}, "duties.not_yours"),
    ("secrecy_reviewer", "extend", {"days": 1, "reason": "x"}, "duties.not_yours"),
    ("platform_admin", "cancel", {"reason": "x"}, "duties.not_yours"),
    ("officer", "pause", {"at": moment("2026-03-03T10:00"), "reason": "x"}, "duties.in_future"),
    ("officer", "pause", {"at": moment("2026-02-11T10:00"), "reason": "x"}, "duties.before_start"),
    ("officer", "pause", {"at": HOUR, "reason": " "}, "duties.no_reason"),
    ("officer", "resume", {"at": HOUR}, "duties.not_paused"),
    ("officer", "extend", {"days": 0, "reason": "x"}, "duties.no_days"),
    ("officer", "extend", {"days": -3, "reason": "x"}, "duties.no_days"),
    ("officer", "extend", {"days": 2500, "reason": "x"}, "duties.too_long"),
    ("officer", "extend", {"days": 1, "reason": ""}, "duties.no_reason"),
    ("officer", "reset", {"at": moment("2026-02-11T10:00"), "reason": "x"}, "duties.before_start"),
    ("officer", "set_date", {"on": date(2026, 6, 30), "reason": "x"}, "duties.is_counted"),
    ("officer", "meet", {"at": moment("2026-02-01T10:00")}, "duties.before_start"),
    ("officer", "meet", {"at": moment("2026-03-03T10:00")}, "duties.in_future"),
    ("officer", "reopen", {"reason": "x"}, "duties.wrong_state"),
    ("officer", "cancel", {"reason": ""}, "duties.no_reason"),
]


@pytest.mark.parametrize(("who", "verb", "fields", "code"), REFUSED)
def test_a_refusal_changes_nothing(
    who: str,
    verb: str,
    fields: dict[str, Any],
    code: str,
    world: World,
) -> None:
    duty = make_duty(world.own.section)
    before = snapshot(duty)
    with pytest.raises(Refused) as refused:
        getattr(actions, verb)(duty, actor=getattr(world.own, who), **fields)
    assert code in refused.value.codes
    assert snapshot(duty) == before


@pytest.mark.parametrize("verb", ["pause", "reset", "extend"])
def test_a_date_is_not_counted(verb: str, world: World) -> None:
    duty = make_duty(world.own.section, limit=on_date(date(2026, 6, 30)))
    fields: dict[str, Any] = {"days": 1} if verb == "extend" else {"at": HOUR}
    with pytest.raises(Refused) as refused:
        getattr(actions, verb)(duty, actor=None, reason="x", **fields)
    assert refused.value.codes == {"duties.not_counted"}


def test_more_refusals(world: World) -> None:
    duty = make_duty(world.own.section)
    duty = actions.pause(duty, actor=None, at=HOUR, reason="征求意见")
    with pytest.raises(Refused) as refused:
        actions.pause(duty, actor=None, at=HOUR, reason="征求意见")
    assert refused.value.codes == {"duties.already_paused"}
    with pytest.raises(Refused) as refused:
        actions.resume(duty, actor=None, at=HOUR - timedelta(hours=1))
    assert refused.value.codes == {"duties.before_pause"}
    other = make_duty(world.own.section)
    with clock.at(moment("2026-03-19T10:00")):
        for run, fields in (
            (actions.pause, {"at": moment("2026-03-19T09:00")}),
            (actions.extend, {"days": 5}),
        ):
            with pytest.raises(Refused) as refused:
                run(other, actor=None, reason="x", **fields)
            assert refused.value.codes == {"duties.already_due"}
    with pytest.raises(Refused) as refused:
        actions.set_date(
            make_duty(world.own.section, limit=waiting()),
            actor=None,
            on=date(2026, 2, 1),
            reason="x",
        )
    assert refused.value.codes == {"duties.before_start"}
    with pytest.raises(Refused) as refused:
        actions.reassign(other, actor=world.own.officer, person=world.other.officer)
    assert refused.value.codes == {"duties.not_of_unit"}


def test_a_stale_page_is_refused(world: World) -> None:
    duty = make_duty(world.own.section)
    actions.extend(duty, actor=None, days=5, reason="甲")
    with pytest.raises(Refused) as refused:
        actions.extend(duty, actor=None, days=5, reason="乙")
    assert refused.value.codes == {"kernel.stale"}


def test_hours_and_days(world: World) -> None:
    start = moment("2026-03-02T08:30")
    quick = make_duty(world.own.section, limit=hours(5), started_at=start)
    assert quick.due_at == moment("2026-03-02T13:30")
    assert quick.light_rule == "hours_far"
    rolled = make_duty(world.own.section, limit=calendar_days(5, roll=True), started_at=start)
    assert rolled.due_on == date(2026, 3, 9)
    forever = make_duty(world.own.section, limit=standing(), started_at=start)
    assert (forever.light, forever.due_on, forever.next_change_at) == ("grey", None, None)


def test_a_cadence_opens_a_duty_a_period(world: World) -> None:
    found = actions.open_cadence(
        cadence=Cadence(Every.QUARTER),
        year=2026,
        kind="tests.report",
        subject="tests.thing:1",
        title="每季度归档",
        owner=world.own.section,
        actor=world.own.officer,
        not_before=date(2026, 5, 20),
    )
    assert [(d.period, d.due_on) for d in found] == [
        ("2026年第二季度", date(2026, 6, 30)),
        ("2026年第三季度", date(2026, 9, 30)),
        ("2026年第四季度", date(2026, 12, 31)),
    ]
    assert queries.counts_for([world.own.body.path]) == {world.own.section.pk: {"green": 3}}


def test_history_has_the_light_of_its_years_end(world: World) -> None:
    fields: dict[str, Any] = {
        "started_at": moment("2019-02-01T09:00"),
        "history_until": date(2019, 12, 31),
    }
    late = make_duty(world.own.section, limit=on_date(date(2019, 6, 30)), **fields)
    assert (late.light, late.next_change_at, late.rung) == ("red", None, None)
    assert queries.light_rule(late).startswith("截至2019年12月31日。")
    done = make_duty(world.own.section, limit=on_date(date(2019, 6, 30)), **fields)
    done = actions.meet(done, actor=world.own.officer, at=moment("2019-06-01T09:00"))
    assert done.light == "met"
    assert queries.counts_for([world.own.body.path]) == {}
    assert queries.counts_for([world.own.body.path], history=True) == {
        world.own.section.pk: {"red": 1, "met": 1}
    }


def test_facts_are_never_edited(world: World) -> None:
    duty = make_duty(world.own.section)
    first = Fact.objects.filter(duty=duty).values().get()
    actions.reset(duty, actor=None, at=HOUR, reason="收到补正")
    assert Fact.objects.filter(duty=duty).order_by("id").values()[0] == first


# -- counters ----------------------------------------------------------------------------------

VERBS = st.sampled_from(["open", "pause", "resume", "extend", "meet", "reopen", "cancel", "tick"])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(VERBS, st.integers(0, 4), st.booleans()), max_size=14))
def test_counters_agree_with_a_recount_whatever_happens(
    world: World,
    steps: list[tuple[str, int, bool]],
) -> None:
    with transaction.atomic():
        now = NOW
        for verb, which, away in steps:
            with clock.at(now):
                owner = world.own.body if away else world.own.section
                _one_step(verb, which, owner)
            now += timedelta(days=2)
        assert queries.miscounts() == {}
        assert sum(queries.counted().values()) == Duty.objects.count()
        transaction.set_rollback(True)


def _one_step(verb: str, which: int, owner: Any) -> None:
    found = list(Duty.objects.order_by("id"))
    if verb == "open" or not found:
        make_duty(owner, started_at=clock.now(), history_until=None)
        return
    if verb == "tick":
        actions.turn_lights(clock.now())
        return
    duty = found[which % len(found)]
    fields: dict[str, Any] = {
        "pause": {"at": clock.now(), "reason": "征求意见"},
        "resume": {"at": clock.now()},
        "extend": {"days": 3, "reason": "x"},
        "meet": {"at": clock.now()},
        "reopen": {"reason": "x"},
        "cancel": {"reason": "x"},
    }[verb]
    try:
        getattr(actions, verb)(duty, actor=None, **fields)
    except Refused:
        return


def test_what_fails_together_is_not_counted(world: World) -> None:
    class Stop(Exception):
        pass

    def fail() -> None:
        with actions.together():
            make_duty(world.own.section)
            raise Stop

    with pytest.raises(Stop):
        fail()
    assert queries.counted() == {}
    assert queries.miscounts() == {}
    with actions.together():
        make_duty(world.own.section)
        make_duty(world.own.body)
    assert queries.miscounts() == {}


@pytest.mark.django_db(transaction=True)
def test_counters_agree_after_many_hands_at_once() -> None:
    world = make_world()
    failures: list[BaseException] = []

    def work(n: int) -> None:
        try:
            for i in range(4):
                with clock.at(NOW), actions.together():
                    owners = [world.own.section, world.own.body, world.other.section]
                    for owner in owners if (n + i) % 2 else reversed(owners):
                        duty = make_duty(owner)
                        if i % 2:
                            actions.meet(duty, actor=None, at=NOW)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Duty.objects.count() == 48
    assert queries.miscounts() == {}


def test_recounting_finds_and_mends(world: World, capsys: Any) -> None:
    make_duty(world.own.section)
    call_command("duties", "recount")
    assert "一致" in capsys.readouterr().out
    Counter.objects.update(n=7)
    with pytest.raises(CommandError, match="1个"):
        call_command("duties", "recount")
    assert "计数7，实有1" in capsys.readouterr().out
    call_command("duties", "recount", "--mend")
    assert queries.miscounts() == {}
