"""What stands in files: their text wherever it stands, what they hide, what does not open."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pikepdf
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening import Lexicon, Limits, ocr, screen_file
from gongkai.screening.tests.builders import (
    CHANGES,
    HIDDEN,
    ID,
    MOBILE,
    W,
    dirty_docx,
    dirty_pdf,
    dirty_xlsx,
    docx_of,
    packed,
    parts,
    pdf,
    photo,
    plain_docx,
    png,
    related,
    saved,
)

DAY = date(2026, 3, 2)
NOTHING = Lexicon(())
READS_PICTURES = ocr.is_installed()


def screened(data, name="x", **more):
    return screen_file(name, data, lexicon=NOTHING, day=DAY, **more)


def codes(data, name="x", **more):
    """Return what was found, but for what is said of pictures."""
    found = (one.check.value for one in screened(data, name, **more).findings)
    return sorted(code for code in found if code != "file.not_looked_at")


def places(data, name, code):
    return [one.place for one in screened(data, name).findings if one.check == code]


def test_a_clean_file_gives_nothing():
    for data, name in (
        (plain_docx(), "a.docx"),
        (saved(pdf()), "a.pdf"),
        ("通知".encode(), "a.txt"),
        (packed({"a.txt": "通知"}), "a.zip"),
    ):
        result = screened(data, name)
        assert (result.findings, result.opened) == ((), True), name
        assert result.text_length > 0


def test_all_that_a_docx_hides():
    assert codes(dirty_docx(), "a.docx") == [
        "file.comments",
        "file.comments",  # of the workbook in it
        "file.embedded",
        "file.hidden_text",
        "file.location",
        "file.metadata",
        "file.metadata",
        "file.metadata",
        "file.tracked_changes",
        "personal.mobile",
        "personal.mobile",
        "personal.mobile",
    ]


def said(words):
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


BOX = (
    "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
    f"<w:txbxContent>{said(MOBILE)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (said("前") + said("1380</w:t></w:r><w:r><w:t>0138000"), "，第2段"),
        (f"<w:tbl><w:tr><w:tc>{said(MOBILE)}</w:tc></w:tr></w:tbl>", "，第1段"),
        (f"<w:sdt><w:sdtContent>{said(MOBILE)}</w:sdtContent></w:sdt>", "，第1段"),
        (BOX, "，第1段"),
        (f"<w:p><w:r><w:instrText>LINK tel:{MOBILE}</w:instrText></w:r></w:p>", "，域代码"),
        (
            f"<w:p><w:del><w:r><w:delText>{MOBILE}</w:delText></w:r></w:del></w:p>",
            "，修订中删去的文字",
        ),
        (HIDDEN, "，隐藏文字"),
    ],
)
def test_where_text_stands_in_a_docx(body, where):
    assert places(docx_of(body), "a.docx", "personal.mobile") == [f"附件“a.docx”{where}"]


@pytest.mark.parametrize(
    ("part", "root", "where"),
    [
        ("header1", "hdr", "，页眉，第1段"),
        ("footer1", "ftr", "，页脚，第1段"),
        ("footnotes", "footnotes", "，脚注，第1段"),
        ("endnotes", "endnotes", "，尾注，第1段"),
        ("glossary__document", "glossaryDocument", "，自动图文集"),
    ],
)
def test_text_of_other_parts_of_a_docx(part, root, where):
    xml = f"<w:{root} {W}><w:p><w:r><w:t>电话{MOBILE}</w:t></w:r></w:p></w:{root}>"
    data = docx_of("<w:p/>", **{f"word__{part}": xml})
    assert places(data, "a.docx", "personal.mobile") == [f"附件“a.docx”{where}"]


def test_hidden_by_a_style_and_shown_again():
    styles = parts(plain_docx())["word/styles.xml"].decode()
    mine = '<w:style w:type="character" w:styleId="Dark"><w:rPr><w:vanish/></w:rPr></w:style>'
    heir = '<w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Dark"/></w:style>'
    styles = styles.replace("</w:styles>", mine + heir + "</w:styles>")

    def body(style, more=""):
        return docx_of(
            f'<w:p><w:r><w:rPr><w:rStyle w:val="{style}"/>{more}</w:rPr><w:t>字</w:t></w:r></w:p>',
            word__styles=styles,
        )

    assert codes(body("Dark"), "a.docx") == ["file.hidden_text"]
    assert codes(body("Heir"), "a.docx") == ["file.hidden_text"]
    assert codes(body("Heir", '<w:vanish w:val="0"/>'), "a.docx") == []


def test_a_hidden_paragraph_mark_hides_nothing():
    body = "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>看得见</w:t></w:r></w:p>"
    assert codes(docx_of(body), "a.docx") == []


def test_changes_of_a_header_and_of_a_table_row_count():
    row = "<w:tbl><w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    assert codes(docx_of(row), "a.docx") == ["file.tracked_changes"]
    header = f"<w:hdr {W}>{CHANGES}</w:hdr>"
    assert codes(docx_of("<w:p/>", word__header1=header), "a.docx") == ["file.tracked_changes"]


def test_macros_links_and_old_objects():
    data = related(plain_docx(), "word/document.xml", "vbaProject", "word/vbaProject.bin", b"x")
    assert codes(data, "a.docm") == ["file.macro"]
    data = related(plain_docx(), "word/document.xml", "oleObject", "word/embeddings/o.bin", b"x")
    assert codes(data, "a.docx") == ["file.embedded"]
    files = parts(plain_docx())
    template = (
        '<Relationship Id="t" Type="http://x/attachedTemplate" TargetMode="External" '
        'Target="file:///D:/zhangsan/a.dotx"/></Relationships>'
    )
    rels = files["word/_rels/document.xml.rels"].decode()
    files["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", template).encode()
    assert codes(packed(files), "a.docx") == ["file.external"]


# -- workbooks -------------------------------------------------------------------------------------


def book(change):
    made = openpyxl.Workbook()
    made.properties.creator = None
    made.active.title = "名单"
    change(made, made.active)
    return saved(made)


def put(ref, value, **more):
    def change(made, sheet):
        sheet[ref] = value
        for name, setting in more.items():
            setattr(sheet[ref], name, setting)

    return change


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (MOBILE, "personal.mobile"),
        (int(MOBILE), "personal.mobile"),
        (ID, "personal.id_number"),
        (110105194912310021.0, "personal.id_number"),
        ("6222021234567890128", "personal.bank_card"),
    ],
)
def test_numbers_in_cells(value, code):
    found = screened(book(put("B3", value)), "a.xlsx").findings
    assert [(one.check.value, one.place) for one in found] == [
        (code, "附件“a.xlsx”，工作表“名单”，B3")
    ]


def test_two_numbers_of_one_row_are_two_findings():
    def change(made, sheet):
        sheet.append(["王某", "13800138000", "13900139000"])

    found = screened(book(change), "a.xlsx").findings
    assert [one.place[-2:] for one in found] == ["B1", "C1"]


def test_an_id_number_that_the_program_rounded_is_asked_about():
    (one,) = screened(book(put("A1", 110105194912310000)), "a.xlsx").findings
    assert (one.check, one.severity) == ("personal.id_number", "ask")


def hide_sheet(made, sheet):
    made.create_sheet("底稿", 0)["A1"] = "草"
    made["底稿"].sheet_state = "veryHidden"


def hide_row(made, sheet):
    sheet["A5"] = "草"
    sheet.row_dimensions[5].hidden = True


def hide_column(made, sheet):
    sheet["C1"] = "草"
    sheet.column_dimensions["C"].hidden = True


def hide_empty(made, sheet):
    sheet["A1"] = "字"
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[9].hidden = True


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (hide_sheet, ["file.hidden_sheet"]),
        (hide_row, ["file.hidden"]),
        (hide_column, ["file.hidden"]),
        (hide_empty, []),
        (put("A1", "草", number_format=";;;"), ["file.hidden"]),
        (put("A1", "字", number_format="0.00"), []),
        (put("A1", "字", comment=openpyxl.comments.Comment("问", "张三")), ["file.comments"]),
        (put("A1", f'=IF(1,"字","{MOBILE}")'), ["personal.mobile"]),
    ],
)
def test_what_a_workbook_hides(change, found):
    assert codes(book(change), "a.xlsx") == found


def test_a_header_of_a_sheet_is_looked_at():
    def change(made, sheet):
        sheet.oddHeader.center.text = f"联系{MOBILE}"

    (place,) = places(book(change), "a.xlsx", "personal.mobile")
    assert place.endswith("工作表“名单”，页眉页脚")


def test_what_a_workbook_keeps_of_other_sources():
    data = book(put("A1", "字"))
    cache = f'<pivotCacheRecords xmlns="x"><r><s v="{ID}"/></r></pivotCacheRecords>'.encode()
    with_cache = related(
        data, "xl/workbook.xml", "p", "xl/pivotCache/pivotCacheRecords1.xml", cache
    )
    assert codes(with_cache, "a.xlsx") == ["file.hidden", "personal.id_number"]
    link = f'<externalLink xmlns="x"><cell><v>{MOBILE}</v></cell></externalLink>'.encode()
    linked = related(data, "xl/workbook.xml", "e", "xl/externalLinks/externalLink1.xml", link)
    assert codes(linked, "a.xlsx") == ["file.external", "personal.mobile"]
    odd = related(data, "xl/workbook.xml", "c", "xl/connections.xml", b"<connections/>")
    assert codes(odd, "a.xlsx") == ["file.external"]


# -- presentations, pages, texts -------------------------------------------------------------------


def test_slides_notes_and_hidden_slides():
    show = pptx.Presentation()
    show.core_properties.author = show.core_properties.title = ""
    show.core_properties.last_modified_by = ""
    first = show.slides.add_slide(show.slide_layouts[5])
    first.shapes.title.text = f"联系{MOBILE}"
    second = show.slides.add_slide(show.slide_layouts[5])
    second.notes_slide.notes_text_frame.text = "此处讲慢些"
    second._element.set("show", "0")
    data = saved(show)
    assert [c for c in codes(data, "a.pptx") if c != "file.metadata"] == [
        "file.hidden",
        "file.hidden_text",
        "personal.mobile",
    ]
    assert places(data, "a.pptx", "personal.mobile") == ["附件“a.pptx”，第1张幻灯片"]


def test_a_page_and_what_its_source_holds():
    page = f"<html><body><p>电话{MOBILE}</p><!-- 问{ID} --><img alt='{MOBILE}'></body></html>"
    found = screened(page.encode(), "a.html").findings
    assert {(one.check.value, one.place) for one in found} == {
        ("personal.mobile", "附件“a.html”，第1段"),
        ("personal.mobile", "附件“a.html”，网页源码"),
        ("personal.id_number", "附件“a.html”，网页源码"),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_in_any_encoding(encoding):
    text = f"关于公布名单的通知\r\n王某，{MOBILE}\r\n"
    assert places(text.encode(encoding), "a.csv", "personal.mobile") == ["附件“a.csv”，第2行"]


def test_an_ofd():
    page = (
        "<ofd:Page xmlns:ofd='http://www.ofdspec.org/2016'><ofd:Content><ofd:Layer><ofd:TextObject>"
        "<ofd:TextCode>电话1380</ofd:TextCode><ofd:TextCode>0138000</ofd:TextCode>"
        "</ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
    )
    top = "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'><ofd:Author>张三</ofd:Author></ofd:OFD>"
    data = packed({"OFD.xml": top, "Doc_0/Pages/Page_0/Content.xml": page})
    assert codes(data, "a.ofd") == ["file.metadata", "personal.mobile"]


def test_the_name_of_a_file_is_looked_at():
    assert places("字".encode(), f"王某{MOBILE}.txt", "personal.mobile")


# -- .pdf ------------------------------------------------------------------------------------------


def test_all_that_a_pdf_carries():
    found = screened(dirty_pdf(), "a.pdf").findings
    assert {one.check.value for one in found} == {
        "file.comments",
        "file.embedded",
        "file.macro",
        "file.metadata",
        "file.revisions",
        "personal.id_number",
        "personal.mobile",
    }
    where = {one.place for one in found if one.check == "personal.id_number"}
    assert where == {"附件“a.pdf”，批注", "附件“a.pdf”内的附件“list.txt”，第1行"}


def test_the_page_of_a_pdf_is_named():
    document, other = pdf("Notice"), pdf(f"Phone {MOBILE}")
    document.pages.append(other.pages[0])
    assert places(saved(document), "a.pdf", "personal.mobile") == ["附件“a.pdf”，第2页"]


def test_a_pdf_with_a_password_or_broken():
    out = io.BytesIO()
    pdf().save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert codes(out.getvalue(), "a.pdf") == ["file.encrypted"]
    assert codes(saved(pdf())[:300], "a.pdf") == ["file.does_not_open"]


def test_a_layer_that_is_switched_off():
    document = pdf()
    layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="底稿"))
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
    assert codes(saved(document), "a.pdf") == ["file.hidden"]


@pytest.mark.skipif(READS_PICTURES, reason="the extra ocr is installed: scans are read here")
def test_a_scan_is_said_not_to_be_read():
    (one,) = screened(saved(pdf("", pages=2)), "a.pdf").findings
    assert (one.check, one.severity) == ("file.not_looked_at", "note")
    assert "第1、2页" in one.says


# -- pictures --------------------------------------------------------------------------------------


def test_pictures():
    assert codes(photo(), "a.jpg") == ["file.location", "file.metadata"]
    assert codes(png(), "a.png") == ["file.metadata"]
    assert codes(photo()[:200], "a.jpg") == ["file.does_not_open"]


# -- archives and what does not open ---------------------------------------------------------------


def test_a_file_in_an_archive_in_an_archive():
    inner = packed({"名单.docx": plain_docx("前", f"电话{MOBILE}")})
    data = packed({"a/里.zip": inner})
    (place,) = places(data, "外.zip", "personal.mobile")
    assert place == "附件“外.zip”内“a/里.zip”内“名单.docx”，第2段"


def test_names_written_by_windows():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("placeholder.txt", f"电话{MOBILE}")
    data = out.getvalue().replace(
        b"placeholder.txt", "名单表格一.txt".encode("gbk").rjust(15, b"_")
    )
    (place,) = places(data, "a.zip", "personal.mobile")
    assert "_名单表格一.txt" in place


def test_leavings_programs_and_locked_members():
    data = packed({"__MACOSX/._a": b"x", "a.txt": "字", "run.bat": "del *"})
    assert codes(data, "a.zip") == ["file.metadata", "file.program"]
    locked = bytearray(packed({"a.txt": "字"}, stored=True))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = locked.index(mark)
        locked[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    assert codes(bytes(locked), "a.zip") == ["file.encrypted"]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.docx", "file.does_not_open"),
        (b"  \n", "a.txt", "file.does_not_open"),
        (plain_docx()[:500], "a.docx", "file.does_not_open"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.doc", "file.not_looked_at"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "file.encrypted",
        ),
        (b"Rar!\x1a\x07\x00xxxx", "a.rar", "file.not_looked_at"),
        (b"{\\rtf1 x}", "a.rtf", "file.not_looked_at"),
        (b"MZ\x90\x00\x03\x00", "a.exe", "file.program"),
        (bytes(range(256)) * 20, "a.bin", "file.does_not_open"),
        (packed({"content.xml": "<a/>", "mimetype": "x"}), "a.odt", "file.not_looked_at"),
        (packed({}), "a.zip", "file.does_not_open"),
    ],
)
def test_what_cannot_be_looked_into_is_said(data, name, code):
    found = screened(data, name).findings
    assert [one.check.value for one in found if one.check != "file.wrong_kind"] == [code]
    assert found[-1].says.endswith("。")


def test_a_name_that_promises_something_else():
    assert codes(plain_docx(), "a.pdf") == ["file.wrong_kind"]
    assert codes("字".encode(), "a.docx") == ["file.wrong_kind"]


def test_limits_end_the_look_and_say_so():
    deep = packed({"a.txt": "字"})
    for _ in range(8):
        deep = packed({"a.zip": deep})
    assert "没有查完" in screened(deep, "a.zip").findings[0].says
    many = packed({f"{n}.txt": "字" for n in range(30)})
    assert screened(many, "a.zip", limits=Limits(files=10)).files > 10
    assert any(
        "没有查完" in one.says for one in screened(many, "a.zip", limits=Limits(files=10)).findings
    )
    bomb = packed({"a.txt": b"0" * 20_000_000})
    assert [one.check for one in screened(bomb, "a.zip").findings] == ["file.not_looked_at"]
    long = screened("字".encode() * 100, "a.txt", limits=Limits(characters=50))
    assert [one.check for one in long.findings] == ["file.not_looked_at"]


@given(st.binary(max_size=300), st.sampled_from(["a.docx", "a.zip", "a.jpg", "a.html", "a"]))
def test_any_bytes_give_an_answer(data, name):
    assert screened(data, name) is not None


WHOLE = [dirty_docx(), dirty_xlsx(), photo(), png()]


@given(st.data())
def test_a_damaged_file_gives_an_answer(data):
    whole = data.draw(st.sampled_from(WHOLE))
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + 2 :]
    assert screened(changed, "a.docx") is not None


def test_a_long_list_of_numbers_is_not_a_long_list_of_findings():
    def listed(last):
        rows = [f"张某{n}\t1380013{n:04}" for n in range(150)] + [f"李某\t{last}"]
        return screened("\n".join(rows).encode(), "a.txt", secret=b"x").findings

    found = listed("13900139000")
    assert len(found) == 101
    assert "还有51处" in found[-1].says
    assert found[-1].severity == "stop"
    assert found[-1].key == listed("13900139000")[-1].key
    assert found[-1].key != listed("13911119000")[-1].key


def test_no_finding_holds_a_whole_number():
    for data, name in ((dirty_docx(), "a.docx"), (dirty_pdf(), "a.pdf")):
        for one in screened(data, name).findings:
            shown = "\n".join((one.excerpt, one.says, one.place, one.suggestion))
            assert MOBILE not in shown
            assert ID not in shown
