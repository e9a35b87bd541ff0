"""What is let through and what is not; properties over anything that may be pasted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.richtext import from_typed, missing_alternatives, paragraphs, plain, sanitise

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal
{mso-style-unhide:no}</style></head><body><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml>
<![endif]--><p class=MsoNormal style='text-indent:32.0pt'><b><span lang=ZH-CN
style='font-family:FangSong'>一、总体要求</span></b><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'><td width=284 colspan=2
style='border:solid'><p class=MsoNormal>项目</p></td></tr></table></body></html>"""


def test_what_word_puts_on_the_clipboard():
    clean = sanitise(WORD)
    assert paragraphs(clean) == ["一、总体要求", "项目"]
    assert "<strong>一、总体要求</strong>" in clean.replace("\n", "")
    assert 'colspan="2"' in clean
    for rubbish in ("mso", "style", "o:p", "xml", "class", "font"):
        assert rubbish not in clean.lower(), rubbish


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>点</a>",
        "<p style='background:url(//x)'>字</p>",
        "<iframe src='//x'></iframe>",
        "<svg><script>alert(1)</script></svg>",
        "<img src='//evil.example/track.gif'>",
        "<form action='//x'><input></form>",
        "<a href='data:text/html,x'>点</a>",
    ],
)
def test_nothing_that_acts_or_calls_out_is_left(bad):
    clean = sanitise(f"<p>前</p>{bad}<p>后</p>")
    assert not re.search(r"script|onerror|style|iframe|src=|form|input|data:|alert", clean)
    assert paragraphs(clean)[0] == "前"


def test_our_own_images_stay():
    clean = sanitise('<p><img src="/files/12/" alt="示意图"></p>')
    assert 'src="/files/12/"' in clean
    assert missing_alternatives(clean) == 0
    assert missing_alternatives('<p><img src="/files/12/"></p>') == 1


@given(st.text() | st.from_regex(r"(<[a-z/!]{1,8}[^<>]{0,12}>|[一-龥&;#x0-9]){0,30}"))
def test_what_was_sanitised_stays_as_it_is(html):
    once = sanitise(html)
    assert sanitise(once) == once


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"])))
def test_typed_lines_keep_their_words(text):
    wanted = "".join(text.split())
    if "<" not in text:
        assert "".join(plain(from_typed(text)).split()) == wanted.replace("\ufeff", "\ufeff")


def test_lines_become_paragraphs():
    assert (
        from_typed("　　第一段。\n\n第二段 <5% 的。") == "<p>第一段。</p><p>第二段 &lt;5% 的。</p>"
    )
