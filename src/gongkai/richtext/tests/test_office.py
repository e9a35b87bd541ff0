"""What Word, WPS and Excel put on the clipboard comes out as plain structure."""

from pathlib import Path

import pytest

from gongkai.richtext.clean import sanitise

CLIPBOARD = Path(__file__).parent / "clipboard"


def pasted(name):
    return sanitise((CLIPBOARD / f"{name}.html").read_text())


@pytest.mark.parametrize("told", ["word", "word_table", "wps", "wps_table", "excel", "libreoffice"])
def test_nothing_of_the_program_is_left(told):
    kept = pasted(told)
    for rubbish in (
        "mso",
        "Mso",
        "style=",
        "<font",
        "<span",
        "o:p",
        "w:",
        "endif",
        "&nbsp;",
        "xml",
    ):
        assert rubbish not in kept
    assert sanitise(kept) == kept


def test_word():
    assert pasted("word").split("\n") == [
        '<h2 class="text-center">清江市2026年政务公开工作要点</h2>',
        '<p class="indent">各县（区）人民政府：</p>',
        '<p class="indent"><strong>一、总体要求。</strong>坚持以公开促落实，全年办结120件。</p>',
        (
            "<ul><li><p>主动公开目录</p><ol><li><p>规范性文件</p></li><li><p>财政预决算</p></li></ol>"
            "</li><li><p>依申请公开</p></li></ul>"
        ),
        "<p>（一）加强组织领导</p>",
        '<p>见<a href="https://www.example.org/zc">政策原文</a>第5<sup>①</sup>条</p>',
        '<p class="text-right">清江市人民政府办公室</p>',
    ]


def test_word_table_with_a_repeated_head():
    assert pasted("word_table") == (
        '<table><thead><tr><th scope="col"><p class="text-center">序号</p></th>'
        '<th scope="col"><p class="text-center">事项</p></th></tr></thead><tbody>'
        "<tr><td><p>1</p></td><td><p>公开<br>目录</p></td></tr></tbody></table>"
    )


def test_wps():
    assert pasted("wps").split("\n") == [
        '<p class="text-center"><strong>关于做好公开工作的通知</strong></p>',
        '<p class="indent">请于3月18日前报送。联系人：李晓。</p>',
        "<ol><li><p>报送材料</p></li><li><p>核对数据</p></li></ol>",
    ]


def test_wps_table_with_merged_cells():
    assert pasted("wps_table") == (
        '<table><tbody><tr><td rowspan="2"><p class="text-center">单位</p></td>'
        '<td colspan="2"><p class="text-center">申请</p></td></tr>'
        "<tr><td><p>收到</p></td><td><p>办结</p></td></tr>"
        "<tr><td><p>科技科</p></td><td><p>12</p></td><td><p>11</p></td></tr></tbody></table>"
    )


def test_excel():
    assert pasted("excel") == (
        '<table><tbody><tr><td colspan="3"><p class="text-center">2026年依申请公开统计</p></td>'
        '</tr><tr><td rowspan="2"><p>科技科</p></td><td><p>收到</p></td><td>'
        '<p class="text-right">1,205</p></td></tr><tr><td><p>办结</p></td><td>'
        '<p class="text-right">1,198</p></td></tr></tbody></table>'
    )


def test_libreoffice():
    assert pasted("libreoffice").split("\n") == [
        '<p class="indent">甲<strong>乙</strong></p>',
        "<ol><li><p>丙</p></li></ol>",
    ]
