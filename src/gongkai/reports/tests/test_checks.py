"""Reports handed in: figures computed again, the wrong one shown, set aside, compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.audit.api import AuditEvent
from gongkai.kernel.refusal import Refused
from gongkai.reports import actions
from gongkai.reports.jobs import check_report
from gongkai.reports.models import Check
from gongkai.reports.states import CheckState
from gongkai.reports.tests.factories import MENDED, REPORT, checked_now

pytestmark = pytest.mark.django_db

DOCUMENTS = Path(__file__).parents[5] / "shared" / "documents"
LIST_QUERIES = 9
PAGE_QUERIES = 11
REAL = next(iter(DOCUMENTS.glob("004_*.txt")), None)


def page(browser, check):
    return browser.get(reverse("reports:check", args=[check.pk])).content.decode()


def hand_in(browser, **sent):
    return browser.post(reverse("reports:receive"), sent)


def wrong_of(check):
    return check.findings.get(agrees=False)


def send(browser, name, finding, **more):
    sent = {"version": finding.version, **more}
    return browser.post(reverse(f"reports:{name}", args=[finding.pk]), sent)


def test_an_upload_is_checked_by_the_worker_and_shows_the_wrong_figure_with_its_sum(office):
    answer = hand_in(office, file=SimpleUploadedFile("报告.txt", REPORT.encode()))
    check = Check.objects.get()
    assert answer.url == reverse("reports:check", args=[check.pk])
    assert "正在复核" in page(office, check)
    check_report(f"reports.check:{check.pk}", {"reports.check_received"})
    shown = page(office, check)
    assert "1处数字不符" in shown
    assert "(200 − 150) ÷ 200 = 25 %" in shown
    assert "文中写 75 %" in shown
    assert "30 + 9 + 6 = 45" in shown
    assert shown.count("〔不符〕") == 1
    assert shown.count("〔相符〕") == 1


def test_pasted_text_is_taken_too_and_takes_the_reports_own_title(office):
    hand_in(office, pasted=REPORT)
    check = Check.objects.get()
    check_report(f"reports.check:{check.pk}", set())
    check.refresh_from_db()
    assert check.title == "清江市交通运输局2026年政务公开工作落实情况报告"
    assert check.state == CheckState.CHECKED


def test_text_and_list_lead_to_each_other(side, office):
    shown = page(office, checked_now(side))
    assert 'href="#source-figure-2"' in shown
    assert 'id="source-figure-2"' in shown
    assert 'href="#figure-2"' in shown
    assert 'id="figure-2"' in shown


def test_neither_or_both_is_asked_again(office):
    assert hand_in(office).status_code == 422
    assert not Check.objects.exists()


def test_what_cannot_be_read_says_why_and_offers_another(office, side):
    upload = b"\xff\xfe" + "　\n".encode("utf-16-le")
    check = actions.receive_report(
        actor=side.openness_office, body=side.body, upload=upload, name="空.txt"
    )
    check_report(f"reports.check:{check.pk}", set())
    check.refresh_from_db()
    assert check.state == CheckState.UNREADABLE
    shown = page(office, check)
    assert check.problem in shown
    assert "上传改后的报告" in shown


def test_a_web_page_is_refused_with_what_to_do(office):
    sent = {"file": SimpleUploadedFile("报告.html", b"<!DOCTYPE html><html><p>45</p></html>")}
    assert hand_in(office, **sent).status_code == 409
    assert not Check.objects.exists()


def test_figures_are_taken_once(side):
    check = checked_now(side)
    check_report(f"reports.check:{check.pk}", set())
    assert check.findings.count() == 2
    with pytest.raises(Refused, match="wrong_state"):
        actions.report_unreadable(check, problem="坏")


@pytest.mark.skipif(REAL is None, reason="the collected documents are not on this machine")
def test_the_collected_report_shows_its_one_wrong_figure_and_no_false_alarm(side, office):
    check = checked_now(side, REAL.read_text(encoding="utf-8"))
    assert [(one.stated, one.computed) for one in check.findings.filter(agrees=False)] == [
        (71.4, 28.6)
    ]
    shown = page(office, check)
    assert "(322 − 230) ÷ 322 = 28.6 %" in shown
    assert "18 + 29 + 16 + 3 = 66" in shown
    assert "1处数字不符" in shown


def test_a_finding_is_set_aside_with_a_reason_and_taken_up_again(side, office):
    check = checked_now(side)
    finding = wrong_of(check)
    send(office, "set_aside", finding, reason="按上级口径计算")
    finding.refresh_from_db()
    assert finding.reason == "按上级口径计算"
    assert finding.set_aside_by == side.openness_office
    shown = page(office, check)
    assert "按上级口径计算" in shown
    assert "不符的1处都已注明核实情况" in shown
    assert shown.count("〔已核实〕") == 1
    listed = office.get(reverse("reports:checks")).content.decode()
    assert "重算处数" in shown
    assert "1处已注明" in listed
    assert "未见不符" not in listed
    assert AuditEvent.objects.filter(event="reports.finding_set_aside").count() == 1
    send(office, "take_up", finding)
    assert "1处数字不符" in page(office, check)


def test_refusals_change_nothing(side, office):
    check = checked_now(side)
    wrong, right = wrong_of(check), check.findings.get(agrees=True)
    assert send(office, "set_aside", wrong, reason=" ").status_code == 422
    long = send(office, "set_aside", wrong, reason="核" * 501)
    assert long.status_code == 422
    assert "核" * 501 in long.content.decode(), "what was typed is lost"
    assert send(office, "set_aside", right, reason="对").status_code == 409
    assert send(office, "take_up", wrong).status_code == 409
    assert not check.findings.exclude(reason="").exists()


def test_two_people_do_not_overwrite_each_other(side, office):
    finding = wrong_of(checked_now(side))
    actions.set_aside(finding, actor=side.openness_office, expected=finding.version, reason="已核")
    assert send(office, "take_up", finding).status_code == 409


def test_a_changed_upload_is_compared(side, office):
    first = checked_now(side)
    second = checked_now(side, MENDED, replaces=first)
    shown = page(office, second)
    assert "已改1处，仍不符0处，新出现0处" in shown
    assert "数字未见不符" in shown
    third = checked_now(side, REPORT, replaces=second)
    assert "已改0处，仍不符0处，新出现1处" in page(office, third)
    assert "已改0处，仍不符1处" in page(office, checked_now(side, REPORT, replaces=third))


def test_a_report_is_compared_with_none_of_another_body(world):
    theirs = checked_now(world.other)
    with pytest.raises(Refused, match="other_body"):
        checked_now(world.own, MENDED, replaces=theirs)


def test_the_list_counts_what_is_wrong_in_the_same_number_of_queries(
    side, office, django_assert_num_queries
):
    where = reverse("reports:checks")
    checked_now(side)
    office.get(where)
    with django_assert_num_queries(LIST_QUERIES):
        office.get(where)
    for _ in range(4):
        checked_now(side)
    checked_now(side, MENDED)
    with django_assert_num_queries(LIST_QUERIES):
        shown = office.get(where).content.decode()
    assert shown.count("1处不符") == 5
    assert "未见不符" in shown


def test_the_page_takes_the_same_number_of_queries_however_many_figures(
    side, office, django_assert_num_queries
):
    line = "（{n}）{n}项事项办理时限由原来的200个工作日压缩至1{n}个工作日，压缩率达到75%。\n"
    more = "".join(line.format(n=n) for n in range(20, 40))
    many = REPORT.replace("二、下一步打算", f"{more}二、下一步打算")
    few, full = checked_now(side), checked_now(side, many)
    assert full.findings.filter(agrees=False).count() > 15
    page(office, few)
    for check in (few, full):
        with django_assert_num_queries(PAGE_QUERIES):
            page(office, check)


def test_a_figure_that_agrees_asks_for_nothing(side, office):
    shown = page(office, checked_now(side))
    assert "现在没有需要您做的" not in shown


def test_after_noting_one_is_back_at_the_figure(side, office):
    finding = wrong_of(checked_now(side))
    answer = send(office, "set_aside", finding, reason="按上级口径计算")
    assert answer.url.endswith(f"/{finding.report_id}/#figure-2")
