"""A Word document becomes a draft; what is no Word document is refused and leaves nothing."""

from __future__ import annotations

import io
import re
import struct
import zlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from gongkai.kernel.refusal import Refused
from gongkai.publications import actions, queries
from gongkai.publications.models import Item
from gongkai.publications.states import Attribute, FileRole, Kind

pytestmark = pytest.mark.django_db(transaction=True)


def picture():
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00\xff\xff\xff\xff\xff\xff" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def word(*lines, image=False):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "路段", "里程"
    if image:
        document.add_picture(io.BytesIO(picture()))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def begun(side, data, name="通知.docx", title=""):
    upload = SimpleUploadedFile(name, data)
    return actions.begin(
        unit=side.section, actor=side.officer, kind=Kind.POLICY, title=title, upload=upload
    ).edition


LINES = (
    "清江市交通运输局文件",
    "清交发〔2026〕8号",
    "清江市交通运输局关于做好农村公路养护工作的通知",
    "各县区交通运输局：",
    "一、按时完成春季养护。",
    "清江市交通运输局",
    "2026年2月27日",
    "（此件依申请公开）",
)


def test_what_it_says_of_itself_is_taken(side):
    edition = begun(side, word(*LINES, image=True))
    assert edition.document_number == "清交发〔2026〕8号"
    assert "农村公路养护工作的通知" in edition.title
    assert edition.attribute == Attribute.ON_REQUEST
    assert edition.formed_on.isoformat() == "2026-02-27"
    assert "<table>" in edition.text
    (image,) = queries.files_of(edition)
    assert image.role == FileRole.IMAGE
    assert f"/files/{image.file_id}/" in edition.text


@pytest.mark.parametrize("data", [b"", b"no word document", b"PK\x03\x04 broken"])
def test_what_cannot_be_read_leaves_nothing(side, data):
    with pytest.raises(Refused) as refused:
        begun(side, data)
    assert "不能用来起草" in str(refused.value)
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("（此件公开发布）", Attribute.PROACTIVE),
        ("（此件主动公开）", Attribute.PROACTIVE),
        ("（此件依申请公开）", Attribute.ON_REQUEST),
        ("（此件不公开）", Attribute.CLOSED),
        ("公开方式：主动公开", Attribute.PROACTIVE),
        ("关于主动公开的说明。", Attribute.PROACTIVE),  # no mark: the rule
    ],
)
def test_the_mark_that_is_printed(side, text, attribute):
    assert begun(side, word(*LINES[:-1], text)).attribute == attribute


def test_what_is_in_doubt_is_said(side, client):
    lines = (*LINES[:5], "本办法自2026年3月1日起施行，有效期5年。", *LINES[5:])
    client.force_login(side.officer)
    answer = client.post(
        reverse("publications:begin"),
        {
            "unit": side.section.pk,
            "kind": "normative",
            "upload": SimpleUploadedFile("办法.docx", word(*lines)),
        },
        follow=True,
    )
    edition = queries.newest(Item.objects.get())
    assert edition.effective_on == date(2026, 3, 1)
    assert edition.lapses_on == date(2031, 2, 28)
    assert "有效期截止：" in answer.content.decode()


@pytest.mark.parametrize("upload", [False, True])
def test_a_form_sent_twice_begins_one_draft(side, client, upload):
    client.force_login(side.officer)
    page = client.get(reverse("publications:begin")).content.decode()
    once = re.search(r'name="once" value="([0-9a-f-]{36})"', page)[1]
    there = set()
    for _ in range(2):
        typed = {"unit": side.section.pk, "kind": "news", "title": "公告", "once": once}
        if upload:
            typed["upload"] = SimpleUploadedFile("公告.docx", word(*LINES, image=True))
        there.add(client.post(reverse("publications:begin"), typed)["Location"])
    assert len(there) == 1
    assert Item.objects.count() == 1
    assert len(queries.files_of(queries.newest(Item.objects.get()))) == int(upload)


def test_an_image_of_another_item_is_not_shown(side):
    from gongkai.publications.tests.factories import again, drafted, what

    theirs = begun(side, word(*LINES, image=True))
    (image,) = queries.files_of(theirs)
    mine = drafted(side)
    text = f'<figure><img src="/files/{image.file_id}/" alt="图"></figure><p>字</p>'
    actions.save(mine, actor=side.officer, what=what(text=text), expected=mine.version)
    assert "img" not in again(mine).text
