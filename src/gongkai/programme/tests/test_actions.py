"""Each verb: its state, its event, and a refusal that changes nothing."""

from datetime import date

import pytest
from django.db import transaction

from gongkai.audit.api import timeline
from gongkai.duties.models import Counter, Duty
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Notice
from gongkai.outbox import api as outbox
from gongkai.programme import actions
from gongkai.programme.models import Correction, Document, Evidence, Name, Programme, Task, TaskDuty
from gongkai.programme.tests.factories import (
    TABLE,
    accept_all,
    at,
    bound,
    office_of,
    officer_at,
    receive,
    row,
)

pytestmark = pytest.mark.django_db(transaction=True)
MARCH = at(date(2026, 3, 2))


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(MARCH):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def document(side):
    return receive(side)


def events(subject):
    return [entry.event for entry in timeline(subject, limit=200)]


def refused(codes, call, **kwargs):
    before = snapshot()
    with pytest.raises(Refused) as caught:
        call(**kwargs)
    assert caught.value.codes == set(codes)
    assert snapshot() == before


def snapshot():
    tables = (Document, Name, Correction, Programme, Task, TaskDuty, Duty, Evidence, Notice)
    rows = {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}
    rows["proposals"] = list(row_values())
    return rows


def row_values():
    from gongkai.programme.models import Proposal

    return Proposal.objects.order_by("pk").values()


# -- taking in ---------------------------------------------------------------------------------


def test_a_document_is_read_by_the_worker(document):
    assert document.state == "read"
    assert document.title.startswith("清江市交通运输局2026年政务公开工作要点")
    assert (document.year, document.signed_on) == (2026, date(2026, 2, 27))
    assert [p.row for p in document.proposals.order_by("order")] == [1, 2, 3, 4, 5, 6, 7]
    seven = row(document, 7)
    assert "empty-cells" in seven.flags
    assert seven.origin["inherited"]["lead"] == ["科技科"]
    assert document.text[seven.start : seven.end].startswith("加强政务新媒体")
    assert {"programme.document_received", "programme.document_read"} <= set(events(document))


def test_reading_twice_changes_nothing(document):
    before = snapshot()
    with transaction.atomic():
        outbox.put("programme.document_received", subject=f"programme.document:{document.pk}")
    outbox.drain()
    assert snapshot() == before


def test_only_the_openness_office_receives(side):
    refused(
        ["programme.not_yours"],
        actions.receive_document,
        actor=side.officer,
        body=side.body,
        upload=TABLE.encode(),
        name="a.txt",
    )


def test_what_is_no_document_is_not_taken_in(side):
    with pytest.raises(Refused):
        actions.receive_document(
            actor=side.openness_office, body=side.body, upload=b"\x00\x01" * 500, name="a.txt"
        )
    assert not Document.objects.exists()


def test_withdrawing_needs_a_reason_and_keeps_the_document(side, document):
    office = side.openness_office
    refused(
        ["programme.no_reason"],
        actions.withdraw,
        document=document,
        actor=office,
        expected=document.version,
        reason=" ",
    )
    actions.withdraw(document, actor=office, expected=document.version, reason="传错了")
    document.refresh_from_db()
    assert document.state == "withdrawn"
    assert events(document)[0] == "programme.document_withdrawn"


# -- names -------------------------------------------------------------------------------------


def test_names_resolve_by_rule_and_the_rest_is_listed(document):
    kinds = {name.text: (name.kind, name.settled) for name in document.names.all()}
    assert kinds == {"局办公室": ("unit", True), "科技科": ("unit", True)}


def test_an_unknown_name_is_settled_and_remembered(side):
    first = receive(side, TABLE.replace("科技科", "信息中心"))
    name = first.names.get(text="信息中心")
    assert not name.settled
    office = side.openness_office
    refused(
        ["programme.no_units"],
        actions.settle_name,
        name=name,
        actor=office,
        units=[],
        expected=name.version,
    )
    actions.settle_name(
        name, actor=office, units=[side.section], expected=name.version, remember=True
    )
    second = receive(side, TABLE.replace("科技科", "信息中心"))
    assert second.names.get(text="信息中心").settled


def test_a_unit_of_another_body_is_refused(side, world, document):
    name = document.names.get(text="科技科")
    refused(
        ["programme.not_of_body"],
        actions.settle_name,
        name=name,
        actor=side.openness_office,
        units=[world.other.section],
        expected=name.version,
    )


# -- review ------------------------------------------------------------------------------------


def test_a_gap_is_not_accepted(side, document):
    seven = row(document, 7)
    refused(
        ["programme.no_lead", "programme.no_clock"],
        actions.accept,
        proposal=seven,
        actor=side.openness_office,
        expected=seven.version,
    )


def test_two_people_at_once_lose_nothing(side, document):
    one = row(document, 1)
    office = side.openness_office
    actions.correct(one, actor=office, expected=one.version, text="明确专职人员并报备")
    refused(
        ["kernel.stale"],
        actions.correct,
        proposal=one,
        actor=office,
        expected=one.version,
        text="另一种写法",
    )
    kept = Correction.objects.get()
    assert (kept.before, kept.after) == ("明确政务公开专职人员", "明确专职人员并报备")
    one.refresh_from_db()
    assert one.origin["text"] == "明确政务公开专职人员"


def test_splitting_and_merging(side, document):
    one, two = row(document, 1), row(document, 2)
    office = side.openness_office
    refused(
        ["programme.split_in_one"],
        actions.split,
        proposal=one,
        actor=office,
        expected=one.version,
        texts=["只有一条", " "],
    )
    parts = actions.split(one, actor=office, expected=one.version, texts=["甲", "乙"])
    assert [p.text for p in parts] == ["甲", "乙"]
    assert parts[0].lead == one.lead
    assert parts[0].clock == one.clock
    both = actions.merge([*parts, two], actor=office, expected=[1, 1, two.version])
    assert both.text == "甲\n乙\n修订信息公开指南"
    assert both.lead == ["局办公室", "科技科"]
    states = {p.text: p.state for p in document.proposals.exclude(pk=both.pk)}
    assert states["明确政务公开专职人员"] == "split"
    assert states["甲"] == states["乙"] == states["修订信息公开指南"] == "merged"


def test_dropping_needs_a_reason_and_can_be_undone(side, document):
    one = row(document, 1)
    office = side.openness_office
    refused(
        ["programme.no_reason"],
        actions.drop,
        proposal=one,
        actor=office,
        expected=one.version,
        reason="",
    )
    dropped = actions.drop(one, actor=office, expected=one.version, reason="重复")
    restored = actions.restore(dropped, actor=office, expected=dropped.version)
    assert (restored.state, restored.reason) == ("proposed", "")


# -- binding -----------------------------------------------------------------------------------


def test_binding_waits_until_all_is_decided(side, document):
    refused(
        ["programme.proposals_open", "programme.nothing_accepted"],
        actions.bind,
        document=document,
        actor=side.openness_office,
        expected=document.version,
        year=2026,
    )


def test_binding_opens_a_duty_for_each_lead_and_tells_them(side):
    programme = bound(side)
    tasks = {t.row: t for t in programme.tasks.all()}
    assert sorted(tasks) == [1, 2, 3, 4, 5, 6]
    slots = {
        n: sorted((d.unit.name, d.slot) for d in t.duties.select_related("unit"))
        for n, t in tasks.items()
    }
    assert slots[1] == [("办公室", "date:2026-06-30"), ("科技信息科", "date:2026-06-30")]
    assert slots[2] == [("办公室", "date:2026-11-30")]
    assert [s for _, s in slots[6]] == [f"period:2026年第{q}季度" for q in sorted("一二三四")]
    assert len(slots[3]) == 4
    assert slots[5] == [("办公室", "superior")]
    waiting = TaskDuty.objects.get(task=tasks[5]).duty
    assert (waiting.light, waiting.light_rule) == ("amber", "waiting")
    told = Notice.objects.filter(kind="programme.bound").values_list("user__username", flat=True)
    # 办公室 has no people yet: the openness office reads what it is told.
    assert set(told) == {"ownofficer", "ownsectionhead", "ownopennessoffice"}
    counted = sum(Counter.objects.values_list("n", flat=True))
    assert counted == Duty.objects.count() == 16


def test_a_second_click_on_bind_changes_nothing(side):
    programme = bound(side)
    document = programme.document
    refused(
        ["programme.wrong_state"],
        actions.bind,
        document=document,
        actor=side.openness_office,
        expected=document.version,
        year=2026,
    )


def test_a_past_year_is_bound_as_history(side):
    with clock.at(at(date(2027, 3, 1))):
        programme = bound(side, year=2026, history_until=date(2026, 12, 31))
        duty = Duty.objects.filter(due_on=date(2026, 6, 30)).first()
    assert programme.history_until == date(2026, 12, 31)
    assert duty.history
    assert duty.light == "red"
    assert duty.next_change_at is None
    assert not Notice.objects.filter(kind="programme.bound").exists()


def test_a_past_year_is_bound_with_new_dates(side):
    with clock.at(at(date(2027, 3, 1))):
        document = receive(side)
        two = row(document, 2)
        clock_ = {"kind": "date", "on": "2027-05-20"}
        office = side.openness_office
        actions.correct(two, actor=office, expected=two.version, clock=clock_)
        accept_all(side, document)
        actions.bind(document, actor=office, expected=document.version, year=2027)
    days = set(Duty.objects.exclude(due_on=None).values_list("due_on", flat=True))
    assert date(2027, 6, 30) in days
    assert date(2027, 5, 20) in days
    assert not any(day.year == 2026 for day in days)


def test_a_dissolved_unit_is_named_before_binding(side, document):
    from gongkai.organisation.api import dissolve_unit

    accept_all(side, document)
    office = office_of(side)
    dissolve_unit(office, actor=None, on=date(2026, 3, 1), expected=office.version)
    refused(
        ["programme.unit_dissolved"],
        actions.bind,
        document=document,
        actor=side.openness_office,
        expected=document.version,
        year=2026,
    )


# -- a later version ---------------------------------------------------------------------------


def test_a_later_version_touches_only_what_changed(side):
    programme = bound(side)
    before = {
        t.row: (t.pk, sorted(t.duties.values_list("duty", flat=True)))
        for t in programme.tasks.all()
    }
    text = TABLE.replace("2026年11月底前", "2026年10月底前").replace(
        "检查局网站", "培训全体信息员，讲解新规定的要求"
    )
    later = receive(side, text, replaces=programme.document)
    accept_all(side, later)
    actions.bind(later, actor=side.openness_office, expected=later.version, year=2026)
    programme.refresh_from_db()
    assert programme.document == later
    tasks = {t.text: t for t in Task.objects.filter(programme=programme)}
    same = tasks["明确政务公开专职人员"]
    assert (same.pk, sorted(same.duties.values_list("duty", flat=True))) == before[1]
    changed = tasks["修订信息公开指南"]
    assert changed.pk == before[2][0]
    open_days = changed.duties.filter(duty__state="open").values_list("duty__due_on", flat=True)
    assert list(open_days) == [date(2026, 10, 31)]
    assert tasks["检查局网站"].state == "revoked"
    assert not tasks["检查局网站"].duties.filter(duty__state="open").exists()
    assert tasks["培训全体信息员，讲解新规定的要求"].state == "open"


# -- work --------------------------------------------------------------------------------------


def test_done_needs_evidence_and_closes_the_duty_of_history(side):
    programme = bound(side, history_until=date(2026, 2, 28))
    task = programme.tasks.get(row=2)
    office = office_of(side)
    clerk = officer_at(office)
    duty = task.duties.get().duty
    refused(
        ["programme.no_evidence"],
        actions.report_done,
        task=task,
        actor=clerk,
        unit=office,
        duty_id=duty.pk,
        expected=task.version,
    )
    actions.add_evidence(task, actor=clerk, unit=office, note="已修订并公布", duty_id=duty.pk)
    task.refresh_from_db()
    actions.report_done(task, actor=clerk, unit=office, duty_id=duty.pk, expected=task.version)
    duty.refresh_from_db()
    task.refresh_from_db()
    assert (duty.state, duty.light, task.state) == ("met", "met", "done")
    assert duty.evidence == "已修订并公布"


def test_another_unit_may_not_report(side):
    task = bound(side).tasks.get(row=2)
    with pytest.raises(Refused) as caught:
        actions.report_done(
            task,
            actor=side.officer,
            unit=office_of(side),
            duty_id=None,
            expected=task.version,
        )
    assert "programme.not_yours" in caught.value.codes


def test_a_trigger_opens_twenty_working_days(side):
    task = bound(side).tasks.get(row=3)
    head = side.section_head
    refused(
        ["programme.trigger_ahead"],
        actions.record_trigger,
        task=task,
        actor=head,
        unit=side.section,
        what="批复下达",
        happened_at=at(date(2026, 3, 3)),
        expected=task.version,
    )
    with clock.at(at(date(2026, 4, 28))):
        actions.record_trigger(
            task,
            actor=head,
            unit=side.section,
            what="清江三桥批复下达",
            happened_at=at(date(2026, 4, 28), 0),
            expected=task.version,
        )
    duty = task.duties.get(slot__startswith="trigger:").duty
    assert duty.due_on == date(2026, 5, 28)  # regulation 10.1: 2026-04-28 + 20
    assert duty.law == "条例 第二十六条"


def test_the_superiors_date_ends_the_wait(side):
    task = bound(side).tasks.get(row=5)
    office = side.openness_office
    refused(
        ["programme.date_past"],
        actions.set_superior_date,
        task=task,
        actor=office,
        on=date(2026, 3, 1),
        basis="市里通知",
        expected=task.version,
    )
    actions.set_superior_date(
        task, actor=office, on=date(2026, 9, 30), basis="市里通知", expected=task.version
    )
    duty = task.duties.get().duty
    assert (duty.state, duty.due_on, duty.light) == ("open", date(2026, 9, 30), "green")
