"""The pages of standards: the whole way, what each person is shown, how many questions."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.programme.tests.pages import text_of
from gongkai.standards.models import Catalogue, Item, Practice
from gongkai.standards.tests.factories import TABLE, assigned, line, read, taken, workbook

pytestmark = pytest.mark.django_db(transaction=True)


def url(verb, row=None):
    return reverse(f"standards:{verb}", args=[row.pk] if row else [])


def test_the_whole_way_by_the_pages(client, side):
    client.force_login(side.openness_office)
    upload = SimpleUploadedFile("目录.xlsx", workbook())
    answer = client.post(url("read"), {"field": "other", "other": "交通运输", "file": upload})
    found = Catalogue.objects.get()
    assert (answer["Location"], found.field) == (url("report", found), "交通运输")
    assert client.get(url("catalogue", found))["Location"] == url("report", found)
    page = text_of(client.get(url("report", found)))
    assert "读进3行" in page
    assert "新增3项" in page
    client.post(url("take", found), {"version": found.version})
    items = list(Item.objects.order_by("order"))
    page = text_of(client.get(url("assign", found)))
    assert "部门规章" in page
    chosen = {"items": [item.pk for item in items[:2]], "units": [side.section.pk]}
    assert client.post(url("assign", found), chosen)["Location"] == url("catalogue", found)
    assert "部门规章" not in text_of(client.get(url("assign", found)))
    assert "部门规章" in text_of(client.get(url("assign", found) + "?all"))
    client.force_login(side.officer)
    noted = {"unit": side.section.pk, "note": "已在网站公开", "link": "https://example.gov.cn/a"}
    client.post(url("note_evidence", items[0]), noted)
    assert "已在网站公开" in text_of(client.get(url("item", items[0])))
    page = text_of(client.get(url("catalogue", found)))
    assert "2项，占67%" in page
    assert "1项，占33%" in page
    page = text_of(client.get(url("catalogue", found) + f"?unit={side.section.pk}&cover=assigned"))
    assert "部门规章" in page
    assert "学校名录" not in page


def test_a_bad_row_is_shown_and_taking_is_grey(client, side):
    client.force_login(side.openness_office)
    found = read(side, [*TABLE, line(4, None, "")])
    page = text_of(client.get(url("report", found)))
    assert "第7行" in page
    assert "缺二级事项。" in page
    assert "有1行没有读进。请在原表里改好，重新导入。" in page
    answer = client.post(url("take", found), {"version": found.version})
    assert answer.status_code == 409
    assert not Item.objects.exists()


def test_what_cannot_be_read_is_said_beside_the_file(client, side):
    client.force_login(side.openness_office)
    upload = SimpleUploadedFile("目录.csv", "甲,乙\n1,2\n".encode())
    answer = client.post(url("read"), {"field": "救灾", "file": upload})
    assert answer.status_code == 409
    assert "找不到表头" in text_of(answer)
    answer = client.post(url("read"), {"field": "other", "other": "", "file": upload})
    assert answer.status_code == 422
    assert "请写明是哪个领域" in text_of(answer)


def test_a_section_looks_and_assigns_nothing(client, side):
    found = taken(side)
    (item,) = assigned(side, found, 1)
    client.force_login(side.leader)
    page = text_of(client.get(url("item", item)))
    assert "登记公开情况" not in page
    assert "取消分配" not in page
    assert "分配事项" not in text_of(client.get(url("catalogue", found)))


def test_practice_is_written_and_shared(client, side):
    client.force_login(side.officer)
    words = {"unit": side.section.pk, "title": "一图读懂", "text": "做法", "field": ""}
    client.post(url("write_practice"), words)
    found = Practice.objects.get()
    assert "分享到全市" not in text_of(client.get(url("practice", found)))
    client.force_login(side.openness_office)
    assert "分享到全市" in text_of(client.get(url("practice", found)))
    client.post(url("share_practice", found), {"version": found.version})
    assert "全市分享" in text_of(client.get(url("practices")))


def _questions(client, where):
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


def test_pages_ask_as_much_for_many_rows_as_for_few(client, side):
    client.force_login(side.openness_office)
    few = taken(side, TABLE[:1])
    assigned(side, few, 1)
    asked = {name: _questions(client, url(name, few)) for name in ("catalogue", "assign")}
    listed = _questions(client, url("catalogues"))
    many = taken(side)
    assigned(side, many, 1, 2, 3)
    assert _questions(client, url("catalogue", many)) == asked["catalogue"] <= 15
    assert _questions(client, url("assign", many) + "?all") <= asked["assign"] + 2
    assert _questions(client, url("catalogues")) == listed <= 10
