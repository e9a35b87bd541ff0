"""The verbs of sheets: who may, when, why not; and what they leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.api import Role
from gongkai.audit.models import AuditEvent
from gongkai.duties.actions import turn_lights
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.organisation.api import UnitKind, create_unit
from gongkai.programme import api as programme
from gongkai.programme.models import Evidence, Task
from gongkai.programme.tests.factories import at
from gongkai.progress import api as progress
from gongkai.progress.models import Entry
from gongkai.sheets import actions, queries
from gongkai.sheets.models import Row, Sheet
from gongkai.sheets.states import SHEET_MOVES, SheetState
from gongkai.sheets.tests.conftest import MARCH
from gongkai.sheets.tests.factories import DUE, FIRST, filled, returned, sent, taken, tokens

pytestmark = pytest.mark.django_db(transaction=True)


def refusal(call, *args, **how):
    """Do what will be refused, and see that it left nothing; returns the codes and the words."""
    before = (Entry.objects.count(), Evidence.objects.count(), _states())
    with pytest.raises(Refused) as caught:
        call(*args, **how)
    assert (Entry.objects.count(), Evidence.objects.count(), _states()) == before
    return caught.value.codes, "".join(map(str, caught.value.refusals))


def _states():
    rows = Row.objects.order_by("pk").values_list("state", "progress")
    return list(Sheet.objects.order_by("pk").values_list("state", "version")), list(rows)


# -- sending -------------------------------------------------------------------------------------


def test_a_sheet_holds_the_open_tasks_of_its_unit_and_has_a_clock(side, unit):
    sheet = sent(side, unit, note="只填一季度")
    assert [row.text[:4] for row in sheet.rows.order_by("order")] == [
        task.text[:4] for task in queries.open_tasks(side.body, unit)
    ]
    assert sheet.size == sheet.rows.count() > 2
    assert sheet.duty.owner == unit
    assert sheet.duty.due_on == DUE
    assert AuditEvent.objects.filter(event="sheets.sheet_sent").count() == 1


def test_several_units_get_one_sheet_each_or_none(side, unit):
    made = actions.send_sheets(
        body=side.body, units=[unit, side.section], actor=side.openness_office, due_on=DUE
    )
    assert {sheet.unit for sheet in made} == {unit, side.section}
    how = {"body": side.body, "actor": side.openness_office, "due_on": DUE}
    idle = create_unit(
        actor=None, parent=side.body, kind=UnitKind.SECTION, name="人事科", on=date(2004, 1, 1)
    )
    for one in made[:1]:
        actions.withdraw_sheet(one, actor=side.openness_office, reason="发错", expected=one.version)
    codes, said = refusal(actions.send_sheets, units=[unit, idle], **how)
    assert codes == {"sheets.nothing_open"}
    assert "人事科没有在办任务" in said


def test_why_a_sheet_is_not_sent(side, unit, world):
    how = {"body": side.body, "units": [unit], "actor": side.openness_office, "due_on": DUE}
    for role in set(Role) - {Role.OPENNESS_OFFICE}:
        codes, _ = refusal(actions.send_sheets, **{**how, "actor": side.people[role]})
        assert codes == {"sheets.not_yours"}, role
    codes, _ = refusal(actions.send_sheets, **{**how, "actor": world.other.openness_office})
    assert codes == {"sheets.not_yours"}
    assert refusal(actions.send_sheets, **{**how, "units": []})[0] == {"sheets.no_units"}
    early = {**how, "due_on": MARCH - timedelta(days=1)}
    assert refusal(actions.send_sheets, **early)[0] == {"sheets.date_past"}
    elsewhere = {**how, "units": [world.other.section]}
    assert refusal(actions.send_sheets, **elsewhere)[0] == {"sheets.not_of_body"}
    actions.send_sheets(**how)
    codes, said = refusal(actions.send_sheets, **how)
    assert codes == {"sheets.out_already"}
    assert "请先核对或收回" in said


# -- coming back ---------------------------------------------------------------------------------


def test_what_came_back_waits_beside_what_stands(side, unit):
    sheet = returned(side, sent(side, unit))
    assert sheet.state == SheetState.RETURNED
    (one,) = queries.differences(sheet)
    assert (one.row.progress, one.before, one.changed) == ("已印发通知。", None, False)
    sheet.duty.refresh_from_db()
    assert sheet.duty.light == "met"
    assert not Entry.objects.exists()
    assert sheet.file.subject == f"sheets.sheet:{sheet.pk}"


def test_another_file_takes_the_place_of_the_first_until_it_is_taken(side, unit):
    sheet = returned(side, sent(side, unit))
    sheet = returned(side, sheet, filled(sheet, {2: {"progress": "第二行"}}))
    (one,) = queries.differences(sheet)
    assert (one.row.order, one.row.progress) == (2, "第二行")
    sheet = taken(side, sheet)
    codes, _ = refusal(returned, side, sheet)
    assert codes == {"sheets.wrong_state"}


def swapped(page):
    """Sort what is seen, not the hidden key."""
    for column in "AB":
        one, other = page[f"{column}{FIRST}"].value, page[f"{column}{FIRST + 1}"].value
        page[f"{column}{FIRST}"], page[f"{column}{FIRST + 1}"] = other, one


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda page: page.__setitem__("I4", "1.1.0:forged"), "第4行：校验码被改动"),
        (lambda page: page.__setitem__("I4", page["I5"].value), "第5行：与第4行重复"),
        (lambda page: page.__setitem__("B4", "别的任务"), "第4行：序号或任务被改动"),
        (swapped, "第4行：序号或任务被改动"),
        (lambda page: page.__setitem__("E30", "另加一行"), "第30行：这一行不是发出的任务"),
        (lambda page: page.__setitem__("E4", "=cmd|' /C calc'!A0"), "第4行：“进展情况”是公式"),
        (lambda page: page.__setitem__("E4", None), "没有填“进展情况”"),
    ],
)
def test_a_changed_table_is_refused_whole_with_its_rows(side, unit, change, said):
    sheet = sent(side, unit)
    codes, words = refusal(returned, side, sheet, filled(sheet, change=change))
    assert codes == {"sheets.wrong_row"}
    assert said in words


def test_the_sheet_of_another_unit_and_an_old_one_are_told_apart(side, unit):
    first, second = sent(side, unit), sent(side, side.section)
    codes, said = refusal(returned, side, second, filled(first))
    assert codes == {"sheets.wrong_row"}
    assert f"这是第{first.pk}号填报表的行" in said
    old = filled(first)
    first = actions.withdraw_sheet(
        first, actor=side.openness_office, reason="重发", expected=first.version
    )
    newer = sent(side, unit)
    _, said = refusal(returned, side, newer, old)
    assert f"不是第{newer.pk}号" in said
    codes, said = refusal(returned, side, first, old)
    assert codes == {"sheets.wrong_state"}
    assert "已收回" in said


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "files.empty"),
        (b"MZ\x00", "files.wrong_kind"),
        (b"a,b\n1,2\n", "files.wrong_kind"),
        (b"PK\x03\x04broken", "files.damaged"),
    ],
)
def test_what_is_no_xlsx_is_refused_by_its_content(side, unit, data, code):
    codes, _ = refusal(returned, side, sent(side, unit), data)
    assert codes == {code}


def test_a_workbook_with_a_program_is_refused(side, unit):
    import zipfile
    from io import BytesIO

    sheet = sent(side, unit)
    out = BytesIO(filled(sheet))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    assert refusal(returned, side, sheet, out.getvalue())[0] == {"files.macros"}


def test_an_empty_table_and_many_wrong_rows(side, unit):
    sheet = sent(side, unit)
    assert refusal(returned, side, sheet, filled(sheet, {}))[0] == {"sheets.nothing_filled"}

    def many(page):
        for row in range(50, 80):
            page[f"E{row}"] = "多写"

    _, said = refusal(returned, side, sheet, filled(sheet, change=many))
    assert "另有10处" in said


def test_a_deleted_row_counts_as_not_filled(side, unit):
    sheet = sent(side, unit)
    sheet = returned(side, sheet, filled(sheet, change=lambda page: page.delete_rows(FIRST + 1)))
    assert [one.row.order for one in queries.differences(sheet)] == [1]


# -- taking --------------------------------------------------------------------------------------


def test_taken_rows_become_progress_of_the_unit_keyed_in_by_the_office(side, unit):
    sheet = sent(side, unit)
    two = {1: {"progress": "=看着像公式", "done": "是"}, 2: {"progress": "不采用的"}}

    def as_text(page):
        page["E4"].data_type = "s"

    sheet = returned(side, sheet, filled(sheet, two, change=as_text))
    first = queries.differences(sheet)[0]
    sheet = taken(side, sheet, {first.row.pk: 0})
    assert sheet.state == SheetState.TAKEN
    entry = Entry.objects.get()
    assert (entry.unit, entry.written_by, entry.progress) == (
        unit,
        side.openness_office,
        "=看着像公式",
    )
    assert entry.on == MARCH
    evidence = Evidence.objects.get()
    assert f"填报表第{sheet.pk}号序号1" in evidence.note
    assert "单位填报已办结" in evidence.note
    assert [row.state for row in sheet.rows.order_by("order")[:3]] == ["taken", "left", "open"]
    events = list(AuditEvent.objects.order_by("id").values_list("event", flat=True))[-3:]
    assert events == [
        "programme.evidence_added",
        "progress.progress_recorded",
        "sheets.sheet_taken",
    ]


def test_a_sheet_is_taken_once(side, unit):
    sheet = returned(side, sent(side, unit))
    asked = tokens(sheet)
    sheet = taken(side, sheet, asked)
    assert refusal(taken, side, sheet, asked)[0] == {"sheets.wrong_state"}


def test_what_was_written_since_is_shown_and_not_taken_unseen(side, unit):
    sheet = returned(side, sent(side, unit))
    asked = tokens(sheet)
    task = sheet.rows.get(order=1).task
    progress.key_in_progress(
        [progress.Said(task, "科室自己填的")], unit=unit, actor=side.openness_office
    )
    codes, said = refusal(taken, side, sheet, asked)
    assert codes == {"sheets.written_since"}
    assert "序号1刚刚有了新的进展" in said
    (one,) = queries.differences(sheet)
    assert one.changed
    assert one.before.progress == "科室自己填的"
    taken(side, sheet)
    assert Entry.objects.filter(task=task).count() == 2


def test_one_row_that_cannot_be_taken_and_none_is(side, unit):
    sheet = sent(side, unit)
    both = {1: {"progress": "一"}, 2: {"progress": "二"}}
    sheet = returned(side, sheet, filled(sheet, both))
    Task.objects.filter(pk=sheet.rows.get(order=2).task_id).update(state="done")
    codes, said = refusal(taken, side, sheet)
    assert codes == {"sheets.task_closed"}
    assert "序号2已不在办" in said
    closed = queries.differences(sheet)[1]
    assert closed.closed


def test_why_rows_are_not_taken(side, unit, world):
    sheet = returned(side, sent(side, unit))
    assert refusal(taken, side, sheet, {})[0] == {"sheets.nothing_chosen"}
    assert refusal(taken, side, sheet, {987654: 0})[0] == {"sheets.no_such_row"}
    how = {"asked": tokens(sheet), "expected": sheet.version}
    for actor in (side.officer, side.section_head, side.leader, world.other.openness_office):
        codes, _ = refusal(actions.take_rows, sheet, actor=actor, **how)
        assert "sheets.not_yours" in codes
    stale = {**how, "expected": sheet.version - 1}
    codes, _ = refusal(actions.take_rows, sheet, actor=side.openness_office, **stale)
    assert codes == {"kernel.stale"}


def test_taking_costs_the_same_statements_for_any_number_of_rows(side, unit):
    def statements(orders):
        sheet = sent(side, unit)
        sheet = returned(
            side, sheet, filled(sheet, {n: {"progress": f"第{sheet.pk}表{n}"} for n in orders})
        )
        with CaptureQueriesContext(
            connection,
        ) as sent_queries:
            taken(side, sheet)
        return len(sent_queries)

    assert statements([1]) == statements([1, 2, 3])


# -- every verb in every state -------------------------------------------------------------------


@pytest.mark.parametrize("state", list(SheetState))
@pytest.mark.parametrize("verb", list(SHEET_MOVES))
def test_every_verb_in_every_state(side, unit, verb, state):
    sheet = sent(side, unit)
    data = filled(sheet)
    sheet = returned(side, sheet, data)
    asked = tokens(sheet)
    Sheet.objects.filter(pk=sheet.pk).update(state=state)
    sheet.refresh_from_db()
    calls = {
        "return": lambda: returned(side, sheet, data),
        "take": lambda: taken(side, sheet, asked),
        "withdraw": lambda: actions.withdraw_sheet(
            sheet, actor=side.openness_office, reason="发错", expected=sheet.version
        ),
    }
    origins, target = SHEET_MOVES[verb]
    if state in origins:
        assert calls[verb]().state == target
    else:
        assert refusal(calls[verb])[0] == {"sheets.wrong_state"}


def test_a_withdrawn_sheet_has_no_clock_and_its_unit_may_get_another(side, unit):
    sheet = sent(side, unit)
    sheet = actions.withdraw_sheet(
        sheet, actor=side.openness_office, reason="发错", expected=sheet.version
    )
    sheet.duty.refresh_from_db()
    assert sheet.duty.light == "cancelled"
    assert sent(side, unit).pk != sheet.pk
    blank = {"actor": side.openness_office, "reason": " ", "expected": 1}
    other = queries.Sheet.objects.latest("pk")
    codes, _ = refusal(actions.withdraw_sheet, other, **{**blank, "expected": other.version})
    assert codes == {"sheets.no_reason"}


def test_the_office_is_asked_for_what_came_back_and_what_is_late(side, unit):
    sheet = sent(side, unit)
    assert queries.needs(side.openness_office) == []
    returned(side, sheet)
    assert queries.needs(side.openness_office) == [sheet]
    assert queries.needs(side.officer) == []
    late = sent(side, side.section)
    with clock.at(at(DUE + timedelta(days=2))):
        turn_lights(clock.now())
        assert set(queries.needs(side.openness_office)) == {sheet, late}


# -- what other apps do for sheets ---------------------------------------------------------------


def test_progress_is_keyed_in_by_the_office_of_the_body_only(side, unit, world):
    task = queries.open_tasks(side.body, unit)[0]
    said = [progress.Said(task, "已办")]
    for actor in (side.officer, side.leader, world.other.openness_office):
        codes, _ = refusal(progress.key_in_progress, said, unit=unit, actor=actor)
        assert codes == {"progress.not_yours"}
    how = {"unit": unit, "actor": side.openness_office}
    ahead = {**how, "on": MARCH + timedelta(days=1)}
    assert refusal(progress.key_in_progress, said, **ahead)[0] == {"progress.ahead"}
    empty = [progress.Said(task, " ")]
    assert refusal(progress.key_in_progress, empty, **how)[0] == {"progress.no_progress"}
    progress.key_in_progress(said, **how)
    assert refusal(progress.key_in_progress, said, **how)[0] == {"progress.said_already"}
    Task.objects.filter(pk=task.pk).update(state="revoked")
    task.refresh_from_db()
    codes, _ = refusal(programme.note_evidence, [(task, "已办")], **how)
    assert codes == {"programme.wrong_state"}
