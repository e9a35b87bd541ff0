"""Printed pages: lines joined to paragraphs, tables over page breaks, headers and numbers gone."""

from __future__ import annotations

import io
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.reading.formats.pdf.layout import write_pages
from gongkai.reading.formats.pdf.page import (
    Glyph,
    GridCell,
    Line,
    PageText,
    TableText,
    lines_of,
    table_of,
)
from gongkai.reading.formats.pdf.tables import RunningTable
from gongkai.reading.source import Unreadable, load
from gongkai.reading.tests import builders

SIZE = 16


def drawn(*pages, encrypt=None) -> bytes:
    """Return a .pdf; each page is a function that draws on a canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), encrypt=encrypt)
    for draw in pages:
        canvas.setFont("STSong-Light", SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def line(text: str, top: float, *, x: float = 90, size: float = SIZE) -> Line:
    return Line(text, x, x + size * len(text), top, top + size, size)


FULL = "公" * 26
"""A line from margin to margin."""


def written(*pages: list[Line]):
    text, blocks = write_pages(
        [PageText(number, 595, 842, list(lines)) for number, lines in enumerate(pages, 1)]
    )
    return text, [(block.content, block.where) for block in blocks]


def test_lines_join_to_paragraphs_and_indents_begin_new_ones() -> None:
    text, blocks = written(
        [
            line("开" * 24, 200, x=122),
            line(FULL, 228),
            line("完。", 256),
            line("次段。", 284, x=122),
        ]
    )
    assert blocks == [("开" * 24 + FULL + "完。", "第1页"), ("次段。", "第1页")]
    assert text.count("\n") == 3  # the text keeps its lines; only the content is joined


def test_a_label_at_the_margin_begins_a_new_paragraph_a_year_does_not() -> None:
    _, blocks = written(
        [line(FULL, 200), line("二、解读", 228), line(FULL, 256), line("2026年", 284)]
    )
    assert [content for content, _ in blocks] == [FULL, "二、解读", FULL + "2026年"]


def test_paragraphs_run_over_the_page() -> None:
    _, blocks = written([line(FULL, 650)], [line("完。", 130), line(FULL, 158)])
    assert blocks == [(FULL + "完。", "第1页"), (FULL, "第2页")]


def test_headers_footers_and_page_numbers_go() -> None:
    pages = [
        [
            line("清江市交通运输局文件", 40, size=10),
            line(f"第{number}条内容", 300),
            line(form, 790, x=290, size=10),
        ]
        for number, form in enumerate(["— 1 —", "- 2 -", "第3页 共 4 页", "4/4"], 1)
    ]
    _, blocks = written(*pages)
    assert [content for content, _ in blocks] == [f"第{number}条内容" for number in range(1, 5)]


def test_what_stands_in_the_margin_once_stays() -> None:
    _, blocks = written(
        [line("清交发〔2026〕3号", 60), line("正文", 300)], [line("续", 300, x=122)]
    )
    assert blocks[0][0] == "清交发〔2026〕3号"


def test_a_centred_title_is_one_block() -> None:
    big = [line("关于印发要点", 150, x=231, size=22), line("责任分工的通知", 180, x=220, size=22)]
    text, blocks = write_pages(
        [PageText(1, 595, 842, [*big, *(line(FULL, 250 + 28 * n) for n in range(5))])]
    )
    assert (blocks[0].kind, blocks[0].content) == ("title", "关于印发要点责任分工的通知")
    assert blocks[1].kind == "para"
    assert text.startswith("关于印发要点\n责任分工的通知\n")


def glyphs(text: str, x: float = 0, top: float = 0, step: float = 10) -> list[Glyph]:
    return [
        Glyph(one, x + i * step, x + i * step + 10, top, top + 10) for i, one in enumerate(text)
    ]


def test_characters_become_lines() -> None:
    assert [one.text for one in lines_of(glyphs("下行", top=20) + glyphs("上行"))] == [
        "上行",
        "下行",
    ]
    assert [one.text for one in lines_of(glyphs("公开", step=12))] == ["公开"]
    assert [one.text for one in lines_of(glyphs("甲", x=0) + glyphs("乙", x=60))] == ["甲 乙"]
    assert [one.text for one in lines_of(glyphs("open", step=10) + glyphs("data", x=45))] == [
        "open data"
    ]


def test_false_bold_is_read_once_and_real_repeats_stay() -> None:
    assert lines_of(glyphs("公开") + glyphs("公开", x=0.4))[0].text == "公开"
    assert lines_of(glyphs("人人"))[0].text == "人人"


def test_lines_of_a_cell_run_on_unless_the_writer_broke_them() -> None:
    def cell(*lines: str) -> str:
        boxes = [(0.0, 0.0, 110.0, 50.0), (110.0, 0.0, 220.0, 50.0)]
        below = [(left, 50.0, right, 100.0) for left, _, right, _ in boxes]
        placed = [one for n, text in enumerate(lines) for one in glyphs(text, x=5, top=5 + 12 * n)]
        found, rest = table_of([*boxes, *below], placed)
        assert not rest
        return found.cells[0].text

    assert cell("局办公室、局属各单", "位") == "局办公室、局属各单位"
    assert cell("局办公室", "局法规科") == "局办公室\n局法规科"
    assert cell("三、主动公开", "（一）重点领域") == "三、主动公开\n（一）重点领域"
    assert cell("见附件，网址", "a.gov.cn") == "见附件，网址a.gov.cn"


def test_real_letters_for_radicals_and_no_watermarks() -> None:
    def draw(canvas) -> None:
        canvas.drawString(90, 600, "⽅案")  # a Kangxi radical, as fonts name it
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    assert load(drawn(draw), "x").text == "方案"


def table(
    rows: list[tuple[str, ...]], merges: dict[tuple[int, int], int] | None = None
) -> TableText:
    covered = {
        (row + down, col)
        for (row, col), count in (merges or {}).items()
        for down in range(1, count)
    }
    cells = [
        GridCell(row, col, (merges or {}).get((row, col), 1), 1, text)
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
        if (row, col) not in covered
    ]
    return TableText(0, 100, [50.0 * col for col in range(len(rows[0]) + 1)], len(rows), cells)


def run(*tables: TableText) -> list[tuple[int, int, int, str]]:
    running = RunningTable(tables[0].edges)
    for page, one in enumerate(tables, 1):
        running.add(one, page)
    return sorted((cell.row, cell.col, cell.rowspan, cell.text) for cell in running.cells)


HEAD = ("序号", "组", "任务")


def test_a_repeated_head_goes() -> None:
    cells = run(table([HEAD, ("1", "甲", "一")]), table([HEAD, ("2", "乙", "二")]))
    assert [cell[3] for cell in cells] == [*HEAD, "1", "甲", "一", "2", "乙", "二"]
    assert [cell[0] for cell in cells] == [0] * 3 + [1] * 3 + [2] * 3


def test_a_row_broken_over_the_page_is_joined() -> None:
    cells = run(
        table([HEAD, ("1", "甲", "一"), ("2", "乙", "加大公")]),
        table([HEAD, ("", "", "开力度"), ("3", "丙", "三")]),
    )
    assert cells[6:] == [(2, 0, 1, "2"), (2, 1, 1, "乙"), (2, 2, 1, "加大公开力度"),
                         (3, 0, 1, "3"), (3, 1, 1, "丙"), (3, 2, 1, "三")]  # fmt: skip


def test_a_merged_cell_goes_on_over_the_page() -> None:
    cells = run(
        table([HEAD, ("1", "甲", "一"), ("2", "", "二")], {(1, 1): 2}),
        table([("3", "", "三"), ("4", "", "四")], {(0, 1): 2}),
    )
    assert (1, 1, 4, "甲") in cells
    assert (4, 2, 1, "四") in cells
    assert len(cells) == 3 + 3 + 2 + 2 + 2


def test_an_empty_cell_on_the_next_page_stays_empty() -> None:
    cells = run(table([HEAD, ("1", "甲", "一")]), table([HEAD, ("2", "", "二")]))
    assert (2, 1, 1, "") in cells


def test_a_page_that_shows_fewer_rulings_goes_on() -> None:
    def page(edges: list[float], *cells: GridCell) -> TableText:
        return TableText(0, 100, edges, 1, [*cells])

    narrow = page([0, 50, 200], GridCell(0, 0, 1, 1, "1"), GridCell(0, 1, 1, 1, "甲乙"))
    wide = page([0, 51, 120, 199], *(GridCell(0, col, 1, 1, str(col)) for col in range(3)))
    running = RunningTable(narrow.edges)
    for number, one in enumerate([narrow, wide, narrow], 1):
        assert running.takes(one)
        running.add(one, number)
    found = [(cell.row, cell.col, cell.colspan, cell.text) for cell in running.cells]
    assert found == [(0, 0, 1, "1"), (0, 1, 2, "甲乙"), (1, 0, 1, "0"), (1, 1, 1, "1"),
                     (1, 2, 1, "2"), (2, 0, 1, "1"), (2, 1, 2, "甲乙")]  # fmt: skip
    assert not running.takes(page([0, 80, 120, 160, 200]))


def test_tables_of_other_width_or_behind_text_are_others() -> None:
    first, second = table([HEAD, ("1", "甲", "一")]), table([HEAD[:2], ("1", "甲")])
    third = table([HEAD, ("9", "乙", "二")])
    third.top = 300
    pages = [
        PageText(1, 595, 842, tables=[first]),
        PageText(2, 595, 842, tables=[second]),
        PageText(3, 595, 842, [line("另一张表", 200)], [third]),
    ]
    _, blocks = write_pages(pages)
    assert [block.table for block in blocks if block.row == 0 and block.col == 0] == [0, 1, 2]


def test_a_locked_file_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        load(builders.as_pdf(password="secret"), "x")
    assert caught.value.code == "encrypted"


def test_a_file_that_only_forbids_copying_is_read() -> None:
    def draw(canvas) -> None:
        canvas.setFont("Helvetica", SIZE)
        canvas.drawString(90, 600, "Plan 2026")

    lock = StandardEncryption("", ownerPassword="x", canCopy=0)
    assert load(drawn(draw, encrypt=lock), "x").text == "Plan 2026"


def test_a_scan_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        load(drawn(lambda canvas: canvas.rect(10, 10, 100, 100)), "x")
    assert caught.value.code == "no_text"


def test_a_font_without_codes_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        written([line("\ufffd\ufffd公\ufffd", 300)])
    assert caught.value.code == "no_text"


def test_too_many_pages_are_refused(monkeypatch) -> None:
    from gongkai.reading.formats.pdf import worker

    monkeypatch.setattr(worker, "MAX_PAGES", 1)
    page = lambda canvas: canvas.drawString(90, 600, "公开")  # noqa: E731
    (message,) = worker.messages(drawn(page, page))
    assert message["error"][0] == "too_large"


def test_a_stream_that_unpacks_without_end_is_refused_and_leaves_no_process() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    huge = b"\x78\x9c" + block * 256 + packer.flush()  # 4 GB of nothing
    body = b"".join(
        [
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n",
            b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(huge),
            huge,
            b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        ]
    )
    with pytest.raises(Unreadable) as caught:
        load(body, "x")
    assert caught.value.code == "too_large_unpacked"
