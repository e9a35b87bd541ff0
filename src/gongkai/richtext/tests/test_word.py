"""A Word document becomes a draft: structure, pictures, notes, numbers, and what is left out."""

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from gongkai.reading.blocks import Unreadable
from gongkai.richtext.clean import sanitise
from gongkai.richtext.word import from_docx

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8"
    "cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def stored():
    kept = []

    def store(picture):
        kept.append(picture)
        return f"/files/{len(kept)}/"

    return store, kept


def converted(document):
    return from_docx(saved(document), stored()[0])


def test_headings_paragraphs_and_looks():
    document = docx.Document()
    document.add_paragraph("关于公开的意见", style="Title")
    document.add_heading("总则", 1)
    document.add_heading("细则", 2)
    body = document.add_paragraph("为做好")
    body.add_run("公开").bold = True
    body.paragraph_format.first_line_indent = Pt(32)
    end = document.add_paragraph("清江市人民政府")
    end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    draft = converted(document)
    assert draft.title == "关于公开的意见"
    assert draft.html.split("\n") == [
        '<h2 class="text-center">关于公开的意见</h2>',
        "<h2>总则</h2>",
        "<h3>细则</h3>",
        '<p class="indent">为做好<strong>公开</strong></p>',
        '<p class="text-right">清江市人民政府</p>',
    ]
    assert draft.warnings == ()
    assert sanitise(draft.html) == draft.html


def test_styles_with_chinese_names():
    document = docx.Document()
    for name in ("标题 2", "题注", "正文缩进"):
        document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph(name, style=name)
    assert converted(document).html.split("\n") == [
        "<h3>标题 2</h3>",
        '<p class="text-center">题注</p>',
        "<p>正文缩进</p>",
    ]


def test_plain_lists_are_lists_and_official_numbers_are_words():
    document = docx.Document()
    document.add_paragraph("甲", style="List Bullet")
    document.add_paragraph("乙", style="List Number")
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900"><w:lvl w:ilvl="0">'
            '<w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="900"><w:abstractNumId w:val="900"/></w:num>')
    )
    for words in ("组织", "经费"):
        properties = document.add_paragraph(words)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = 900
    assert converted(document).html.split("\n") == [
        "<ul><li><p>甲</p></li></ul>",
        "<ol><li><p>乙</p></li></ol>",
        "<p>（一）组织</p>",
        "<p>（二）经费</p>",
    ]


def test_tables_with_merges_and_a_repeated_head():
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, words in zip(table.rows, [("项", "数"), ("收", "1"), ("", "2")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    assert converted(document).html == (
        '<table><thead><tr><th scope="col"><p>项</p></th><th scope="col"><p>数</p></th></tr>'
        '</thead><tbody><tr><td rowspan="2"><p>收</p></td><td><p>1</p></td></tr>'
        "<tr><td><p>2</p></td></tr></tbody></table>"
    )


def test_pictures_are_stored_with_their_words():
    document = docx.Document()
    document.add_picture(io.BytesIO(PNG))
    document.add_picture(io.BytesIO(PNG))
    told = document.element.body.iter(qn("wp:docPr"))
    next(told).set("descr", "办事流程图")
    store, kept = stored()
    draft = from_docx(saved(document), store)
    assert draft.html == (
        '<figure><img src="/files/1/" alt="办事流程图"></figure>\n'
        '<figure><img src="/files/2/"></figure>'
    )
    assert [(p.name, p.alt, p.data) for p in kept] == [
        ("图1.png", "办事流程图", PNG),
        ("图2.png", "", PNG),
    ]
    assert draft.images == tuple(kept)


def test_a_picture_that_cannot_be_kept_is_told():
    document = docx.Document()
    document.add_paragraph("甲").add_run().add_picture(io.BytesIO(PNG))
    draft = from_docx(saved(document), lambda picture: "")
    assert draft.html == "<p>甲</p>"
    assert draft.warnings == ("有1张图片不能在网页上显示，没有取入，请另存为 PNG 后插入。",)


def test_tracked_changes_count_as_accepted_and_are_told():
    document = docx.Document()
    paragraph = document.add_paragraph("共")._p
    for tag, inner, words in (("del", "delText", "十"), ("ins", "t", "十二")):
        paragraph.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x"><w:r><w:{inner}>{words}</w:{inner}>'
                f"</w:r></w:{tag}>"
            )
        )
    paragraph.append(parse_xml(f'<w:r {nsdecls("w")}><w:commentReference w:id="0"/></w:r>'))
    draft = converted(document)
    assert draft.html == "<p>共十二</p>"
    assert draft.warnings == (
        "文中有修订痕迹，已按接受修订后的文字取入，请核对。",
        "批注没有取入。",
    )


def with_part(data, name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return out.getvalue()


def test_footnotes_stand_at_the_end_with_their_numbers():
    document = docx.Document()
    run = document.add_paragraph("甲").add_run()
    run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
    document.add_paragraph("乙")
    data = saved(document)
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>见条例</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    data = with_part(data, "word/footnotes.xml", notes)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        rels = old.read("word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rels = rels.replace(
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>',
    )
    draft = from_docx(with_part(data, "word/_rels/document.xml.rels", rels), stored()[0])
    assert draft.html == '<p>甲<sup>[1]</sup></p>\n<p>乙</p>\n<p class="note">[1] 见条例</p>'


@pytest.mark.parametrize(
    "data",
    [b"", b"no zip", b"PK\x03\x04", with_part(saved(docx.Document()), "word/document.xml", "<x/>")],
)
def test_what_is_no_document_is_refused(data):
    with pytest.raises(Unreadable):
        from_docx(data, stored()[0])


def test_an_explosive_document_is_refused():
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:x xmlns:w="w">&a;</w:x>'
    for part in ("word/document.xml", "word/styles.xml", "word/extra.xml"):
        with pytest.raises(Unreadable):
            from_docx(with_part(saved(docx.Document()), part, entity), stored()[0])
    huge = with_part(saved(docx.Document()), "word/media/a.png", b"0" * 30_000_000)
    with pytest.raises(Unreadable):
        from_docx(huge, stored()[0])


def test_deep_nesting_ends_in_a_refusal_or_a_draft():
    deep = "<w:sdt><w:sdtContent>" * 3000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 3000
    data = with_part(
        saved(docx.Document()),
        "word/document.xml",
        f"<w:document {nsdecls('w')}><w:body>{deep}</w:body></w:document>",
    )
    with pytest.raises(Unreadable):
        from_docx(data, stored()[0])


def test_an_empty_document_is_told():
    assert converted(docx.Document()).warnings == ("文中没有可以取入的文字，可能是扫描件。",)
