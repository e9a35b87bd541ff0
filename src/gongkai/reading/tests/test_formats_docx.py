"""Word files: what is seen on paper, labels counted, changes accepted, merged cells resolved."""

from __future__ import annotations

import docx
import pytest

from gongkai.reading.formats.numbering import chinese
from gongkai.reading.source import Unreadable, load
from gongkai.reading.tests.builders import assert_honest, grid_of, listed, p, raw_docx, saved


def read(body: str, **parts: str):
    source = load(raw_docx(body, **parts), "x.docx")
    assert source.kind == "docx"
    assert_honest(source)
    return source


def seen(body: str, **parts: str) -> list[str]:
    return [block.content for block in read(body, **parts).blocks]


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


OFFICE = lists(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "japaneseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircleChinese", "%4"),
)


def test_office_labels_are_counted_as_word_shows_them() -> None:
    body = "".join(
        listed(text, depth)
        for text, depth in [
            ("总", 0),
            ("甲", 1),
            ("乙", 1),
            ("子", 2),
            ("丑", 2),
            ("寅", 3),
            ("分", 0),
            ("丙", 1),
            ("卯", 2),
        ]
    )
    assert seen(body, numbering=OFFICE) == [
        "一、总", "（一）甲", "（二）乙", "1.子", "2.丑", "① 寅", "二、分", "（一）丙", "1.卯",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("decimal", "12"), ("decimalZero", "12"), ("upperRoman", "XII"), ("lowerRoman", "xii"),
        ("upperLetter", "L"), ("lowerLetter", "l"), ("chineseCounting", "十二"),
        ("chineseLegalSimplified", "壹拾贰"), ("ideographDigital", "一二"),
        ("ideographTraditional", "12"),
        ("ideographZodiac", "亥"), ("decimalEnclosedCircle", "⑫"), ("decimalEnclosedParen", "⑿"),
        ("decimalFullWidth", "１２"), ("somethingNew", "12"),
    ],
)  # fmt: skip
def test_number_formats(form, label) -> None:
    body = listed("条") * 12
    assert seen(body, numbering=lists(level(0, form, "第%1条")))[-1] == f"第{label}条 条"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"),
     (101, "一百零一"), (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"),
     (9999, "九千九百九十九"), (0, "0"), (10000, "10000")],
)  # fmt: skip
def test_chinese_numbers(number, words) -> None:
    assert chinese(number) == words


def test_many_levels_in_one_label_and_legal_digits() -> None:
    numbering = lists(
        level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    )
    body = listed("总则") + listed("甲", 1) + listed("乙", 1) + listed("分则") + listed("丙", 1)
    assert seen(body, numbering=numbering) == [
        "第一章 总则",
        "1.1 甲",
        "1.2 乙",
        "第二章 分则",
        "2.1 丙",
    ]


def test_a_list_may_start_over_or_elsewhere() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = listed("甲") + listed("乙") + listed("丙", 0, 2) + listed("丁", 0, 2)
    numbering = lists(level(0, "decimal", "%1、"), nums=nums)
    assert seen(body, numbering=numbering) == ["1、甲", "2、乙", "5、丙", "6、丁"]


def test_labels_from_styles_bullets_and_switched_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="条"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="款"/><w:basedOn w:val="A"/>'
        "</w:style>"
    )
    numbering = lists(
        level(0, "decimal", "第%1条", '<w:pStyle w:val="A"/>'),
        level(1, "bullet", "\uf0b7"),
        level(2, "none", ""),
    )
    off = '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("甲", '<w:pStyle w:val="A"/>') + p("乙", '<w:pStyle w:val="B"/>') + p("丙", off)
        + listed("丁", 1) + listed("戊", 2) + listed("己", 0, 77)
    )  # fmt: skip
    assert seen(body, numbering=numbering, styles=styles) == [
        "第1条 甲", "第2条 乙", "丙", "丁", "戊", "己",
    ]  # fmt: skip


def test_an_empty_numbered_cell_shows_its_number_and_an_empty_paragraph_counts() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = "".join(row.format(listed(""), p(text)) for text in "甲乙")
    numbering = lists(level(0, "decimal", "%1"))
    source = read(f"<w:tbl>{table}</w:tbl>{listed('')}{listed('丙')}", numbering=numbering)
    assert [block.content.strip() for block in source.blocks] == ["1", "甲", "2", "乙", "4 丙"]


def test_changes_are_taken_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>按</w:t></w:r><w:del><w:r><w:delText>月</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>季度</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>原处</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>公开</w:t></w:r></w:p>"
    )
    assert seen(body) == ["按季度公开"]


def test_a_deleted_paragraph_mark_joins_and_a_deleted_row_goes() -> None:
    joined = p("主动", "<w:rPr><w:del/></w:rPr>") + p("公开")
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = row.format("", p("1"), p("甲")) + row.format(
        "<w:trPr><w:del/></w:trPr>", p("2"), p("乙")
    )
    table += row.format("", p("3"), p("丙"))
    source = read(joined + f"<w:tbl>{table}</w:tbl>" + p("末", "<w:rPr><w:del/></w:rPr>"))
    assert [block.content for block in source.blocks] == ["主动公开", "1", "甲", "3", "丙", "末"]


def test_boxes_and_notes_are_not_lost_and_boxes_not_doubled() -> None:
    box = "<w:txbxContent>" + p("清交发〔2026〕3号") + "</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        '</mc:AlternateContent></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("后文")
    )
    notes = "".join(
        f'<w:footnote w:id="{number}">{p(text)}</w:footnote>'
        for number, text in ((0, "分隔"), (2, "见附件。"))
    )
    source = read(body, footnotes=notes)
    assert [(block.kind, block.content) for block in source.blocks] == [
        ("para", "正文"), ("para", "清交发〔2026〕3号"), ("para", "后文"), ("note", "见附件。"),
    ]  # fmt: skip
    assert source.blocks[-1].where == "脚注2"


def test_fields_tabs_and_line_breaks() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>5</w:t><w:tab/><w:t>时</w:t></w:r>"
        '<w:r><w:br/><w:t>次行</w:t><w:br w:type="page"/><w:noBreakHyphen/></w:r></w:p>'
    )
    assert seen(body) == ["5\t时", "次行-"]


def test_titles_headings_and_the_generated_contents() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 1"/></w:style>'
    )
    body = (
        p("关于印发</w:t><w:br/><w:t>要点的通知", '<w:pStyle w:val="T"/>')
        + p("一、总体要求……1", '<w:pStyle w:val="C"/>')
        + p("一、总体要求", '<w:pStyle w:val="1"/>')
        + p("（一）目标", '<w:outlineLvl w:val="1"/>')
        + p("正文", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
    )
    assert [(b.kind, b.level, b.content) for b in read(body, styles=styles).blocks] == [
        ("title", None, "关于印发要点的通知"),
        ("heading", 1, "一、总体要求"),
        ("heading", 2, "（一）目标"),
        ("para", None, "正文"),
    ]


def test_merged_cells_both_ways() -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    for row in range(4):
        for col in range(4):
            table.cell(row, col).text = f"{row}{col}"
    for cells in (((0, 0), (0, 3)), ((1, 0), (3, 0)), ((2, 2), (3, 3))):
        merged = table.cell(*cells[0]).merge(table.cell(*cells[1]))
        merged.text = "合"
    grid = grid_of(load(saved(document), "x"))
    assert (0, 0, 1, 4, "合") in grid
    assert (1, 0, 3, 1, "合") in grid
    assert (2, 2, 2, 2, "合") in grid
    assert len(grid) == 3 + 3 + 2


def test_frames_and_tables_in_cells() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "方框里的字"
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text = "上"
    inner = outer.cell(1, 1).add_table(2, 2)
    for index, text in enumerate(["1", "甲", "2", "乙"]):
        inner.cell(index // 2, index % 2).text = text
    source = load(saved(document), "x")
    assert [(block.kind, block.content) for block in source.blocks] == [
        ("para", "方框里的字"), ("para", "上"), ("cell", "1"), ("cell", "甲"),
        ("cell", "2"), ("cell", "乙"),
    ]  # fmt: skip


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_paragraph("正文")
    assert load(saved(document), "x").text == "正文"


def test_a_document_of_pictures_only_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        load(raw_docx("<w:p/>"), "x")
    assert caught.value.code == "no_text"
