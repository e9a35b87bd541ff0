"""Builds the same plan as .txt, .html, .docx, .xlsx and .pdf; 清江市 is made up."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.reading.source import Unreadable, load

TITLE = "清江市交通运输局2026年政务公开工作要点责任分工表"
LETTER = (
    "局属各单位，局机关各科室：",
    (
        "根据《清江市2026年政务公开工作要点》（清政办发〔2026〕8号）要求，结合我局实际，制定本分工表，"
        "现印发给你们，请认真抓好落实，并于每季度末将进展情况报局办公室汇总。"
    ),
)
SIGNED = ("清江市交通运输局", "2026年2月12日")
HEAD = ("序号", "工作任务", "具体要求", "责任单位", "完成时间")


@dataclass(frozen=True)
class Row:
    """One line of the plan; ``group`` None continues the group above."""

    group: str | None
    text: str
    units: str
    due: str


ROWS = (
    Row(
        "一、夯实基础",
        "明确政务公开分管领导和专职人员，并报局办公室",
        "局办公室、局属各单位",
        "2026年3月",
    ),
    Row(None, "修订完善政务公开相关制度", "局办公室、局相关科室", "2026年11月底前"),
    Row(None, "学习宣传贯彻政府信息公开条例", "局办公室、法规科、人事科", "按市里统一安排完成"),
    Row(
        "二、强化公开",
        "公开重大建设项目批准和实施信息",
        "局科技科牵头，运输科、水运科配合",
        "及时公开",
    ),
    Row(None, "公开交通运输领域污染防治工作进展", "", ""),
    Row(None, "公开“四好农村路”建设情况", "农村公路科", "常态化工作"),
)


def groups(rows: Sequence[Row] = ROWS) -> list[tuple[int, int, str]]:
    """Return (first row, number of rows, group) of each group, rows counted from 0."""
    starts = [index for index, row in enumerate(rows) if row.group is not None]
    ends = [*starts[1:], len(rows)]
    return [
        (start, end - start, rows[start].group or "")
        for start, end in zip(starts, ends, strict=True)
    ]


def expected_grid(rows: Sequence[Row] = ROWS) -> list[tuple[int, int, int, int, str]]:
    """Return (row, col, rowspan, colspan, text) of every cell that a reader must see."""
    cells = [(0, col, 1, 1, text) for col, text in enumerate(HEAD)]
    cells += [(start + 1, 1, count, 1, text) for start, count, text in groups(rows)]
    for index, row in enumerate(rows, 1):
        texts = {0: str(index), 2: row.text, 3: row.units, 4: row.due}
        cells += [(index, col, 1, 1, text) for col, text in texts.items()]
    return sorted(cells)


def as_html(rows: Sequence[Row] = ROWS, *, encoding: str = "utf-8") -> bytes:
    """Return a page as old office sites write it: clutter, entities, unclosed elements."""
    spans = {start: count for start, count, _ in groups(rows)}
    lines = [
        f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{TITLE}_清江市</title>',
        '<meta name="PubDate" content="2026-02-13 09:30"><style>.a{color:red}</style></head><body>',
        '<div class="crumbs"><a href="/">首页</a>&nbsp;&gt;&nbsp;<a>政务公开</a></div>',
        f"<h1>{TITLE[:7]}<br>{TITLE[7:]}</h1>",
        *(f"<p>&emsp;&emsp;{html.escape(line)}</p>" for line in LETTER),
        *(f'<p align="right">{line}</p>' for line in SIGNED),
        '<table border="1"><tr>',
        *(f"<td><strong>{text}</strong></td>" for text in HEAD),
        "</tr>",
    ]
    for index, row in enumerate(rows):
        lines.append(f"<tr><td>{index + 1}")
        if index in spans:
            lines.append(f'<td rowspan="{spans[index]}"><p>{row.group}</p></td>')
        lines += [f"<td>\n   {html.escape(text)}\n  " for text in (row.text, row.units, row.due)]
    lines.append(
        '</table><div class="share">分享到：<a>微信</a></div><script>var x="<p>y</p>"</script>'
    )
    return "\n".join(lines).encode(encoding)


def as_docx(rows: Sequence[Row] = ROWS) -> bytes:
    """Return the plan as Word saves it, groups merged over rows."""
    import docx

    document = docx.Document()
    document.add_heading(TITLE, 0)
    for line in (*LETTER, *SIGNED):
        document.add_paragraph(line)
    table = document.add_table(len(rows) + 1, len(HEAD))
    cells = [row.cells for row in table.rows]
    for col, text in enumerate(HEAD):
        cells[0][col].text = text
    for index, row in enumerate(rows, 1):
        for col, text in ((0, str(index)), (2, row.text), (3, row.units), (4, row.due)):
            cells[index][col].text = text
    for start, count, text in groups(rows):
        cells[start + 1][1].merge(cells[start + count][1]).text = text
    return saved(document)


def as_xlsx(rows: Sequence[Row] = ROWS) -> bytes:
    """Return the plan as a sheet with a merged title, and a hidden sheet that nobody sees."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "分工表"
    sheet.append([TITLE])
    sheet.merge_cells("A1:E1")
    sheet.append(HEAD)
    for index, row in enumerate(rows, 1):
        sheet.append([index, row.group, row.text, row.units or None, row.due or None])
    for start, count, _ in groups(rows):
        sheet.merge_cells(
            start_row=start + 3, end_row=start + count + 2, start_column=2, end_column=2
        )
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不应读到"
    hidden.sheet_state = "hidden"
    return saved(book)


def as_pdf(rows: Sequence[Row] = ROWS, *, password: str | None = None) -> bytes:
    """Return the plan as a printed .pdf with page header, number and a ruled table."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    set_in = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    title = ParagraphStyle("title", fontSize=22, leading=30, alignment=1, **set_in)
    body = ParagraphStyle("body", fontSize=16, leading=28, firstLineIndent=32, **set_in)
    right = ParagraphStyle("right", fontSize=16, leading=28, alignment=2, **set_in)
    small = ParagraphStyle("cell", fontSize=10, leading=14, **set_in)
    story = [Paragraph(TITLE[:7] + "<br/>" + TITLE[7:], title)]
    story += [Paragraph(line, body) for line in LETTER]
    story += [Paragraph(line, right) for line in SIGNED]
    lines = [HEAD]
    lines += [
        (str(index), row.group or "", row.text, row.units, row.due)
        for index, row in enumerate(rows, 1)
    ]
    table = Table(
        [[Paragraph(text, small) for text in line] for line in lines],
        colWidths=[35, 80, 150, 90, 90],
        repeatRows=1,
    )
    spans = [("SPAN", (1, start + 1), (1, start + count)) for start, count, _ in groups(rows)]
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans])
    story.append(table)

    def furniture(canvas, document) -> None:
        canvas.setFont("STSong-Light", 10)
        canvas.drawCentredString(297, 30, f"— {document.page} —")
        canvas.drawString(70, 815, "清江市交通运输局文件")

    target = io.BytesIO()
    options = {"encrypt": password} if password else {}
    SimpleDocTemplate(target, pagesize=A4, **options).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )
    return target.getvalue()


def as_txt(rows: Sequence[Row] = ROWS) -> str:
    """Return the plan as text copied from a page: one cell a line, the line end a bar."""
    lines = [TITLE, *LETTER, *SIGNED, *(f"{text} |" for text in HEAD)]
    for index, row in enumerate(rows, 1):
        texts = [str(index), row.group, row.text, row.units, row.due]
        lines += [f"{text} |" for text in texts if text is not None]
    return "\n".join(lines)


def repeated_docx(times: int) -> bytes:
    """Return the plan so many times over in one document."""
    with zipfile.ZipFile(io.BytesIO(as_docx())) as package:
        files: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    before, body, after = re.split(
        r"(?<=<w:body>)|(?=<w:sectPr)", files["word/document.xml"].decode()
    )
    files["word/document.xml"] = before + body * times + after
    return zipped(files)


def saved(document) -> bytes:
    """Return what the document writes when it is saved."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def raw_docx(body: str, **parts: str) -> bytes:
    """Return a .docx of exactly this body XML and these other parts (styles, numbering …)."""
    files = {"[Content_Types].xml": _TYPES}
    files["word/document.xml"] = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{name} {W}>{inner}</w:{name}>"
    return zipped(files)


def p(text: str, properties: str = "") -> str:
    """Return one paragraph of Word's XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, depth: int = 0, list_id: int = 1) -> str:
    """Return one paragraph of an automatically numbered list."""
    numbers = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, numbers)


def zipped(files: dict[str, str | bytes], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compress) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return target.getvalue()


def outcome(data: bytes, name: str = "x") -> str:
    """Return "read" or the code of the refusal, either checked; anything else is raised."""
    try:
        source = load(data, name)
    except Unreadable as unreadable:
        refused = unreadable
    else:
        assert_honest(source)
        return "read"
    assert refused.sentence.endswith("。")
    assert "\n" not in refused.sentence
    return refused.code


def grid_of(source, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    """Return (row, col, rowspan, colspan, text) of the cells that were read."""
    return sorted(
        (block.row, block.col, block.rowspan, block.colspan, block.content)
        for block in source.blocks
        if block.table == table
    )


def assert_honest(source) -> None:
    """Check what every block promises of its offsets, for any source."""
    for block in (*source.blocks, *source.meta):
        assert len(block.content) == len(block.at)
        assert 0 <= block.start <= block.end <= len(source.text)
        places = list(block.at)
        assert places == sorted(places)
        for index, (char, offset) in enumerate(zip(block.content, places, strict=True)):
            assert block.start <= offset <= block.end
            if source.kind != "html":
                assert source.text[offset] == char
            elif source.text[offset] != char:
                # A tag, an entity, folded white space or a computed label.
                assert source.text[offset] in "<&" or char.isspace() or block.wide.get(index) == 0
        first, last = block.span()
        assert block.start <= first <= last <= block.end
