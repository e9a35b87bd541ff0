"""Whatever bytes come: an honest source or ``Unreadable``, soon and in little room."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.reading import limits, source
from gongkai.reading.formats import package
from gongkai.reading.formats.pdf import worker
from gongkai.reading.tests import builders
from gongkai.reading.tests.builders import outcome

DOCUMENTS = {
    "txt": builders.as_txt().encode("gb18030"),
    "html": builders.as_html(),
    "docx": builders.as_docx(),
    "xlsx": builders.as_xlsx(),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@given(st.binary(max_size=400))
def test_any_bytes(data) -> None:
    outcome(data)


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", OLE, b"%PDF-1.7\n", b"<html>", b"\xff\xfe", b"\xfe\xff"]
)
@settings(max_examples=15, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_behind_a_known_start(start, data) -> None:
    outcome(start + data)


@pytest.mark.parametrize("form", DOCUMENTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_document_damaged_anywhere(form, data) -> None:
    whole = bytearray(DOCUMENTS[form])
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    outcome(bytes(whole[: data.draw(st.integers(1, len(whole)))]))


NAMES = ["p", "r", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "txbxContent"]
XML = [
    *(f"<{end}w:{name}>" for name in NAMES for end in ("", "/")),
    "<w:t>公</w:t>", "<w:tcPr><w:vMerge/></w:tcPr>", '<w:gridSpan w:val="-4"/>',
    '<w:tcPr><w:gridSpan w:val="99999999999"/></w:tcPr>', '<w:gridSpan w:val="x"/>', "<w:sym/>",
    '<w:footnoteReference w:id="1"/>', '<w:pPr><w:outlineLvl w:val="-3"/></w:pPr>',
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "<!-- x -->", "<?x y?>", "&#9;",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(XML), max_size=40))
def test_any_order_of_word_elements(pieces) -> None:
    assert outcome(builders.raw_docx("".join(pieces))) in ("read", "damaged", "no_text")


LEAVES = ["<w:p><w:r><w:t>公</w:t></w:r></w:p>", "<w:p/>", "<w:tbl/>", "<w:tr/>"]


def _around(inner):
    def element(name, kids):
        return f"<w:{name}>{''.join(kids)}</w:{name}>"

    return st.builds(element, st.sampled_from(NAMES), st.lists(inner, max_size=3))


@settings(deadline=None)
@given(st.recursive(st.sampled_from(LEAVES), _around, max_leaves=25))
def test_any_nesting_of_word_elements(body) -> None:
    assert outcome(builders.raw_docx(body)) in ("read", "no_text")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_pdf(data) -> None:
    whole = bytearray(builders.as_pdf())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    said = [*worker.messages(bytes(whole[: data.draw(st.integers(1, len(whole)))]))]
    assert {"done", "error"} & set(said[-1])


def test_a_pdf_cut_off_is_damaged() -> None:
    whole = builders.as_pdf()
    assert outcome(whole[: len(whole) // 3]) == "damaged"
    assert outcome(b"%PDF-1.7\n%%EOF") == "damaged"


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_an_office_file_cut_off_is_damaged(form) -> None:
    whole = DOCUMENTS[form]
    for part in (0.1, 0.5, 0.9, 0.999):
        assert outcome(whole[: int(len(whole) * part)]) == "damaged"


def test_old_and_locked_office_files_say_what_to_do() -> None:
    assert outcome(OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le")) == "old_format"
    assert outcome(OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    locked = bytearray(DOCUMENTS["docx"])
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(mark)
        while at >= 0:
            locked[at + place] |= 1
            at = locked.find(mark, at + 4)
    assert outcome(bytes(locked)) == "encrypted"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["[Content_Types].xml", "ppt/presentation.xml"], "not_a_document"),
        (["OFD.xml"], "old_format"),
        (["mimetype", "content.xml"], "old_format"),
        (["分工表.docx"], "not_a_document"),
        (["[Content_Types].xml", "word/other.xml"], "damaged"),
        (["[Content_Types].xml", "xl/other.xml"], "damaged"),
    ],
)
def test_other_packages_are_named(names, code) -> None:
    assert outcome(builders.zipped(dict.fromkeys(names, "<a/>"))) == code


def test_too_large_is_refused_before_it_is_decoded(monkeypatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    assert outcome(b"a" * 101) == "too_large"
    assert outcome(b"a" * 100) == "read"


def test_too_many_characters_are_refused() -> None:
    assert outcome(b"a" * (limits.MAX_CHARACTERS + 1)) == "too_large"


def test_a_bomb_by_its_declared_size() -> None:
    data = builders.zipped({"[Content_Types].xml": "<a/>", "word/document.xml": bytes(70 << 20)})
    assert len(data) < 200_000
    assert outcome(data) == "too_large_unpacked"


def test_a_bomb_of_honest_xml_by_its_ratio() -> None:
    body = "<w:p></w:p>" * (2 << 20)
    assert outcome(builders.raw_docx(body)) == "too_large_unpacked"


def test_a_bomb_of_many_parts_or_of_their_sum(monkeypatch) -> None:
    parts = {f"word/media/{number}.png": "" for number in range(50)}
    data = builders.zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>", **parts})
    monkeypatch.setattr(package, "MAX_ENTRIES", 51)
    assert outcome(data) == "too_large_unpacked"
    monkeypatch.undo()
    monkeypatch.setattr(package, "MAX_UNPACKED_BYTES", 7)
    assert outcome(data) == "too_large_unpacked"


def test_a_part_that_lies_about_its_size() -> None:
    data = bytearray(builders.raw_docx(builders.p("公开" * 2000)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as opened:
        size = opened.getinfo("word/document.xml").file_size
    lie = bytes(data).replace(struct.pack("<L", size), struct.pack("<L", 300))
    assert lie != bytes(data)
    assert outcome(lie) == "damaged"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">',
    ],
)
def test_entities_are_refused_not_resolved(doctype) -> None:
    document = (
        f"{doctype}<w:document {builders.W}><w:body>{builders.p('&a;')}</w:body></w:document>"
    )
    files = {"[Content_Types].xml": "<a/>", "word/document.xml": document}
    assert outcome(builders.zipped(files)) == "damaged"
    files = {"[Content_Types].xml": "<a/>", "xl/workbook.xml": doctype + "<workbook>&a;</workbook>"}
    assert outcome(builders.zipped(files)) == "damaged"


def test_deep_nesting_is_refused_not_a_crash() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + builders.p("公") + "</w:tc></w:tr></w:tbl>" * 3000
    assert outcome(builders.raw_docx(deep)) == "damaged"
    inside = "<w:tbl><w:tr><w:tc>" * 75 + builders.p("公") + "</w:tc></w:tr></w:tbl>" * 75
    assert outcome(builders.raw_docx(inside)) == "read"


def test_ratio_is_no_trap_for_a_plan_repeated_a_hundred_times() -> None:
    assert outcome(builders.repeated_docx(100)) == "read"
