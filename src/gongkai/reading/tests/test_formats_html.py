"""Pages: what a reader sees, where it stands in the source, and pages made to take for ever."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.reading.source import Unreadable, load
from gongkai.reading.tests import builders


def page(body: str):
    source = load(f"<html><body>{body}</body></html>".encode(), "x")
    builders.assert_honest(source)
    return source


def seen(body: str) -> list[str]:
    return [block.content for block in page(body).blocks]


def test_text_is_the_source_and_spans_point_into_it() -> None:
    source = page("<p>按&ldquo;谁<b>公开</b>&rdquo;&amp;谁<br>审查</p>")
    first, second = source.blocks
    assert source.text.startswith("<html>")
    assert (first.content, second.content) == ("按“谁公开”&谁", "审查")
    start = first.content.index("公开")
    assert source.text[slice(*first.span(start, start + 2))] == "公开"
    quote = first.content.index("”")
    assert source.text[slice(*first.span(quote, quote + 1))] == "&rdquo;"
    whole = source.text[slice(*first.span())]
    assert whole == "按&ldquo;谁<b>公开</b>&rdquo;&amp;谁"


def test_white_space_folds_as_on_the_screen() -> None:
    assert seen("<p>  各科室\n     要落实  </p>") == ["各科室要落实"]
    assert seen("<p>open \n data</p>") == ["open data"]
    assert seen("<p>&nbsp;&#12288;公开</p>") == ["\xa0\u3000公开"]
    assert seen("<pre>一\n  二\n</pre>") == ["一", "  二"]


def test_hidden_and_scripts_are_not_read() -> None:
    body = (
        "<p style='color:red;display : none'>甲</p><div hidden><p>乙</p></div><script>丙</script>"
        "<style>丁</style><!-- 戊 --><select><option>己</select><textarea>庚</textarea>"
        "<noscript>辛</noscript><ruby>公<rt>gōng</rt></ruby>开"
    )
    assert seen(body) == ["公开"]


def test_headings_keep_their_level_and_their_line() -> None:
    (heading,) = page("<h2>关于印发<br>工作要点的通知</h2>").blocks
    assert (heading.kind, heading.level) == ("heading", 2)
    assert heading.content == "关于印发工作要点的通知"


def test_ordered_lists_show_their_numbers_once() -> None:
    assert seen("<ol><li>公开<li>解读</ol>") == ["1.公开", "2.解读"]
    assert seen("<ol start=3 type=a><li>公开<li value=7>解读</ol>") == ["c.公开", "g.解读"]
    assert seen("<ol><li>1、公开<li>（2）解读</ol>") == ["1、公开", "（2）解读"]
    assert seen("<ul><li>公开</ul><ol style='list-style:none'><li>解读</ol>") == ["公开", "解读"]


def test_clutter_is_marked_not_dropped() -> None:
    source = page(
        "<div class='bread-crumbs'>首页 &gt; 公开</div><div class=bdsharebuttonbox>分享</div>"
        "<p>" + "正文" * 20 + "</p><footer>版权所有</footer>"
    )
    assert [block.clutter for block in source.blocks] == [True, True, False, True]
    assert "div.bread-crumbs" in source.blocks[0].tag


def test_a_misleading_name_does_not_make_the_page_clutter() -> None:
    source = page("<div id='content' class='share-page'><p>" + "正文" * 50 + "</p></div>")
    assert not any(block.clutter for block in source.blocks)


def test_the_day_a_page_came_out_is_no_clutter() -> None:
    source = page(
        "<div class='share'>发布日期：2026-02-13 来源：局办公室 分享到</div>"
        "<div class=share>打印</div>"
        "<p>" + "正文" * 50 + "</p>"
    )
    assert [block.clutter for block in source.blocks] == [False, True, False]


def test_the_head_is_apart() -> None:
    source = load(builders.as_html(), "x")
    meta = {block.tag: block.content for block in source.meta}
    assert meta == {"title": builders.TITLE + "_清江市", "PubDate": "2026-02-13 09:30"}
    assert not any(block.kind == "meta" for block in source.blocks)


def test_merged_cells_and_forgotten_end_tags() -> None:
    source = page(
        "<table><tr><th rowspan=2>序号<th colspan=2>任务<tr><td>甲<td>乙"
        "<tr><td>1<td><p>一</p><p>二<br>三</p><td></table>"
    )
    assert builders.grid_of(source) == [
        (0, 0, 2, 1, "序号"),
        (0, 1, 1, 2, "任务"),
        (1, 1, 1, 1, "甲"),
        (1, 2, 1, 1, "乙"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "一\n二\n三"),
        (2, 2, 1, 1, ""),
    ]


def test_spans_beyond_the_table_are_cut() -> None:
    source = page("<table><tr><td rowspan=99>甲<td>乙<tr><td>丙</table>")
    assert builders.grid_of(source)[0] == (0, 0, 2, 1, "甲")


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>左<td>右</table>",
        "<table><tr><td>左<tr><td>右</table>",
        "<table role=presentation><tr><td>左<td>右<tr><td><td></table>",
        "<table><tr><td><table><tr><td>左</table><td><table><tr><td>右</table></table>",
    ],
)
def test_layout_tables_dissolve(body) -> None:
    source = page(body)
    assert [(block.kind, block.content) for block in source.blocks] == [
        ("para", "左"),
        ("para", "右"),
    ]


def test_a_table_inside_a_layout_table_is_the_grid() -> None:
    source = page(
        "<table><tr><td>菜单<td><p>通知</p><table><tr><td>1<td>甲<tr><td>2<td>乙</table>落款"
        "<tr><td>页脚<td></table>"
    )
    assert [(b.kind, b.content) for b in source.blocks] == [
        ("para", "菜单"), ("para", "通知"), ("cell", "1"), ("cell", "甲"), ("cell", "2"),
        ("cell", "乙"), ("para", "落款"), ("para", "页脚"),
    ]  # fmt: skip


def test_a_page_cut_anywhere_is_still_read_or_refused() -> None:
    data = builders.as_html()
    ends = {builders.outcome(data[:cut], "x.html") for cut in range(1, len(data), 7)}
    assert ends <= {"read", "no_text", "not_a_document"}


def test_a_page_without_words_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        load(b"<html><body><img src=a.png><script>x</script></body></html>", "x")
    assert caught.value.code == "no_text"


PIECES = ["<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<td rowspan=3 colspan=2>",
          "<ol>", "<li>", "</ol>", "<br>", "<h1>", "</h1>", "&amp;", "&lt", "&bogus;", "&#0;",
          "&#x4e00;", "&NotEqualTilde;", " ", "\n", "公开", "a", "<b>", "</b>", "<pre>", "</pre>",
          "<div hidden>", "</div>", "<", ">", '"', "<a b='", "<!--", "-->", "<title>", "</title>",
          "<script>", "</script>", "<meta name=x content='&amp;y'>",
          "\x00", "<o:p/>", "<th>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_soup_keeps_its_promises(pieces) -> None:
    data = ("<html>" + "".join(pieces)).encode()
    assert builders.outcome(data) in ("read", "no_text", "not_a_document")


@example(["<td rowspan=3 colspan=2>", "<tr>", "<td rowspan=3 colspan=2>"])
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_cells_of_one_table_never_overlap(pieces) -> None:
    source = page("<table><tr><td>甲<td>乙<tr><td>丙" + "".join(pieces).replace("\x00", ""))
    taken = [
        (block.table, row, col)
        for block in source.blocks
        if block.table is not None
        for row in range(block.row, block.row + block.rowspan)
        for col in range(block.col, block.col + block.colspan)
    ]
    assert len(taken) == len(set(taken))
