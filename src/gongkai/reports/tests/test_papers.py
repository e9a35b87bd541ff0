"""Reports as papers: the .docx and .pdf opened again, an office's template, hostile templates."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from docx import Document
from docx.shared import Mm, Pt

from gongkai.reports.rules import docx, pdf
from gongkai.reports.rules.paper import Paper, Part

PAPER = Paper(
    title="清江市交通运输局2026年政务公开工作要点落实情况的报告",
    recipient="清江市人民政府办公室",
    sections=(
        Part(0, "", ("现将情况报告如下：",)),
        Part(1, "一、总体情况", ("共33项，“甲<乙>”&丙。", "第二段。")),
        Part(2, "（一）夯实基础", ("1．修订指南。",)),
    ),
    signature="清江市交通运输局",
    day="2026年11月20日",
)


def opened(data):
    return Document(io.BytesIO(data))


def made_from(*lines, header=""):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


OWN = ("某局文件", "{{ title }}", "{%p for section in sections %}", "{{ section.heading }}")
END = ("{%p endfor %}",)


def test_the_docx_has_every_paragraph_in_the_look_of_an_official_paper():
    document = opened(docx.render(PAPER))
    lines = [(one.style.name, one.text) for one in document.paragraphs if one.text]
    assert lines == [
        ("报告标题", PAPER.title),
        ("报告主送", "清江市人民政府办公室："),
        ("报告正文", "现将情况报告如下："),
        ("报告一级标题", "一、总体情况"),
        ("报告正文", "共33项，“甲<乙>”&丙。"),
        ("报告正文", "第二段。"),
        ("报告二级标题", "（一）夯实基础"),
        ("报告正文", "1．修订指南。"),
        ("报告落款", "清江市交通运输局"),
        ("报告落款", "2026年11月20日"),
    ]
    page = document.sections[0]
    assert page.top_margin == pytest.approx(Mm(37), abs=Mm(0.1))
    assert page.left_margin == pytest.approx(Mm(28), abs=Mm(0.1))
    width = page.page_width - page.left_margin - page.right_margin
    assert width == pytest.approx(Mm(156), abs=Mm(0.1))
    body = document.styles["报告正文"]
    assert (body.font.name, body.font.size) == ("仿宋_GB2312", Pt(16))


def test_the_pdf_says_the_same_is_tagged_and_fit_for_archives():
    made = pdf.render(PAPER)
    with pdfplumber.open(io.BytesIO(made.data)) as document:
        text = "".join(page.extract_text() for page in document.pages).replace("\n", "")
        catalog = document.doc.catalog
        assert document.pages[0].width == pytest.approx(595.28, abs=0.5)
    for line in ("清江市人民政府办公室", "一、总体情况", "（一）夯实基础", "2026年11月20日"):
        assert line in text.replace(" ", "")
    assert "MarkInfo" in catalog
    assert b"pdfaid:part" in made.data or "Metadata" in catalog


def test_each_face_takes_the_official_font_where_it_is_there():
    there = {"FangSong_GB2312", "Noto Serif CJK SC", "Noto Sans CJK SC"}
    chosen = pdf.choose(there)
    assert chosen["body"] == "FangSong_GB2312"
    assert chosen["black"] == "Noto Sans CJK SC"
    assert chosen["title"] == "Noto Serif CJK SC"


def test_without_a_chinese_font_there_is_no_pdf_and_it_says_what_to_do():
    with pytest.raises(pdf.NoFont, match="GONGKAI_FONTS"):
        pdf.choose({"DejaVu Sans"})


def test_an_office_gives_its_reports_its_own_look():
    template = made_from(*OWN, *END, header="{{ signature }}")
    docx.check(template)
    document = opened(docx.render(PAPER, template))
    assert [one.text for one in document.paragraphs][:2] == ["某局文件", PAPER.title]
    assert document.sections[0].header.paragraphs[0].text == "清江市交通运输局"


def test_the_standard_look_passes_its_own_check():
    docx.check(docx.standard())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("没有标记",), "缺少填写标记"),
        ((*OWN, "{{ secret }}", *END), "没有“secret”"),
        ((*OWN, "{{ section.__class__ }}", *END), "没有“__class__”"),
        ((*OWN, "{{ title.__class__.__mro__ }}", *END), "没有“__"),
        ((*OWN, "{{ cycler.__init__.__globals__ }}", *END), "没有"),
        ((*OWN, "{{ title|upper }}", *END), "不能用算式、函数和宏"),
        ((*OWN, "{{ title() }}", *END), "不能用算式、函数和宏"),
        ((*OWN, "{{ 9**9**9 }}", *END), "不能用算式、函数和宏"),
        ((*OWN, "{{ title['x'] }}", *END), "不能用算式、函数和宏"),
        ((*OWN, "{%p for x in range(9) %}", "{{ x }}", *END, *END), "只能对各部分"),
        ((*OWN, "{%p for x in title %}", "{{ x }}", *END, *END), "只能对各部分"),
        ((*OWN, "{%p set x = 1 %}", *END), "不能用算式、函数和宏"),
        ((*OWN, "{%p include 'x' %}", *END), "不能用算式、函数和宏"),
        (OWN, "填写标记有误"),
    ],
)
def test_a_template_that_does_more_than_put_values_in_is_refused(lines, said):
    with pytest.raises(docx.NotATemplate, match=said):
        docx.check(made_from(*lines))


def test_what_stands_in_a_header_is_looked_at_too():
    with pytest.raises(docx.NotATemplate, match="secret"):
        docx.check(made_from(*OWN, *END, header="{{ secret }}"))


def test_what_is_no_docx_is_refused():
    with pytest.raises(docx.NotATemplate, match="打不开"):
        docx.check(b"PK\x03\x04 no zip")


def test_values_are_never_read_as_marks():
    sly = Paper("{{ day }}", "", (Part(0, "", ("{%p for x in y %}", "{{ x }}")),), "局", "日")
    texts = [one.text for one in opened(docx.render(sly)).paragraphs]
    assert "{{ day }}" in texts
    assert "{{ x }}" in texts
