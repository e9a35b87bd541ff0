"""Reports in every accepted format give the same figures; what cannot be opened is refused."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.reports.jobs import check_report
from gongkai.reports.models import Check
from gongkai.reports.states import CheckState
from gongkai.reports.tests import papers
from gongkai.reports.tests.factories import REPORT

pytestmark = pytest.mark.django_db


def hand_in(browser, name, data):
    return browser.post(reverse("reports:receive"), {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_each_format_gives_the_same_figures_marked_where_they_stand(office, kind):
    made = getattr(papers, f"as_{kind}")(REPORT)
    assert hand_in(office, f"落实情况.{kind}", made).status_code == 302
    check = Check.objects.get()
    check_report(f"reports.check:{check.pk}", set())
    check.refresh_from_db()
    assert check.state == CheckState.CHECKED
    assert check.title == "清江市交通运输局2026年政务公开工作落实情况报告"
    found = check.findings.order_by("order").values_list("stated", "computed", "agrees")
    assert list(found) == [(45, 45, True), (75, 25, False)]
    wrong = check.findings.get(agrees=False)
    assert "200个工作日" in check.text[wrong.start : wrong.end].replace("\n", "")
    shown = office.get(reverse("reports:check", args=[check.pk])).content.decode()
    assert "(200 − 150) ÷ 200 = 25 %" in shown


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("加密.pdf", papers.as_pdf(REPORT, password="geheim"), "密码"),
        ("加密.docx", papers.locked_docx(), "密码"),
        ("坏.pdf", papers.as_pdf(REPORT)[:900], "损坏"),
        ("坏.docx", papers.as_docx(REPORT)[:900], "损坏"),
        ("坏.xlsx", papers.as_xlsx(REPORT)[:900], "损坏"),
        ("空.txt", b"", "空"),
    ],
)
def test_what_nobody_can_open_is_refused_with_what_to_do(office, name, data, says):
    answer = hand_in(office, name, data)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert says in shown
    assert "重新" in shown or "再上传" in shown
    assert not Check.objects.exists()
