"""Reports written from the records: drafted, rewritten, counted again, issued, handed on."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Docx

from gongkai.accounts.api import Role
from gongkai.audit.api import AuditEvent
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Notice
from gongkai.programme import api as programme
from gongkai.programme.tests.factories import at
from gongkai.programme.tests.pages import text_of
from gongkai.reports import actions, queries
from gongkai.reports.models import Draft, Tie
from gongkai.reports.rules import docx
from gongkai.reports.tests.factories import YEAR_ENDS, drafted, issued, worked

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 14


@pytest.fixture(autouse=True)
def in_november():
    with clock.at(at(YEAR_ENDS)):
        yield


@pytest.fixture
def draft(side):
    return drafted(side)


def passage(draft, heading):
    return draft.passages.get(heading=heading)


def rewritten(draft, side, heading, text):
    row = passage(draft, heading)
    return actions.rewrite(row, actor=side.openness_office, expected=row.version, text=text)


def tie(draft, key, heading=""):
    return Tie.objects.get(passage=passage(draft, heading), key=key)


def issue(draft, side, **more):
    draft.refresh_from_db()
    return actions.issue(draft, actor=side.openness_office, expected=draft.version, **more)


def send(browser, name, row, **sent):
    return browser.post(reverse(f"reports:{name}", args=[row.pk]), {"version": row.version, **sent})


def events(draft):
    rows = AuditEvent.objects.filter(subject=f"reports.draft:{draft.pk}").order_by("pk")
    return [row.event.removeprefix("reports.") for row in rows]


def test_the_report_is_drafted_from_what_the_records_say(draft):
    opening = passage(draft, "")
    assert "共承担任务6项，分解到2个单位（科室）。截至11月20日" in opening.text
    assert "时限事项11件，其中按时完成2件、逾期未完成9件，按时完成率18.2%" in (
        passage(draft, "总体情况").text
    )
    assert "上半年检查2次。" in passage(draft, "主动公开").text
    assert passage(draft, "主要做法").text == "一是明确岗位职责，列入科室年度考核（科技信息科）。"
    assert "空栏目整改不及时（科技信息科）" in passage(draft, "存在问题").text
    assert passage(draft, "下一步打算").text == "一是每月自查一次并通报（科技信息科）。"
    assert draft.title == "清江市交通运输局2026年政务公开工作要点落实情况的报告"
    assert events(draft) == ["draft_started"]


def test_every_figure_opens_what_it_counts(draft, office):
    for row in Tie.objects.filter(passage__draft=draft).exclude(measure="day"):
        shown = text_of(office.get(reverse("reports:figure", args=[row.pk])))
        members = queries.members_of(row)
        assert len(members) == len(row.members)
        assert all(member.what.split("（")[0] in shown for member in members)
        assert row.passage.text[row.start : row.end] == row.value


def test_an_earlier_day_counts_what_was_so_then(side):
    bound = worked(side)
    june = actions.start_draft(
        actor=side.openness_office, programmes=[bound], as_of=date(2026, 6, 9)
    )
    text = passage(june, "总体情况").text
    assert "应当完成的时限事项3件，其中按时完成0件、逾期未完成3件" in text
    assert not june.passages.filter(heading="下一步打算").exists()


def test_a_figure_goes_with_its_words_when_people_rewrite(draft, side):
    before = passage(draft, "总体情况").text
    rewritten(draft, side, "总体情况", f"今年以来，{before}\r\n\r\n  局党组听取了汇报。")
    row = passage(draft, "总体情况")
    assert row.text == f"今年以来，{before}\n局党组听取了汇报。"
    due = tie(draft, "due", "总体情况")
    assert row.text[due.start : due.end] == due.value == "11"
    assert [one.drafted for one in queries.wordings(row)] == [False, True]
    assert "passage_rewritten" in events(draft)


def test_a_figure_that_people_change_is_in_doubt_and_says_both(draft, side, office):
    before = passage(draft, "总体情况").text
    rewritten(draft, side, "总体情况", before.replace("按时完成2件", "按时完成4件"))
    assert tie(draft, "on_time", "总体情况").instead == "4"
    shown = text_of(office.get(reverse("reports:draft", args=[draft.pk])))
    assert "2处数字有疑问" in shown
    assert "按时完成的时限事项：改成了“4”" in shown
    assert "台账里是2" in shown
    assert "重算得13（4 + 9 = 13）" in shown
    with pytest.raises(Refused, match="2处数字有疑问"):
        issue(draft, side)
    assert issue(draft, side, reason="口径按市里统一要求").state == "issued"


def test_figures_are_counted_again_and_the_words_between_stay(draft, side):
    rewritten(draft, side, "总体情况", passage(draft, "总体情况").text + "\n我们写的话。")
    task = programme.Task.objects.get(row=6)
    late = task.duties.filter(duty__closed_at=None).order_by("duty__due_on").first()
    programme.add_evidence(task, actor=side.officer, unit=side.section, note="已查")
    task.refresh_from_db()
    programme.take_done(
        task,
        unit=side.section,
        actor=side.officer,
        duty_id=late.duty_id,
        done_at=clock.now(),
        said="已查",
    )
    draft.refresh_from_db()
    changed = actions.refresh(
        draft, actor=side.openness_office, expected=draft.version, as_of=YEAR_ENDS
    )
    text = passage(draft, "总体情况").text
    assert changed == 3
    assert "时限事项11件，其中按时完成2件、逾期未完成8件" in text
    assert text.endswith("我们写的话。")
    assert "一是有8件时限事项逾期" in passage(draft, "存在问题").text
    assert tie(draft, "evidence", "总体情况").value == "3"
    for row in Tie.objects.filter(passage__draft=draft, start__isnull=False):
        row.passage.refresh_from_db()
        assert row.passage.text[row.start : row.end] == row.value


def test_what_the_records_did_not_have_before_is_added_in_its_place(side):
    bound = worked(side)
    early = actions.start_draft(
        actor=side.openness_office, programmes=[bound], as_of=date(2026, 6, 9)
    )
    actions.refresh(early, actor=side.openness_office, expected=early.version, as_of=YEAR_ENDS)
    headings = [one.heading for one in queries.passages(early)]
    assert headings[-2:] == ["存在问题", "下一步打算"]
    assert "18.2%" in passage(early, "总体情况").text
    for row in Tie.objects.filter(passage__draft=early):
        assert row.passage.text[row.start : row.end] == row.value


def test_a_passage_is_written_anew_and_the_old_words_stay(draft, side, office):
    row = rewritten(draft, side, "总体情况", "删光了。")
    answer = send(office, "redraft", row)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert "应当完成的时限事项11件" in row.text
    assert [one.text for one in queries.wordings(row)][1] == "删光了。"


def test_an_issued_report_stays_as_it_is_and_becomes_papers(draft, side, office):
    final = issue(draft, side)
    actions.make_papers(queries.draft_to_print(final.pk))
    final.refresh_from_db()
    assert (final.docx.name, final.pdf.name) == (f"{final.title}.docx", f"{final.title}.pdf")
    answer = office.get(reverse("files:download", args=[final.docx.pk]))
    words = [one.text for one in Docx(io.BytesIO(answer.getvalue())).paragraphs]
    assert "一、总体情况" in words
    assert "（一）夯实基础" in words
    assert words[-1] == "2026年11月20日"
    assert Notice.objects.filter(sentence__contains="已定稿，可以下载").count() == 1
    again = actions.make_papers(queries.draft_to_print(final.pk))
    assert again.docx_id == final.docx_id
    for verb in ("head", "refresh", "issue", "abandon"):
        sent = {"title": "改", "reason": "改", "as_of": "2026-11-01"}
        assert send(office, verb, final, **sent).status_code == 409
    with pytest.raises(Refused, match="已定稿"):
        rewritten(draft, side, "总体情况", "改")


def test_who_writes_while_the_report_is_issued_is_told(draft, side):
    row = passage(draft, "总体情况")
    issue(draft, side)
    with pytest.raises(Refused, match="别人刚刚改过"):
        actions.rewrite(row, actor=side.openness_office, expected=row.version, text="改")


def test_next_steps_become_a_document_of_the_next_year(side, office):
    final = issued(side)
    url = reverse("reports:hand_on", args=[final.pk])
    assert "每月自查一次并通报" in text_of(office.get(url))
    sent = {
        "version": final.version,
        "take_1": "on",
        "what_1": "每月自查一次并通报",
        "who_1": side.section.name,
        "by_1": "2027-06-30",
    }
    answer = office.post(url, sent)
    final.refresh_from_db()
    assert answer.url == reverse("programme:document", args=[final.handed_on_id])
    assert final.handed_on.title.startswith("清江市交通运输局2027年政务公开工作要点责任分工表")
    assert office.post(url, sent).status_code == 409


def test_without_a_chosen_step_nothing_is_handed_on(side, office):
    final = issued(side)
    sent = {"version": final.version, "what_1": "自查", "who_1": "", "by_1": "2027-06-30"}
    answer = office.post(reverse("reports:hand_on", args=[final.pk]), sent)
    assert answer.status_code == 409
    assert "至少勾选一条" in text_of(answer)


def start(office, draft, **changes):
    chosen = [one.pk for one in draft.programmes.all()]
    sent = {"programmes": chosen, "as_of": "2026-11-20", "title": "", "recipient": "", **changes}
    return office.post(reverse("reports:start"), sent, follow=True)


def test_a_second_start_leads_to_the_report_that_is_being_written(draft, side, office):
    answer = start(office, draft, title="另一个标题")
    assert answer.redirect_chain == [(reverse("reports:draft", args=[draft.pk]), 302)]
    assert "正在起草，已为您打开" in text_of(answer)
    assert Draft.objects.get().title == draft.title
    start(office, draft, as_of="2026-11-19")
    assert Draft.objects.count() == 2


def test_after_it_was_given_up_or_issued_another_report_may_be_started(draft, side, office):
    send(office, "abandon", draft, reason="重写")
    assert "已按台账起草" in text_of(start(office, draft))
    second = Draft.objects.latest("id")
    issue(second, side)
    start(office, draft)
    assert Draft.objects.count() == 3


def test_a_report_counted_to_another_day_is_found_by_that_day(draft, side, office):
    earlier = actions.start_draft(
        actor=side.openness_office, programmes=draft.programmes.all(), as_of=date(2026, 11, 1)
    )
    send(office, "refresh", earlier, as_of="2026-11-10")
    assert queries.under_way(draft.programmes.all(), date(2026, 11, 10)) == earlier
    assert queries.under_way(draft.programmes.all(), date(2026, 11, 1)) is None
    earlier.refresh_from_db()
    send(office, "refresh", earlier, as_of="2026-11-20")
    earlier.refresh_from_db()
    assert (earlier.counts_until, earlier.live) == (date(2026, 11, 20), None)
    assert queries.under_way(draft.programmes.all(), date(2026, 11, 20)) == draft


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OPENNESS_OFFICE])
def test_only_the_openness_office_writes(draft, side, role):
    actor = side.people[role]
    row = passage(draft, "总体情况")
    for act in (
        lambda: actions.rewrite(row, actor=actor, expected=row.version, text="改"),
        lambda: actions.redraft(row, actor=actor, expected=row.version),
        lambda: actions.issue(draft, actor=actor, expected=draft.version),
        lambda: actions.abandon(draft, actor=actor, expected=draft.version, reason="错"),
        lambda: actions.set_template(actor=actor, body=side.body, upload=b"", name="a.docx"),
    ):
        with pytest.raises(Refused, match="政务公开办"):
            act()


def test_a_given_up_report_stays_to_be_read(draft, side, office):
    assert send(office, "abandon", draft).status_code == 422
    assert send(office, "abandon", draft, reason="重复起草").status_code == 302
    shown = text_of(office.get(reverse("reports:draft", args=[draft.pk])))
    assert "已作废" in shown
    assert "重复起草" in shown


def test_the_page_starts_a_report_and_refuses_a_day_to_come(side, office):
    bound = worked(side)
    url = reverse("reports:start")
    assert bound.title in text_of(office.get(url))
    sent = {"programmes": [bound.pk], "as_of": "2026-12-01", "title": "", "recipient": ""}
    answer = office.post(url, sent)
    assert answer.status_code == 409
    assert "数据截止日还没有到" in text_of(answer)
    answer = office.post(url, {**sent, "as_of": "2026-11-20", "title": "半年报告"})
    assert answer.url == reverse("reports:draft", args=[Draft.objects.get().pk])
    assert Draft.objects.get().title == "半年报告"


def test_a_figure_that_is_put_right_again_is_in_doubt_no_longer(draft, side, office):
    before = passage(draft, "总体情况").text
    rewritten(draft, side, "总体情况", before.replace("按时完成2件", "按时完成4件"))
    rewritten(draft, side, "总体情况", before)
    again = tie(draft, "on_time", "总体情况")
    assert (before[again.start : again.end], again.instead) == ("2", "")
    shown = text_of(office.get(reverse("reports:draft", args=[draft.pk])))
    assert "数字有疑问" not in shown


def test_what_is_typed_is_checked_at_its_side_and_not_kept(draft, office):
    row = passage(draft, "总体情况")
    typed = row.text.replace("时限事项11件", "时限事项12件")
    shown = text_of(send(office, "passage_check", row, text=typed))
    assert "2处数字有疑问" in shown
    assert "改成了“12”" in shown
    row.refresh_from_db()
    assert "时限事项11件" in row.text


def test_a_stale_page_is_told_and_what_was_typed_stays(draft, side, office):
    row = passage(draft, "总体情况")
    rewritten(draft, side, "总体情况", "先改了。")
    answer = send(office, "passage", row, text="我写的这一段")
    assert answer.status_code == 409
    assert "别人刚刚改过" in text_of(answer)
    assert "我写的这一段" in answer.content.decode()


def test_the_papers_can_be_had_while_it_is_drafted(draft, office):
    word = office.get(reverse("reports:docx", args=[draft.pk]))
    assert "一、总体情况" in [one.text for one in Docx(io.BytesIO(word.content)).paragraphs]
    portable = office.get(reverse("reports:pdf", args=[draft.pk]))
    assert portable.content.startswith(b"%PDF")


def test_an_office_sets_its_own_look_and_goes_back(draft, side, office):
    own = Docx(io.BytesIO(docx.standard()))
    own.paragraphs[0].insert_paragraph_before("清江交通文件")
    out = io.BytesIO()
    own.save(out)
    url = reverse("reports:set_template", args=[side.body.pk])
    assert office.post(url, {"file": SimpleUploadedFile("x.docx", out.getvalue())}).url == (
        reverse("reports:look")
    )
    word = office.get(reverse("reports:docx", args=[draft.pk]))
    assert Docx(io.BytesIO(word.content)).paragraphs[0].text == "清江交通文件"
    assert send(office, "drop_template", side.body).status_code == 302
    word = office.get(reverse("reports:docx", args=[draft.pk]))
    assert Docx(io.BytesIO(word.content)).paragraphs[0].text == draft.title


def test_an_unfit_template_is_refused_and_the_old_look_stays(draft, side, office):
    bad = Docx()
    bad.add_paragraph("{{ title }} {{ sections.__class__ }}")
    out = io.BytesIO()
    bad.save(out)
    url = reverse("reports:set_template", args=[side.body.pk])
    answer = office.post(url, {"file": SimpleUploadedFile("x.docx", out.getvalue())})
    assert answer.status_code == 409
    assert "没有“__class__”" in text_of(answer)
    assert queries.template_of(side.body) is None


def test_the_report_asks_as_often_however_long_it_is(
    draft, side, office, django_assert_max_num_queries
):
    url = reverse("reports:draft", args=[draft.pk])
    office.get(url)
    with django_assert_max_num_queries(PAGE_QUERIES):
        office.get(url)
