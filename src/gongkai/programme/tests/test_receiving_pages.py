"""Documents come in over the page: taken, refused with a sentence, read, withdrawn."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import gongkai.files.tests
from gongkai.accounts.api import Role, appoint
from gongkai.files.tests import builders
from gongkai.programme import actions
from gongkai.programme.jobs import read_document
from gongkai.programme.models import Document
from gongkai.programme.tests.factories import TABLE, bound_now
from gongkai.programme.tests.pages import text_of, url
from gongkai.reading.tests.builders import as_html, as_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]


def upload(browser, data, name, **more):
    sent = {"file": SimpleUploadedFile(name, data), **more}
    return browser.post(reverse("programme:receive"), sent)


KINDS = ("pdf", "docx", "xlsx", "html", "txt")
GARBAGE = bytes(random.Random(7).randbytes(4000))  # the same each time
LOCKED = "这是加密的文件，请先去掉密码再上传。"
BROKEN = "文件已损坏或没有传完整。请在本机打开核对，另存一份再上传。"
FIXTURES = Path(gongkai.files.tests.__file__).parent / "fixtures"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "空.txt", "文件是空的"),
        (b"MZ\x90\x00" * 100, "程序.exe", "这里不接收程序文件"),
        ("字" * 7_100_000, "太大.txt", "20"),
        (as_pdf(password="x"), "密.pdf", LOCKED),
        ((FIXTURES / "locked-word.docx").read_bytes(), "密.docx", LOCKED),
        ((FIXTURES / "locked-sheet.xlsx").read_bytes(), "密.xlsx", LOCKED),
        (as_pdf()[:-2000], "断.pdf", BROKEN),
        (builders.word()[:-2000], "断.docx", BROKEN),
        (builders.sheet()[:-2000], "断.xlsx", BROKEN),
        (b"%PDF-1.7\n" + GARBAGE, "乱头.pdf", BROKEN),
        (b"PK\x03\x04" + GARBAGE, "乱头.docx", BROKEN),
        *((GARBAGE, f"乱.{kind}", "这里不接收这类文件") for kind in KINDS),
    ],
)
def test_what_cannot_be_taken_says_why_and_leaves_no_document(office, data, name, says):
    response = upload(office, data.encode() if isinstance(data, str) else data, name)
    assert response.status_code == 409
    [error] = response.context["form"].errors["file"]
    assert says in error
    assert "请" in error
    assert error in text_of(response)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (as_html()[: len(as_html()) // 2], "断.html"),
        (TABLE.encode()[:-4], "断在字中间.txt"),
        (TABLE.encode("gb18030")[:-1], "断在国标字中间.txt"),
    ],
)
def test_what_can_still_be_read_is_taken_and_read(office, data, name):
    upload(office, data, name)
    document = Document.objects.get()
    read_document(f"programme.document:{document.pk}", set())
    document.refresh_from_db()
    assert document.state == "read"
    assert document.proposals.exists()


def test_a_pdf_that_only_may_not_be_changed_is_read(office):
    upload(office, builders.pdf("1. Publish the plan.", owner="o"), "只限制修改.pdf")
    document = Document.objects.get()
    read_document(f"programme.document:{document.pk}", set())
    document.refresh_from_db()
    assert document.state == "read"
    assert "Publish the plan" in document.text


def test_neither_or_both_of_file_and_text(office):
    for sent in ({}, {"file": SimpleUploadedFile("a.txt", TABLE.encode()), "pasted": TABLE}):
        response = office.post(reverse("programme:receive"), sent)
        assert "请选一个文件，或粘贴正文，二者取一。" in text_of(response)
    assert not Document.objects.exists()


def test_pasted_text_comes_in_and_waits_for_the_worker(office):
    response = office.post(reverse("programme:receive"), {"pasted": TABLE, "title": "分工表"})
    document = Document.objects.get()
    assert response["Location"] == url("document", document)
    html = text_of(office.get(url("document", document)))
    assert "正在读取" in html
    progress = office.get(url("progress", document))
    assert "HX-Refresh" not in progress.headers


def test_a_title_that_a_person_gave_stays(side):
    given = "2026年责任分工（局务会定稿）"
    document = actions.receive_document(
        actor=side.openness_office,
        body=side.body,
        upload=TABLE.encode(),
        name="a.txt",
        title=given,
    )
    read_document(f"programme.document:{document.pk}", set())
    document.refresh_from_db()
    assert (document.state, document.title) == ("read", given)


def test_progress_ends_when_the_document_is_read(office, document):
    assert office.get(url("progress", document))["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (builders.pdf(), "扫描件.pdf", "文字"),
        (builders.empty_word(), "空白.docx", "文件里没有文字"),
        (b"<html><body><script>x()</script></body></html>", "空白.html", "没有可读的文字"),
    ],
    ids=["pdf", "docx", "html"],
)
def test_what_only_the_reader_finds_says_why_and_offers_a_way_on(office, data, name, says):
    upload(office, data, name)
    document = Document.objects.get()
    read_document(f"programme.document:{document.pk}", set())
    document.refresh_from_db()
    assert document.state == "unreadable"
    html = text_of(office.get(url("document", document)))
    assert says in html
    assert "请" in document.problem
    assert "无法读取" in html
    assert f'href="{reverse("programme:receive")}">上传另一份</a>' in html
    assert not document.proposals.exists()


def test_a_new_version_that_cannot_be_read_leaves_its_place_to_another(office, side):
    earlier = bound_now(side).document
    where = reverse("programme:new_version", args=[earlier.pk])
    office.post(where, {"file": SimpleUploadedFile("空白.docx", builders.empty_word())})
    failed = Document.objects.latest("pk")
    read_document(f"programme.document:{failed.pk}", set())
    assert f'href="{where}">上传另一份</a>' in text_of(office.get(url("document", failed)))
    office.post(where, {"pasted": TABLE})
    again = Document.objects.latest("pk")
    assert again.pk != failed.pk
    assert again.replaces == earlier
    response = office.post(where, {"pasted": TABLE})
    assert response.status_code == 409
    assert "这份文件已有新版本" in text_of(response)


# -- for which body ----------------------------------------------------------------------------


@pytest.fixture
def of_two(world, office):
    """The openness office of one body that is also the office of another."""
    appoint(
        actor=None,
        user=world.own.openness_office,
        unit=world.other.body,
        role=Role.OPENNESS_OFFICE,
        from_on=date(2026, 1, 1),
    )
    return office


def test_who_works_for_one_body_is_not_asked(office, side):
    html = text_of(office.get(reverse("programme:receive")))
    assert "收文单位" not in html
    assert side.body.name in html


def test_who_works_for_several_bodies_chooses(of_two, world):
    html = text_of(of_two.get(reverse("programme:receive")))
    assert "收文单位" in html
    assert world.own.body.name in html
    assert world.other.body.name in html
    response = of_two.post(reverse("programme:receive"), {"pasted": TABLE})
    assert response.status_code == 422
    assert "请选定收文单位。" in text_of(response)
    assert not Document.objects.exists()
    of_two.post(reverse("programme:receive"), {"pasted": TABLE, "body": world.other.body.pk})
    assert Document.objects.get().body == world.other.body


@pytest.mark.parametrize("body", ["other", "section", "nonsense"])
def test_a_body_that_is_not_theirs_is_refused(office, world, body):
    given = {"other": world.other.body.pk, "section": world.own.section.pk, "nonsense": "x"}[body]
    response = office.post(reverse("programme:receive"), {"pasted": TABLE, "body": given})
    assert response.status_code == 403
    assert "只有本单位政务公开办可以这样做" in text_of(response)
    assert not Document.objects.exists()


def test_a_later_version_stays_with_its_body(of_two, side):
    earlier = bound_now(side).document
    where = reverse("programme:new_version", args=[earlier.pk])
    assert "收文单位" not in text_of(of_two.get(where))
    of_two.post(where, {"pasted": TABLE})
    assert Document.objects.latest("pk").body == side.body


def test_withdrawing_without_a_reason_is_refused_in_words(office, document):
    version = document.version
    response = office.post(url("withdraw", document), {"version": version, "reason": ""})
    assert response.status_code == 409
    assert "撤回文件要写明原因" in text_of(response)
    office.post(url("withdraw", document), {"version": version, "reason": "传错了"})
    document.refresh_from_db()
    assert document.state == "withdrawn"
    assert "传错了" in text_of(office.get(url("document", document)))
