"""The page that makes a document binding, and later versions of one."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.kernel import clock
from gongkai.programme.jobs import read_document
from gongkai.programme.models import Document, Programme
from gongkai.programme.tests.factories import TABLE, accept_all, at, bound_now, read_now, row
from gongkai.programme.tests.pages import text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]


def test_binding_says_what_is_still_open(office, document):
    html = text_of(office.get(url("bind", document)))
    assert "还有7条拟任务待核对" in html
    assert "还没有采纳任何任务" in html


@pytest.mark.parametrize(
    ("sent", "year", "history"),
    [
        ({"mode": "moved", "year": "2027"}, 2027, None),
        ({"mode": "history"}, 2026, date(2026, 12, 31)),
    ],
)
def test_binding_in_each_way(office, side, sent, year, history):
    with clock.at(at(date(2027, 2, 1))):
        document = read_now(side)
        accept_all(side, document)
        page = text_of(office.get(url("bind", document)))
        assert "这是2026年的文件" in page
        response = office.post(url("bind", document), {"version": document.version, **sent})
        programme = Programme.objects.get()
        board = text_of(office.get(response["Location"]))
    assert (programme.year, programme.history_until) == (year, history)
    assert "已下达，共6项任务" in board


@pytest.mark.parametrize("year", ["", "1999", "二零二六", "99999"])
def test_new_dates_want_a_possible_year(office, side, document, year):
    accept_all(side, document)
    sent = {"version": document.version, "mode": "moved", "year": year}
    response = office.post(url("bind", document), sent)
    assert response.status_code == 200
    assert "year" in response.context["form"].errors
    assert not Programme.objects.exists()


def test_a_year_that_has_not_ended_is_no_history(office, side, document):
    accept_all(side, document)
    response = office.post(url("bind", document), {"version": document.version, "mode": "history"})
    assert response.status_code == 200
    assert "mode" in response.context["form"].errors
    assert not Programme.objects.exists()


def test_the_running_year_is_bound_with_its_own_dates(office, side, document):
    accept_all(side, document)
    sent = {"version": document.version, "mode": "current"}
    office.post(url("bind", document), sent)
    programme = Programme.objects.get()
    assert (programme.year, programme.history_until) == (2026, None)


def test_a_bound_document_opens_no_more_corrections(office, side):
    document = bound_now(side).document
    one = row(document, 1)
    html = text_of(office.get(url("proposal", one)))
    assert "文件已下达或已撤回" in html
    assert 'name="text"' not in html


def test_a_later_version_shows_what_it_changes(office, side):
    programme = bound_now(side)
    text = TABLE.replace("2026年11月底前", "2026年10月底前").replace(
        "检查局网站", "培训全体信息员，讲解新规定的要求"
    )
    where = url("new_version", programme.document)
    assert "上传新版本" in text_of(office.get(where))
    office.post(where, {"file": SimpleUploadedFile("新分工表.txt", text.encode())})
    later = Document.objects.get(replaces=programme.document)
    read_document(f"programme.document:{later.pk}", set())
    later.refresh_from_db()
    html = text_of(office.get(url("changes", later)))
    assert "有改动 1项" in html
    assert "2026年11月30日前完成 → 2026年10月31日前完成" in html
    assert "培训全体信息员" in html
    assert "已删去" in html
    accept_all(side, later)
    sent = {"version": later.version, "mode": "current", "drop_removed": "on"}
    office.post(url("bind", later), sent)
    programme.refresh_from_db()
    assert programme.document == later
    assert office.get(where).status_code == 409


def test_a_document_without_an_earlier_one_changes_nothing(office, document):
    html = text_of(office.get(url("changes", document)))
    assert "没有原版本" in html
    assert "新版本没有的任务" not in text_of(office.get(url("bind", document)))
