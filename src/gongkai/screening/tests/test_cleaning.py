"""Copies for the public: they open, and nothing of what was taken out is found in them."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pikepdf
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from gongkai.screening import Cleaned, Lexicon, clean_copy, screen_file
from gongkai.screening.tests.builders import (
    CHANGES,
    COMMENT_MARKS,
    COMMENTS,
    HIDDEN,
    ID,
    MOBILE,
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
    run,
    saved,
)

DAY = date(2026, 3, 2)
GOING = {
    "file.comments",
    "file.tracked_changes",
    "file.hidden_text",
    "file.metadata",
    "file.location",
    "file.macro",
    "file.revisions",
}
"""What a copy never holds, whatever the file was."""


def codes(name, data):
    found = screen_file(name, data, lexicon=Lexicon(()), day=DAY).findings
    return {one.check.value for one in found}


def words(data):
    """Return the text of the paragraphs of a .docx, as another library reads it."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_document_with_everything():
    cleaned = clean_copy("a.docx", dirty_docx())
    assert set(cleaned.removed) >= {"修订痕迹", "批注", "隐藏文字", "文件属性"}
    assert not codes("a.docx", cleaned.data) & GOING
    assert words(cleaned.data) == ["金额为八万移来元。", "可见", "正文"]
    everything = b"".join(parts(cleaned.data).values())
    for trace in ("张三", "李四", "十万", MOBILE):
        assert trace.encode() not in everything, trace
    inner = parts(cleaned.data)["word/embeddings/book.xlsx"]
    assert not codes("book.xlsx", inner) & GOING


def test_the_same_bytes_give_the_same_copy_and_a_copy_has_nothing_left_to_take_out():
    for name, data in (
        ("a.docx", dirty_docx()),
        ("a.xlsx", dirty_xlsx()),
        ("a.pdf", dirty_pdf()),
        ("a.jpg", photo()),
        ("a.zip", packed({"a.docx": dirty_docx()})),
    ):
        one, two = clean_copy(name, data), clean_copy(name, data)
        assert one == two, name
        assert one.removed, name
        assert clean_copy(one.name, one.data).removed == (), name
        assert clean_copy(one.name, one.data).data == one.data, name


def test_what_is_clean_or_unknown_stays_as_it_is():
    old, broken = b"\xd0\xcf\x11\xe0x", b"PK\x03\x04x"
    for name, data in (("a.txt", b"x"), ("a.doc", old), ("a.docx", broken), ("a.pdf", b"%PDF-")):
        assert clean_copy(name, data) == Cleaned(data, (), name)


# -- Word ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (CHANGES, ["金额为八万移来元。"]),
        (HIDDEN, ["可见"]),
        (COMMENT_MARKS, ["正文"]),
        # The end of the first paragraph was struck out: two become one.
        (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
            + run("前")
            + "</w:p><w:p>"
            + run("后")
            + "</w:p>",
            ["前后"],
        ),
        # Hidden words with their paragraph leave no empty line.
        (
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"
            + run("藏", "<w:vanish/>")
            + "</w:p><w:p>"
            + run("见")
            + "</w:p>",
            ["见"],
        ),
        ("<w:p><w:ins>" + run("甲", "<w:del/>") + "</w:ins>" + run("乙") + "</w:p>", ["甲乙"]),
    ],
)
def test_a_document_reads_as_it_was_meant(body, left):
    data = docx_of(body)
    cleaned = clean_copy("a.docx", data)
    assert words(cleaned.data) == left
    assert not codes("a.docx", cleaned.data) & GOING


def test_rows_put_in_stay_and_rows_struck_out_go():
    def row(mark, text):
        return f"<w:tr><w:trPr><w:{mark}/></w:trPr><w:tc><w:p>{run(text)}</w:p></w:tc></w:tr>"

    grid = "<w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
    body = f"<w:tbl>{grid}{row('ins', '留')}{row('del', '去')}</w:tbl><w:p/>"
    cleaned = clean_copy("a.docx", docx_of(body))
    (table,) = docx.Document(io.BytesIO(cleaned.data)).tables
    assert [cell.text for row in table.rows for cell in row.cells] == ["留"]
    assert not codes("a.docx", cleaned.data) & GOING


def test_macros_go_and_the_name_says_so():
    data = related(plain_docx(), "word/document.xml", "vbaProject", "word/vbaProject.bin", b"x")
    files = parts(data)
    kinds = files["[Content_Types].xml"]
    files["[Content_Types].xml"] = kinds.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    cleaned = clean_copy("通知.docm", packed(files))
    assert cleaned.name == "通知.docx"
    assert "宏" in cleaned.removed
    assert words(cleaned.data)
    assert not codes(cleaned.name, cleaned.data) & GOING
    assert "word/vbaProject.bin" not in parts(cleaned.data)


def test_marks_of_editing_and_the_path_of_the_template_go():
    files = parts(plain_docx())
    settings_ = files["word/settings.xml"].decode()
    more = (
        '<w:rsids><w:rsid w:val="00A1B2C3"/></w:rsids><w:attachedTemplate r:id="r9" xmlns:r="x"/>'
    )
    files["word/settings.xml"] = settings_.replace("</w:settings>", more + "</w:settings>").encode()
    files["word/_rels/settings.xml.rels"] = (
        b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        b"<Relationship Id='r9' Type='x/attachedTemplate' TargetMode='External' "
        b"Target='file:///D:/zhangsan/a.dotx'/></Relationships>"
    )
    cleaned = clean_copy("a.docx", packed(files))
    assert {"编辑标识", "模板路径"} <= set(cleaned.removed)
    everything = b"".join(parts(cleaned.data).values())
    assert b"rsid" not in everything
    assert b"zhangsan" not in everything


def test_what_nothing_leads_to_is_left_out():
    files = parts(dirty_docx())
    files["word/secret.xml"] = f"<a>{ID}</a>".encode()
    assert ID.encode() not in b"".join(parts(clean_copy("a.docx", packed(files)).data).values())


# -- workbooks -------------------------------------------------------------------------------------


def test_notes_of_a_workbook_go_and_its_cells_stay():
    cleaned = clean_copy("a.xlsx", dirty_xlsx())
    assert {"批注", "文件属性"} <= set(cleaned.removed)
    assert not codes("a.xlsx", cleaned.data) & GOING
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned.data)).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["姓名", "电话"],
        ["王某", "公开"],
    ]
    assert sheet["A1"].comment is None


def test_a_hidden_sheet_stays_to_be_seen_unless_it_is_to_go():
    data = dirty_xlsx(hidden_sheet=True)
    kept = clean_copy("a.xlsx", data)
    assert "file.hidden_sheet" in codes("a.xlsx", kept.data)
    dropped = clean_copy("a.xlsx", data, drop_hidden=True)
    assert "隐藏的工作表" in dropped.removed
    assert codes("a.xlsx", dropped.data) == set()
    assert ID.encode() not in b"".join(parts(dropped.data).values())
    book = openpyxl.load_workbook(io.BytesIO(dropped.data))
    assert book.sheetnames == ["名单"]
    assert book.active["C1"].value is None, "its formula asked the sheet that is gone"


def test_hidden_rows_and_columns_are_emptied_where_asked():
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙", "丙"])
    book.active.append(["丁", "戊", "己"])
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[2].hidden = True
    data = saved(book)
    assert "file.hidden" in codes("a.xlsx", clean_copy("a.xlsx", data).data)
    cleaned = clean_copy("a.xlsx", data, drop_hidden=True)
    assert codes("a.xlsx", cleaned.data) == set()
    values = [
        cell.value
        for row in openpyxl.load_workbook(io.BytesIO(cleaned.data)).active
        for cell in row
    ]
    assert [value for value in values if value] == ["甲", "丙"]
    assert "戊".encode() not in b"".join(parts(cleaned.data).values())


def test_data_of_other_workbooks_goes_and_values_stay():
    book = openpyxl.Workbook()
    book.active["A1"] = "=[1]表!B2"
    link = f'<externalLink xmlns="x"><cell><v>{MOBILE}</v></cell></externalLink>'.encode()
    data = related(
        saved(book), "xl/workbook.xml", "externalLink", "xl/externalLinks/externalLink1.xml", link
    )
    cleaned = clean_copy("a.xlsx", data)
    assert "外部引用的数据" in cleaned.removed
    assert "file.external" not in codes("a.xlsx", cleaned.data)
    openpyxl.load_workbook(io.BytesIO(cleaned.data))


# -- presentations, .pdf, pictures, archives -------------------------------------------------------


def test_notes_and_hidden_slides():
    show = pptx.Presentation()
    for words_ in ("看", "藏"):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = words_
        slide.notes_slide.notes_text_frame.text = f"备注{MOBILE}"
    slide._element.set("show", "0")
    data = saved(show)
    kept = clean_copy("a.pptx", data)
    assert "备注" in kept.removed
    assert not codes("a.pptx", kept.data) & GOING
    assert len(pptx.Presentation(io.BytesIO(kept.data)).slides) == 2
    dropped = pptx.Presentation(io.BytesIO(clean_copy("a.pptx", data, drop_hidden=True).data))
    assert [slide.shapes.title.text for slide in dropped.slides] == ["看"]


def test_a_pdf_with_everything():
    cleaned = clean_copy("a.pdf", dirty_pdf())
    assert {"文件属性", "批注", "脚本", "夹带的文件", "早先版本"} == set(cleaned.removed)
    assert codes("a.pdf", cleaned.data) == {"personal.mobile"}
    with pikepdf.open(io.BytesIO(cleaned.data)) as document:
        assert [str(note.Subtype) for note in document.pages[0].obj.Annots] == ["/Link"]
        assert not document.docinfo
        assert "/Metadata" not in document.Root
        plain = document.Root.unparse(resolved=True)
    assert b"JavaScript" not in plain
    assert ID.encode() not in cleaned.data


def test_a_signed_pdf_is_not_touched():
    document = pdf()
    document.docinfo["/Author"] = "张三"
    field = document.make_indirect(
        pikepdf.Dictionary(
            FT=pikepdf.Name.Sig, T="seal", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig)
        )
    )
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    data = saved(document)
    assert clean_copy("a.pdf", data).data == data
    assert {"file.signed", "file.metadata"} <= codes("a.pdf", data)


@pytest.mark.parametrize(("data", "name"), [(photo(), "a.jpg"), (png(), "a.png")])
def test_a_picture_keeps_every_pixel(data, name):
    cleaned = clean_copy(name, data)
    assert cleaned.removed
    assert not codes(name, cleaned.data) & GOING
    before, after = (Image.open(io.BytesIO(one)) for one in (data, cleaned.data))
    assert before.tobytes() == after.tobytes()
    assert not after.getexif()
    assert "comment" not in after.info


def test_a_photo_that_lay_on_its_side_stands():
    cleaned = clean_copy("a.jpg", photo(orientation=6))
    after = Image.open(io.BytesIO(cleaned.data))
    assert (after.size, dict(after.getexif())) == ((20, 40), {})


def test_other_pictures():
    for kind in ("TIFF", "WEBP"):
        picture = Image.new("RGB", (8, 8), "red")
        exif = picture.getexif()
        exif[ExifTags.Base.Artist] = "Zhang San"
        out = io.BytesIO()
        picture.save(out, kind, exif=exif, lossless=True) if kind == "WEBP" else picture.save(
            out, kind, tiffinfo=exif
        )
        cleaned = clean_copy("a", out.getvalue())
        assert cleaned.removed, kind
        assert b"Zhang" not in cleaned.data
        assert Image.open(io.BytesIO(cleaned.data)).convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def test_files_in_archives_are_cleaned():
    inner = packed({"里/a.docx": dirty_docx(), "b.txt": "字"})
    cleaned = clean_copy("a.zip", packed({"x.zip": inner, "__MACOSX/._x": b"x"}))
    assert {"批注", "系统文件"} <= set(cleaned.removed)
    assert not codes("a.zip", cleaned.data) & GOING
    with zipfile.ZipFile(io.BytesIO(parts(cleaned.data)["x.zip"])) as package:
        assert package.namelist() == ["里/a.docx", "b.txt"]
        assert package.read("b.txt") == "字".encode()


# -- anything at all -------------------------------------------------------------------------------

_WORDS = st.text("甲乙丙丁", min_size=1, max_size=5)
_RUN = st.builds(run, _WORDS, st.sampled_from(["", "<w:vanish/>", "<w:b/>"]))
_PIECE = st.one_of(
    _RUN,
    _RUN.map(lambda one: f'<w:ins w:author="张三">{one}</w:ins>'),
    _WORDS.map(lambda one: f"<w:del><w:r><w:delText>{one}</w:delText></w:r></w:del>"),
    _RUN.map(lambda one: f"<w:moveFrom>{one}</w:moveFrom>"),
    _RUN.map(lambda one: f'<w:hyperlink w:anchor="a">{one}</w:hyperlink>'),
    st.just('<w:r><w:commentReference w:id="0"/></w:r>'),
)
_MARK = st.sampled_from(
    ["", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>"]
)
_PARAGRAPH = st.builds(
    lambda mark, pieces: f"<w:p>{mark}{''.join(pieces)}</w:p>", _MARK, st.lists(_PIECE, max_size=4)
)
_CELL = st.lists(_PARAGRAPH, min_size=1, max_size=2).map(lambda ps: f"<w:tc>{''.join(ps)}</w:tc>")
_TABLE = st.builds(
    lambda mark, cells: f"<w:tbl><w:tr>{mark}{''.join(cells)}</w:tr></w:tbl>",
    st.sampled_from(["", "<w:trPr><w:ins/></w:trPr>", "<w:trPr><w:del/></w:trPr>"]),
    st.lists(_CELL, min_size=1, max_size=2),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(_PARAGRAPH, _TABLE), max_size=4))
def test_any_document_opens_clean(blocks):
    data = docx_of("".join(blocks) + "<w:p/>", word__comments=COMMENTS)
    cleaned = clean_copy("a.docx", data)
    assert not codes("a.docx", cleaned.data) & GOING
    words(cleaned.data)
    again = clean_copy("a.docx", cleaned.data)
    assert again.removed == ()


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_damaged_file_is_cleaned_or_left(data):
    whole = data.draw(st.sampled_from(WHOLE))
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + 2 :]
    assert clean_copy("a.docx", changed).data


WHOLE = [dirty_docx(), dirty_xlsx(), photo(), png()]
