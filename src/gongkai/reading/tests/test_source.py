"""One plan in five formats gives the same grid and the same words, each with its place."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai.reading.source import Unreadable, load, paste
from gongkai.reading.tests import builders

MANY = builders.ROWS * 12


def _texts(source) -> list[str]:
    return [block.content.strip() for block in source.blocks if block.table is None]


BUILT = {
    "html": lambda rows: builders.as_html(rows),
    "gb18030 html": lambda rows: builders.as_html(rows, encoding="gb2312"),
    "docx": builders.as_docx,
    "xlsx": builders.as_xlsx,
    "pdf": builders.as_pdf,
}


@pytest.mark.parametrize("form", BUILT)
@pytest.mark.parametrize("rows", [builders.ROWS, MANY], ids=["one page", "many pages"])
def test_every_format_gives_the_same_grid(form, rows) -> None:
    source = load(BUILT[form](rows), "任意.名字")
    assert source.kind == form.split()[-1]
    assert builders.grid_of(source) == builders.expected_grid(rows)
    assert {block.table for block in source.blocks} == {0, None}
    builders.assert_honest(source)


@pytest.mark.parametrize("form", [form for form in BUILT if form != "xlsx"])
def test_every_format_gives_the_same_paragraphs(form) -> None:
    source = load(BUILT[form](MANY), "x")  # over pages, so that a .pdf's header repeats
    texts = [
        block.content.strip() for block in source.blocks if not (block.table == 0 or block.clutter)
    ]
    assert texts == [builders.TITLE, *builders.LETTER, *builders.SIGNED]


def test_where_speaks_to_people() -> None:
    places = {form: load(build(MANY), "x").blocks[-1].where for form, build in BUILT.items()}
    assert places["html"] is None
    assert places["docx"] == "表1第73行第5列"
    assert places["xlsx"] == "分工表!E74"
    assert places["pdf"].startswith("第")
    assert places["pdf"].endswith("页")
    assert load(builders.as_docx(), "x").blocks[1].where == "第2段"


def test_text_files_are_lines() -> None:
    text = "一\r\n\r\n二\n三\r四"
    source = load(text.encode(), "x.txt")
    assert (source.kind, source.text) == ("txt", text)
    assert [block.content for block in source.blocks] == ["一", "", "二", "三", "四"]
    builders.assert_honest(source)


def test_pasted_text_stays_as_it_is_but_for_what_no_database_holds() -> None:
    source = paste("\ufeff甲\r\n<p>乙\x00\ud800")
    assert (source.kind, source.text) == ("paste", "甲\r\n<p>乙\ufffd\ufffd")
    builders.assert_honest(source)
    with pytest.raises(Unreadable) as caught:
        paste(" \n\u3000")
    assert caught.value.code == "empty"


def test_content_decides_the_kind_not_the_name() -> None:
    assert load(builders.as_pdf(), "x.docx").kind == "pdf"
    assert load(builders.as_docx(), "x.txt").kind == "docx"
    assert load(builders.as_html(), "x.txt").kind == "html"
    assert load("<通知> 各科室".encode(), "x.html").kind == "txt"
    assert load("正文<br>又一行</p>".encode(), "x.html").kind == "html"
    assert load("PK赛、BM、MZ、ID3都是普通文字".encode(), "x").kind == "txt"


def test_progress_grows_to_the_whole() -> None:
    for build in BUILT.values():
        seen: list[tuple[int, int]] = []
        load(build(MANY), "x", progress=lambda done, total, seen=seen: seen.append((done, total)))
        assert seen
        assert seen == sorted(seen)
        assert all(0 <= done <= total for done, total in seen)


def test_plain_text_is_read_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from gongkai.reading.source import load; load(b'abc', 'x');"
        "bad = {'django', 'pdfplumber', 'docx', 'openpyxl', 'opencc'} & set(sys.modules);"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
