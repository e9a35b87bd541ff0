"""Records written, amended, withdrawn; what a year owes; evidence of tasks; who sees what."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.audit.api import AuditEvent
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refused
from gongkai.programme.models import Evidence
from gongkai.programme.tests.factories import at, bound_now
from gongkai.programme.tests.pages import text_of
from gongkai.progress import api as progress
from gongkai.records import actions, policies, queries
from gongkai.records.models import Record
from gongkai.records.states import Kind, RecordState
from gongkai.records.tests.factories import TODAY, said, written

pytestmark = pytest.mark.django_db
LIST_QUERIES = 13


@pytest.fixture(autouse=True)
def in_november():
    with clock.at(at(TODAY)):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def office(client, side):
    client.force_login(side.openness_office)
    return client


@pytest.fixture
def task(side):
    with clock.at(at(date(2026, 3, 2))):
        return bound_now(side).tasks.get(row=1)


def owed(side, kind, year=2026):
    return duties.duties_of(queries.owed_key(side.body, kind, year)).get()


def send(browser, name, record, **sent):
    url = reverse(f"records:{name}", args=[record.pk])
    return browser.post(url, {"version": record.version, **sent})


@pytest.mark.parametrize("kind", list(Kind))
def test_a_record_of_each_kind_is_written_and_shown(side, office, kind):
    facts = {"title": f"{kind.label}一事", "held_on": "2026-06-16"}
    values = {name: str(value) for name, value in said(kind).facts.items()}
    people = "李建华｜局党组｜局长｜组长" if kind is Kind.GROUP else ""
    unit = {"unit": side.body.pk} if kind in policies.OF_UNITS else {}
    url = reverse("records:write", args=[kind.value])
    assert office.get(url).status_code == 200
    answer = office.post(url, {**facts, **values, **unit, "people": people})
    record = Record.objects.get()
    assert answer.url == reverse("records:record", args=[record.pk])
    shown = text_of(office.get(answer.url))
    assert all(value in shown for value in values.values())
    assert "李建华" in shown or kind is not Kind.GROUP
    assert (record.kind, record.year, record.unit) == (kind, 2026, side.body)
    assert AuditEvent.objects.filter(event="records.written").count() == 1


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(office):
    url = reverse("records:write", args=[Kind.HEARING.value])
    answer = office.post(url, {"title": "党组会", "held_on": "2026-06-16", "chair": "李局长"})
    assert answer.status_code == 422
    assert "李局长" in answer.content.decode()
    assert not Record.objects.exists()


def test_what_has_not_happened_is_not_recorded(side, office):
    url = reverse("records:write", args=[Kind.HEARING.value])
    typed = {"title": "党组会", "held_on": "2026-12-01", "chair": "甲", "agenda": "乙"}
    answer = office.post(url, typed)
    assert answer.status_code == 409
    assert "日期还没有到" in text_of(answer)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", [Kind.GROUP, Kind.TRAINING])
def test_who_writes_what_for_whom(side, role, kind):
    actor = side.people[role]
    of_section = role in (Role.OFFICER, Role.SECTION_HEAD) and kind is Kind.TRAINING
    unit = side.body if kind is Kind.GROUP else side.section
    if role is Role.OPENNESS_OFFICE or of_section:
        assert written(actor, unit, kind).unit == unit
    else:
        with pytest.raises(Refused, match="政务公开办"):
            written(actor, unit, kind)


def test_nobody_writes_for_another_body(side, world):
    with pytest.raises(Refused, match="政务公开办"):
        written(side.openness_office, world.other.body, Kind.GROUP)


def test_what_is_of_the_body_is_not_written_for_a_section(side):
    with pytest.raises(Refused, match="由单位统一登记"):
        written(side.openness_office, side.section, Kind.GROUP)


def test_a_change_of_the_group_leaves_the_group_of_every_day(side, office):
    first = written(side.openness_office, side.body, Kind.GROUP, held_on=date(2026, 3, 3))
    second = actions.amend(
        first,
        actor=side.openness_office,
        expected=first.version,
        said=said(Kind.GROUP, title="调整领导小组", held_on=date(2026, 9, 1)),
    )
    first.refresh_from_db()
    assert (first.state, second.replaces) == (RecordState.REPLACED, first)
    assert queries.group_on(side.body, date(2026, 3, 2)) is None
    assert queries.group_on(side.body, date(2026, 8, 31)) == first
    assert queries.group_on(side.body, date(2026, 9, 1)) == second
    shown = text_of(office.get(reverse("records:group"), {"on": "2026-05-01"}))
    assert "李建华" in shown
    assert send(office, "amend", first).status_code == 409


def test_what_a_year_owes_is_listed_once_and_met_by_what_is_written(side, office):
    early = written(side.officer, side.section, Kind.TRAINING)
    url = reverse("records:open_year")
    office.post(url, {"body": side.body.pk, "year": 2026})
    assert owed(side, Kind.TRAINING).state == duties.State.MET
    assert owed(side, Kind.TRAINING).closed_on == early.held_on
    assert owed(side, Kind.HEARING).due_on == date(2026, 12, 31)
    assert actions.open_year(actor=side.openness_office, body=side.body, year=2026) == 0
    heard = written(side.openness_office, side.body, Kind.HEARING)
    assert owed(side, Kind.HEARING).state == duties.State.MET
    page = text_of(office.get(reverse("records:record", args=[heard.pk])))
    assert "主要负责人听取政务公开工作汇报" in page
    assert "按时完成" in page
    actions.withdraw(heard, actor=side.openness_office, expected=heard.version, reason="日期有误")
    assert owed(side, Kind.HEARING).state == duties.State.OPEN
    shown = text_of(office.get(reverse("records:year"), {"year": "2026"}))
    assert shown.count("还缺") == 2


def test_a_rule_is_to_be_revised_by_its_day_and_the_revision_meets_it(side):
    rule = written(side.openness_office, side.body, Kind.INSTITUTION, review_on=date(2028, 6, 30))
    duty = duties.duties_of(subject_key(rule)).get()
    assert (duty.due_on, duty.owner) == (date(2028, 6, 30), side.body)
    actions.amend(
        rule,
        actor=side.openness_office,
        expected=rule.version,
        said=said(Kind.INSTITUTION, held_on=date(2026, 9, 1)),
    )
    duty.refresh_from_db()
    assert duty.state == duties.State.MET


def test_a_record_stands_as_evidence_on_the_tasks_page(side, office, task):
    record = written(side.officer, side.section, Kind.TRAINING, title="条例培训")
    answer = send(office, "link", record, task=task.pk)
    assert answer.status_code == 302
    evidence = Evidence.objects.get(task=task)
    assert evidence.unit == side.section
    assert evidence.note == "培训：条例培训（2026-06-16）"
    shown = office.get(reverse("programme:task", args=[task.pk])).content.decode()
    assert f'href="{reverse("records:record", args=[record.pk])}"' in shown
    assert task.text in text_of(office.get(reverse("records:record", args=[record.pk])))
    record.refresh_from_db()
    with pytest.raises(Refused, match="已是这项任务的佐证"):
        actions.link(record, actor=side.openness_office, expected=record.version, task=task)
    with pytest.raises(Refused, match="不能撤回"):
        actions.withdraw(record, actor=side.openness_office, expected=record.version, reason="错")


def test_another_bodys_task_is_not_proved(side, world, office):
    record = written(side.openness_office, side.body, Kind.HEARING)
    with clock.at(at(date(2026, 3, 2))):
        foreign = bound_now(world.other).tasks.get(row=1)
    assert send(office, "link", record, task=foreign.pk).status_code == 422
    assert not Evidence.objects.exists()


def test_material_is_seen_by_who_sees_the_record_only(side, world, client, office):
    record = written(side.officer, side.section, Kind.TRAINING)
    upload = SimpleUploadedFile("签到表.txt", "张三\n李四".encode())
    assert send(office, "add_file", record, file=upload).status_code == 302
    (file,) = queries.material_of(record)
    url = reverse("files:download", args=[file.pk])
    for user, status in ((side.officer, 200), (side.leader, 200), (world.other.leader, 404)):
        client.force_login(user)
        answer = client.get(url)
        assert answer.status_code == status
        if answer.streaming:
            assert "张三" in b"".join(answer.streaming_content).decode()


def test_a_section_reads_the_bodys_records_and_not_another_sections(side, world):
    body = written(side.openness_office, side.body, Kind.HEARING)
    own = written(side.officer, side.section, Kind.TRAINING)
    other = written(world.other.officer, world.other.section, Kind.TRAINING)
    seen = set(policies.visible_records(side.officer))
    assert {body, own} <= seen
    assert other not in seen


def test_a_stale_page_changes_nothing(side, office):
    record = written(side.openness_office, side.body, Kind.HEARING)
    old = record.version
    actions.withdraw(record, actor=side.openness_office, expected=old, reason="重复")
    answer = send(office, "withdraw", record, reason="再撤")
    assert answer.status_code == 409
    record.refresh_from_db()
    assert record.reason == "重复"


def test_the_list_asks_as_often_however_long_it_is(side, office, django_assert_max_num_queries):
    for n in range(12):
        written(side.officer, side.section, Kind.TRAINING, title=f"第{n}期")
    url = reverse("records:records")
    office.get(url)
    with django_assert_max_num_queries(LIST_QUERIES):
        office.get(url)


def amended(record, side, **changes):
    record.refresh_from_db()
    return actions.amend(
        record,
        actor=side.openness_office,
        expected=record.version,
        said=said(Kind(record.kind), **changes),
    )


def test_what_an_earlier_version_proves_keeps_the_newer_from_being_withdrawn(side, task):
    record = written(side.openness_office, side.body, Kind.TRAINING)
    actions.link(record, actor=side.openness_office, expected=record.version, task=task)
    newer = amended(record, side, title="条例培训（更正）")
    with pytest.raises(Refused, match="不能撤回"):
        actions.withdraw(newer, actor=side.openness_office, expected=newer.version, reason="错")


def test_a_record_moved_to_another_year_is_owed_again(side):
    heard = written(side.openness_office, side.body, Kind.HEARING)
    actions.open_year(actor=side.openness_office, body=side.body, year=2026)
    amended(heard, side, held_on=date(2025, 12, 30))
    assert owed(side, Kind.HEARING).state == duties.State.OPEN


def test_a_slip_that_is_corrected_is_no_revision(side):
    rule = written(side.openness_office, side.body, Kind.INSTITUTION, review_on=date(2028, 6, 30))
    newer = amended(rule, side, title="改了错字", review_on=date(2028, 6, 30))
    (before,) = duties.duties_of(subject_key(rule))
    (after,) = duties.duties_of(subject_key(newer))
    assert (before.state, after.state) == (duties.State.CANCELLED, duties.State.OPEN)


def test_a_year_that_is_none_shows_this_year(office):
    shown = office.get(reverse("records:year"), {"year": "0000"})
    assert "2026年应有的记录" in shown.content.decode()


def test_a_corrected_day_of_the_same_year_corrects_the_day_on_which_it_was_met(side):
    heard = written(side.openness_office, side.body, Kind.HEARING)
    actions.open_year(actor=side.openness_office, body=side.body, year=2026)
    met = owed(side, Kind.HEARING)
    amended(heard, side, held_on=date(2026, 9, 16))
    duty = owed(side, Kind.HEARING)
    assert (met.closed_on, duty.closed_on) == (date(2026, 6, 16), date(2026, 9, 16))
    assert duty.state == duties.State.MET
    kinds = list(duty.facts.order_by("id").values_list("kind", flat=True))
    assert kinds[-3:] == ["met", "reopened", "met"]
    assert "已更正" in duty.facts.get(kind="reopened").reason


def test_what_is_owed_follows_the_first_record_that_holds(side):
    actions.open_year(actor=side.openness_office, body=side.body, year=2026)
    days = {month: date(2026, month, 5) for month in (3, 6, 9)}
    late = written(side.officer, side.section, Kind.TRAINING, held_on=days[9])
    assert owed(side, Kind.TRAINING).closed_on == days[9]
    first = written(side.officer, side.section, Kind.TRAINING, held_on=days[3])
    assert owed(side, Kind.TRAINING).closed_on == days[3]
    written(side.officer, side.section, Kind.TRAINING, held_on=days[6], title="第二期")
    facts = owed(side, Kind.TRAINING).facts.count()
    amended(late, side, held_on=days[9], title="第三期")
    assert owed(side, Kind.TRAINING).facts.count() == facts
    actions.withdraw(first, actor=side.openness_office, expected=first.version, reason="重复")
    duty = owed(side, Kind.TRAINING)
    assert (duty.closed_on, duty.evidence) == (days[6], "工作记录：第二期")


def test_a_link_to_a_wrong_task_is_undone_and_stays_to_be_read(side, office, task):
    record = written(side.openness_office, side.body, Kind.TRAINING)
    proof = actions.link(record, actor=side.openness_office, expected=record.version, task=task)
    record.refresh_from_db()
    assert send(office, "unlink", record, proof=proof.pk).status_code == 422
    answer = send(office, "unlink", record, proof=proof.pk, reason="放错了任务")
    assert answer.url == reverse("records:record", args=[record.pk])
    evidence = Evidence.objects.get()
    assert (evidence.why_ended, evidence.ended_by) == ("放错了任务", side.openness_office)
    assert evidence.ended_at == clock.now()
    assert queries.records_proving(task) == []
    shown = text_of(office.get(reverse("records:record", args=[record.pk])))
    assert "已取下：放错了任务" in shown
    page = office.get(reverse("programme:task", args=[task.pk])).content.decode()
    assert evidence.note not in page
    assert AuditEvent.objects.filter(event="records.unlinked").count() == 1
    record.refresh_from_db()
    actions.link(record, actor=side.openness_office, expected=record.version, task=task)
    assert queries.records_proving(task) == [record]


def test_what_an_earlier_version_proves_is_taken_off_on_the_newest(side, office, task):
    record = written(side.openness_office, side.body, Kind.TRAINING)
    proof = actions.link(record, actor=side.openness_office, expected=record.version, task=task)
    newer = amended(record, side, title="条例培训（更正）")
    assert send(office, "unlink", newer, proof=proof.pk, reason="放错了任务").status_code == 302
    newer.refresh_from_db()
    withdrawn = actions.withdraw(
        newer, actor=side.openness_office, expected=newer.version, reason="没有办"
    )
    assert withdrawn.state == RecordState.WITHDRAWN


def test_evidence_on_which_a_part_was_reported_stays(side, task):
    record = written(side.officer, side.section, Kind.TRAINING)
    proof = actions.link(record, actor=side.officer, expected=record.version, task=task)
    task.refresh_from_db()
    timed = task.duties.get(unit=side.section)
    progress.report(
        task,
        unit=side.section,
        actor=side.officer,
        duty_id=timed.duty_id,
        text="已培训",
        done_on=TODAY,
        expected=task.version,
    )
    record.refresh_from_db()
    with pytest.raises(Refused, match="已凭它报完成"):
        actions.unlink(
            record, actor=side.officer, expected=record.version, proof=proof, reason="放错"
        )


def test_another_section_does_not_take_off_evidence(side, world, task):
    record = written(side.officer, side.section, Kind.TRAINING)
    proof = actions.link(record, actor=side.officer, expected=record.version, task=task)
    record.refresh_from_db()
    for actor in (world.other.openness_office, side.leader):
        with pytest.raises(Refused, match="政务公开办"):
            actions.unlink(record, actor=actor, expected=record.version, proof=proof, reason="放错")


class TestTrainingPlan:
    """A plan shows what of it was held; a training shows the plan it is held under."""

    @pytest.fixture
    def plan(self, side):
        return written(side.openness_office, side.body, Kind.PLAN, held_on=date(2026, 3, 10))

    def run(self, record):
        found = queries.plan_run(record)
        return found.carried.done, found.carried.heads, found.carried.missing

    def test_trainings_of_body_and_sections_count_by_year(self, side, world, plan):
        assert self.run(plan) == (0, 0, 2)
        training = written(side.officer, side.section, Kind.TRAINING)
        written(side.officer, side.section, Kind.TRAINING, held_on=date(2025, 6, 16))
        other = world.other
        written(other.openness_office, other.body, Kind.TRAINING)
        assert self.run(plan) == (1, 46, 1)
        assert queries.plan_run(training).plan == plan
        taken_back = written(side.officer, side.section, Kind.TRAINING)
        assert self.run(plan)[0] == 2
        actions.withdraw(taken_back, actor=side.officer, expected=taken_back.version, reason="未办")
        assert self.run(plan) == (1, 46, 1)

    def test_a_plan_that_was_amended_counts_and_not_the_old_one(self, side, plan):
        training = written(side.officer, side.section, Kind.TRAINING)
        newer = actions.amend(
            plan,
            actor=side.openness_office,
            expected=plan.version,
            said=said(Kind.PLAN, facts={**plan.facts, "sessions": 1}),
        )
        assert queries.plan_run(training).plan == newer
        assert self.run(training)[2] == 0

    def test_the_pages_say_it(self, side, office, plan):
        training = written(side.officer, side.section, Kind.TRAINING)
        page = text_of(office.get(reverse("records:record", args=[plan.pk])))
        assert "2026年" in page
        assert "2,026" not in page
        assert "计划2场，已办1场，还差1场；参加46人次（计划100人次）。" in page
        page = text_of(office.get(reverse("records:record", args=[training.pk])))
        assert plan.title in page

    def test_without_a_plan_a_training_says_nothing_of_one(self, side, office):
        training = written(side.officer, side.section, Kind.TRAINING)
        page = text_of(office.get(reverse("records:record", args=[training.pk])))
        assert "培训计划执行情况" not in page

    @pytest.mark.parametrize("wrong", [{"for_year": 20260}, {"for_year": 1}, {"sessions": 0}])
    def test_a_year_that_cannot_be_is_refused(self, side, wrong):
        facts = {"for_year": 2026, "sessions": 2, "said": "两期"}
        with pytest.raises(Refused, match="unfit"):
            written(side.openness_office, side.body, Kind.PLAN, facts={**facts, **wrong})
