"""Words in pictures and scans, where the extra ``ocr`` is installed; what is said without it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image, ImageDraw, ImageFont

from gongkai.screening import Lexicon, ocr, screen_file
from gongkai.screening.tests.builders import ID, MOBILE, packed, plain_docx, related

needs_it = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")


def picture(text, kind="PNG"):
    made = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(made).text((40, 60), text, fill="black", font=ImageFont.load_default(48))
    out = io.BytesIO()
    made.save(out, kind)
    return out.getvalue()


def found(data, name):
    screened = screen_file(name, data, lexicon=Lexicon(()), day=date(2026, 3, 2))
    return [(one.check.value, one.place) for one in screened.findings]


def test_without_it_a_picture_is_said_not_to_be_read(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    assert found(picture(MOBILE), "a.png") == [("file.not_looked_at", "附件“a.png”")]
    data = related(plain_docx(), "word/document.xml", "image", "word/media/a.png", picture(ID))
    assert found(data, "a.docx") == [("file.not_looked_at", "附件“a.docx”")]


@needs_it
def test_a_picture_is_read():
    assert found(picture(f"Tel {MOBILE}"), "a.png") == [
        ("personal.mobile", "附件“a.png”，图片里的文字")
    ]
    assert found(picture("Notice 2026"), "a.png") == []
    assert ocr.words_in(b"no picture") == ""


@needs_it
def test_a_picture_in_a_document_in_an_archive_is_read():
    data = related(plain_docx(), "word/document.xml", "image", "word/media/a.png", picture(ID))
    assert found(packed({"a.docx": data}), "a.zip") == [
        ("personal.id_number", "附件“a.zip”内“a.docx”，图片里的文字")
    ]


@needs_it
def test_a_scanned_page_is_read():
    ((code, place),) = found(picture(f"No. {ID}", "PDF"), "a.pdf")
    assert (code, place) == ("personal.id_number", "附件“a.pdf”，第1页，图片里的文字")
