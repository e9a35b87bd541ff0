"""Whatever goes in, what comes out is the one form: known elements, stable, nothing that acts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.richtext.clean import TAGS, clean, from_either, from_text, sanitise


def owns(src):
    return src.startswith("/files/")


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("文字", "<p>文字</p>"),
        ("<p>甲</p><p> </p><p>&nbsp;</p><p>乙</p>", "<p>甲</p>\n<p>乙</p>"),
        ("<h1>题</h1><h5><b>小</b>题</h5>", "<h2>题</h2>\n<h4>小题</h4>"),
        ("<p><b>甲</b><i>乙</i></p>", "<p><strong>甲</strong><em>乙</em></p>"),
        ("<b>甲<p>乙</p></b>", "<p><strong>甲</strong></p>\n<p><strong>乙</strong></p>"),
        ("<b style='font-weight:normal'>甲</b>", "<p>甲</p>"),
        ("<span style='font-weight:700'>甲</span>", "<p><strong>甲</strong></p>"),
        ("<p>　　甲</p>", '<p class="indent">甲</p>'),
        ("<p>&nbsp;&nbsp;&nbsp; 甲</p>", '<p class="indent">甲</p>'),
        ("<p style='text-indent:2em'>甲</p>", '<p class="indent">甲</p>'),
        ("<p style='text-indent:0pt'>甲</p>", "<p>甲</p>"),
        ("<p align=center>　　甲</p>", '<p class="text-center">甲</p>'),
        ("<div style='text-align:right'><p>甲</p></div>", '<p class="text-right">甲</p>'),
        ("甲<br><br>乙<br>丙", "<p>甲</p>\n<p>乙<br>丙</p>"),
        ("甲<br>　　乙", '<p>甲</p>\n<p class="indent">乙</p>'),
        ("<p>清江\n  市 and\n so</p>", "<p>清江市 and so</p>"),
        ("<p style='display:none'>甲</p>乙", "<p>乙</p>"),
        ("<p id=x onclick=y class='indent evil'>甲</p>", '<p class="indent">甲</p>'),
        ("x<script>alert(1)</script><style>p{}</style>", "<p>x</p>"),
        ("<a href='javascript:alert(1)'>甲</a>", "<p>甲</p>"),
        ("<a href='//evil.example/'>甲</a>", "<p>甲</p>"),
        ("<a href='/\\evil.example/'>甲</a>", "<p>甲</p>"),
        ("<a href='#_Toc1'>甲</a>", "<p>甲</p>"),
        ("<a href='/a/?b=1&c=2' target=_blank>甲</a>", '<p><a href="/a/?b=1&amp;c=2">甲</a></p>'),
        ("<a href='mailto:a@example.org'>甲</a>", '<p><a href="mailto:a@example.org">甲</a></p>'),
        ("<ol start=3><li>甲</ol>", '<ol start="3"><li><p>甲</p></li></ol>'),
        (
            "<ul><li>甲<ul><li>乙</ul><li>丙</ul>",
            "<ul><li><p>甲</p><ul><li><p>乙</p></li></ul></li><li><p>丙</p></li></ul>",
        ),
        (
            "<ul><li>甲</li><ul><li>乙</li></ul></ul>",
            "<ul><li><p>甲</p><ul><li><p>乙</p></li></ul></li></ul>",
        ),
        (
            "<ol><li>甲<table><tr><td>1</table><li>乙</ol>",
            (
                "<ol><li><p>甲</p></li></ol>\n"
                "<table><tbody><tr><td><p>1</p></td></tr></tbody></table>\n"
                '<ol start="2"><li><p>乙</p></li></ol>'
            ),
        ),
        ("<blockquote><h2>甲</h2></blockquote>", "<blockquote><p>甲</p></blockquote>"),
        ("甲<hr>乙", "<p>甲</p>\n<hr>\n<p>乙</p>"),
        ("H<sub>2</sub>O<sup>x</sup>", "<p>H<sub>2</sub>O<sup>x</sup></p>"),
        ("a\u200bb\u202ec\u00ad", "<p>abc</p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("", ""),
    ],
)
def test_one_form(given_html, kept):
    assert sanitise(given_html) == kept
    assert sanitise(kept) == kept


def test_pictures_are_our_own_files():
    told = '<img src="/files/1/" alt="办事流程图"><img src="/other/2/"><img src="file:///C:/a.png">'
    cleaned = clean(f"<p>甲{told}乙</p>", owns)
    assert cleaned.html == (
        '<p>甲</p>\n<figure><img src="/files/1/" alt="办事流程图"></figure>\n<p>乙</p>'
    )
    assert cleaned.lost_pictures == 2
    assert "img" not in sanitise(told)


def test_an_address_elsewhere_is_never_asked_for():
    def all_mine(_src):
        return True

    for src in ("https://evil.example/a.png", "//evil.example/a.png", "data:image/png;base64,AA"):
        assert sanitise(f'<img src="{src}">', all_mine) == ""


def test_words_for_a_picture_and_decoration():
    cleaned = sanitise(
        '<figure><img src="/files/1/" alt="" role="presentation"><figcaption>图1</figcaption>'
        '</figure><img src="/files/2/" alt=""><img src="/files/3/">',
        owns,
    )
    assert cleaned == (
        '<figure><img src="/files/1/" alt="" role="presentation"><figcaption>图1</figcaption>'
        '</figure>\n<figure><img src="/files/2/" alt=""></figure>\n'
        '<figure><img src="/files/3/"></figure>'
    )


def test_a_head_row_is_told_to_screen_readers():
    told = (
        "<table><caption>表1 收支</caption><thead><tr><td>项<td colspan=2>数</thead>"
        "<tr><th>收<td class='w-30 x'>1<td>2</table>"
    )
    assert sanitise(told) == (
        '<table><caption>表1 收支</caption><thead><tr><th scope="col"><p>项</p></th>'
        '<th scope="colgroup" colspan="2"><p>数</p></th></tr></thead><tbody><tr>'
        '<th scope="row"><p>收</p></th><td class="w-30"><p>1</p></td><td><p>2</p></td></tr>'
        "</tbody></table>"
    )


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        # A merge that reaches below the last row ends there.
        ("<tr><td rowspan=9>甲<td>乙", "<tr><td>甲</td><td>乙</td></tr>"),
        # Rows of different lengths are filled.
        (
            "<tr><td>1<td>2<tr><td>3",
            "<tr><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr>",
        ),
        # Two merges that claim one place: the later one gives way.
        (
            "<tr><td>1<td rowspan=2>2<tr><td colspan=2>3<tr><td>4<td>5",
            (
                '<tr><td>1</td><td rowspan="2">2</td></tr><tr><td>3</td></tr>'
                "<tr><td>4</td><td>5</td></tr>"
            ),
        ),
        # Rows that are covered by merges alone.
        ("<tr><td rowspan=2>甲<td rowspan=2>乙</tr><tr></tr>", "<tr><td>甲</td><td>乙</td></tr>"),
        ("<tr></tr><tr><td>甲</tr>", "<tr><td>甲</td></tr>"),
    ],
)
def test_merged_cells_fill_the_grid(rows, kept):
    cleaned = sanitise(f"<table>{rows}</table>")
    assert re.sub(r"</?p>", "", cleaned) == f"<table><tbody>{kept}</tbody></table>"
    assert sanitise(cleaned) == cleaned


def test_a_table_in_a_cell_is_layout():
    cleaned = sanitise("<table><tr><td>甲<table><tr><td>乙<td>丙</table></table>")
    assert cleaned.count("<table>") == 1
    assert "<p>甲</p><p>乙</p><p>丙</p>" in cleaned


def test_text_from_the_plain_box():
    body = from_text("一、总则\r\n\r\n　　甲 < 乙\n丙")
    assert body == '<p>一、总则</p>\n<p class="indent">甲 &lt; 乙</p>\n<p>丙</p>'
    assert from_either("甲\n乙") == "<p>甲</p>\n<p>乙</p>"
    assert from_either("<p>甲</p>") == "<p>甲</p>"


def test_what_stands_too_deep_keeps_its_words():
    for tag in ("div", "span", "ul", "blockquote", "b"):
        cleaned = sanitise(f"<{tag}>" * 3000 + "<p>甲" + f"</{tag}>" * 3000)
        assert "甲" in cleaned
        assert sanitise(cleaned) == cleaned
    nested = "<ul><li>甲" * 40
    assert sanitise(sanitise(nested)) == sanitise(nested)


PIECES = [
    "<p>", "</p>", "<p class='indent text-center'>", "<div align=right>", "</div>", "<b>",
    "</b>", "<i>", "</i>", "<sup>", "</sup>", "<sub>", "</sub>", "<u>", "</u>",
    "<a href='/x'>", "</a>", '<a href=\'https://example.org/?a=1&b="2"\'>', "<br>", "<br>　",
    "<ul>", "</ul>", "<ol start=4>", "</ol>", "<li>", "</li>", "<table>", "</table>",
    "<thead>", "</thead>", "<tr>", "</tr>", "<td>", "<td rowspan=2>", "<td colspan=3>",
    "<th>", "</td>", "<caption>", "</caption>", "<blockquote>", "</blockquote>", "<h1>",
    "</h1>", "<h3>", "</h3>", "<hr>", "<img src='/files/1/'>",
    '<img src=\'/files/2/\' alt=\'"图"\'>', "<figure>", "</figure>", "<figcaption>",
    "</figcaption>", "<p style='mso-list:l0 level1 lfo1'>",
    "<p style='mso-list:l0 level2 lfo1'>", "<span style='mso-list:Ignore'>1.</span>",
    "<span style='mso-list:Ignore'>l</span>", "<span style='font-weight:bold'>", "</span>",
    "· ", "•　", "&nbsp;", "　", " ", "\n", "甲", "乙", "a", "&lt;", "&amp;", "&#x3000;",
    "<script>x</script>", "<svg>", "<math>", "<!--", "-->", "<![endif]>", "<o:p>", "</o:p>",
    "<font face=x>", "</font>", "<style>", "</style>", "\x0b", "\r",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_cleaning_what_is_clean_changes_nothing(html):
    once = sanitise(html, owns)
    assert sanitise(once, owns) == once
    assert set(re.findall(r"<(\w+)", once)) <= TAGS
    assert not re.search(r"\s(style|on\w+|id)=", re.sub(r">[^<]*<", "><", once))


@given(st.text(max_size=200))
def test_any_text_goes_in_and_is_stable(text):
    for body in (sanitise(text), from_text(text)):
        assert sanitise(body) == body
