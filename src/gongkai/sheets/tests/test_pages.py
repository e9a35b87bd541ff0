"""The pages of sheets: what each person is shown, what stays when refused, how many questions."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.programme.tests.pages import text_of
from gongkai.progress.models import Entry
from gongkai.sheets import queries
from gongkai.sheets.models import Sheet
from gongkai.sheets.tests.factories import filled, returned, sent, taken

pytestmark = pytest.mark.django_db(transaction=True)


def url(verb, sheet=None):
    return reverse(f"sheets:{verb}", args=[sheet.pk] if sheet else [])


def upload(data, name="填报表.xlsx"):
    return SimpleUploadedFile(name, data)


def test_the_whole_way_by_the_pages(office, side, unit):
    shown = text_of(office.get(url("send")))
    assert "办公室（" in shown
    answer = office.post(url("send"), {"units": [unit.pk], "due_on": "2026-03-10", "note": ""})
    sheet = Sheet.objects.get()
    assert answer["Location"] == url("sheet", sheet)
    book = load_workbook(BytesIO(b"".join(office.get(url("workbook", sheet)).streaming_content)))
    assert book.active["A1"].value.startswith("办公室政务公开任务填报表")
    data = {"file": upload(filled(sheet)), "version": sheet.version}
    answer = office.post(url("return", sheet), data)
    assert answer["Location"] == url("differences", sheet)
    page = text_of(office.get(url("differences", sheet)))
    assert "已印发通知。" in page
    assert "还没有填过进展。" in page
    sheet.refresh_from_db()
    tokens = [one.token for one in queries.differences(sheet)]
    office.post(url("differences", sheet), {"rows": tokens, "version": sheet.version})
    assert Entry.objects.get().unit == unit
    page = text_of(office.get(url("sheet", sheet)))
    assert "已采用" in page
    task = sheet.rows.get(order=1).task
    assert str(sheet) in text_of(office.get(reverse("programme:task", args=[task.pk])))


def test_wrong_rows_are_said_beside_the_file(office, side, unit):
    sheet = sent(side, unit)
    bad = filled(sheet, change=lambda page: page.__setitem__("E4", "=1+1"))
    answer = office.post(url("return", sheet), {"file": upload(bad), "version": sheet.version})
    assert answer.status_code == 409
    assert "第4行：“进展情况”是公式，请改成文字。" in text_of(answer)


def test_a_row_written_since_the_page_is_not_taken(office, side, unit):
    sheet = returned(side, sent(side, unit))
    stale = {"rows": [f"{sheet.rows.get(order=1).pk}.99"], "version": sheet.version}
    answer = office.post(url("differences", sheet), stale)
    assert answer.status_code == 422
    assert "刚刚有了变化" in text_of(answer)
    answer = office.post(url("differences", sheet), {"version": sheet.version})
    assert answer.status_code == 409
    assert "一行也没有选" in text_of(answer)
    assert not Entry.objects.exists()


def test_an_office_with_nothing_open_is_told(client, world):
    client.force_login(world.other.openness_office)
    assert "现在没有可以发表的单位" in text_of(client.get(url("send")))


def test_the_file_that_came_back_is_for_who_sees_the_sheet(client, side, unit, world):
    sheet = returned(side, sent(side, unit))
    where = reverse("files:download", args=[sheet.file_id])
    for user, status in (
        (side.openness_office, 200),
        (side.leader, 200),
        (side.officer, 404),
        (world.other.openness_office, 404),
    ):
        client.force_login(user)
        answer = client.get(where)
        answer.close()
        assert answer.status_code == status, user


def test_the_task_page_names_the_sheet_only_to_who_sees_it(client, side, unit):
    sheet = taken(side, returned(side, sent(side, unit)))
    task = sheet.rows.get(order=1).task  # 科技信息科 has a part in it too
    client.force_login(side.officer)
    page = text_of(client.get(reverse("programme:task", args=[task.pk])))
    assert "填报表第" in page
    assert str(sheet) not in page


def _questions(client, where):
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


def test_pages_ask_as_much_for_many_rows_as_for_few(office, side, unit):
    sheet = sent(side, unit)
    many = {n: {"progress": f"进展{n}"} for n in range(1, sheet.size + 1)}
    assert sheet.size > 2
    sheet = returned(side, sheet)
    few_rows = _questions(office, url("differences", sheet))
    one_listed = _questions(office, url("sheets"))
    sheet = returned(side, sheet, filled(sheet, many))
    assert _questions(office, url("differences", sheet)) == few_rows <= 14
    page = _questions(office, url("sheet", sheet))
    sent(side, side.section)
    assert _questions(office, url("sheets")) == one_listed <= 10
    assert page <= 14


def test_the_way_there_stands_under_more_for_who_sees_a_body(client, side):
    client.force_login(side.openness_office)
    home = client.get(url("sheets")).content.decode()
    assert '<summary class="here">更多</summary>' in home
    client.force_login(side.officer)
    assert f'href="{url("sheets")}"' not in client.get(reverse("desk:home")).content.decode()
